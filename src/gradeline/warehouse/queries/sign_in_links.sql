-- insert --
-- Store the hash of a link's code
INSERT INTO sign_in_links (link_hash, staff_id, made_by, expires_at)
VALUES (%(link_hash)s, %(staff_id)s, %(made_by)s, now() + %(life)s);

-- delete_ended --
-- Forget links whose time has been over for a day, and unused ones of nobody by name
DELETE FROM sign_in_links
WHERE expires_at < now() - interval '1 day'
    OR (%(nameless)s AND staff_id IS NULL AND used_at IS NULL);

-- redeem --
-- Use a link up; a row = it was valid and nobody had used it
UPDATE sign_in_links SET used_at = now()
WHERE link_hash = %(link_hash)s AND used_at IS NULL AND expires_at > now()
RETURNING staff_id;
