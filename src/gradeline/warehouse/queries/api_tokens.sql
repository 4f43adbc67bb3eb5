-- insert --
-- Store a token's hash and what it may do; returns its number
INSERT INTO api_tokens
    (name, shown_as, token_hash, staff_id, role, groups, warehouse, made_by, expires_at)
VALUES (
    %(name)s, %(shown_as)s, %(token_hash)s, %(staff_id)s, nullif(%(role)s, ''), %(groups)s,
    %(warehouse)s, %(made_by)s, %(expires_at)s
)
RETURNING token_id;

-- ls --
-- Every token, the newest first, with the person as whom it acts
SELECT token_id, name, shown_as, staff_id, coalesce(api_tokens.role, '') AS role, groups, warehouse,
    made_by, made_at, expires_at, last_used_at, revoked_at,
    coalesce(staff.login, staff.email, staff.chat, '') AS staff_name
FROM api_tokens
LEFT JOIN staff USING (staff_id)
WHERE %(token_hash)s::bytea IS NULL OR token_hash = %(token_hash)s
ORDER BY token_id DESC;

-- revoke --
-- End a token for good; a row = there was such a token, and it was not revoked yet
UPDATE api_tokens SET revoked_at = now() WHERE token_id = %(token_id)s AND revoked_at IS NULL;

-- note_use --
-- Write down that a token is used
UPDATE api_tokens SET last_used_at = date_trunc('hour', now()) WHERE token_id = %(token_id)s;
