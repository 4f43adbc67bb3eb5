-- insert --
-- Begin a session, and forget those that are over
WITH over AS (
    DELETE FROM sessions WHERE expires_at < now() OR seen_at < now() - %(idle)s::interval
)
INSERT INTO sessions (session_hash, staff_id, login, via, expires_at)
VALUES (%(session_hash)s, %(staff_id)s, %(login)s, %(via)s, now() + %(life)s);

-- find --
-- A session that is not over, and the language of whose it is
SELECT s.staff_id, s.login, s.via, s.seen_at, s.expires_at, coalesce(p.language, '') AS language,
    coalesce(p.login, p.email, p.chat, s.login) AS name
FROM sessions AS s
LEFT JOIN staff AS p USING (staff_id)
WHERE s.session_hash = %(session_hash)s
    AND s.expires_at > now() AND s.seen_at > now() - %(idle)s::interval;

-- note_use --
-- Write down that a session is used
UPDATE sessions SET seen_at = now() WHERE session_hash = %(session_hash)s;

-- delete --
-- End a session
DELETE FROM sessions WHERE session_hash = %(session_hash)s;

-- delete_all --
-- End every session of whose one of them is
DELETE FROM sessions AS s
USING sessions AS own
WHERE own.session_hash = %(session_hash)s
    AND s.staff_id IS NOT DISTINCT FROM own.staff_id
    AND (own.staff_id IS NOT NULL OR s.login = own.login);
