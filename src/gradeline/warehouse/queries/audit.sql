-- note --
-- Add a row to the audit
SELECT note_audit(
    %(login)s, %(action)s, %(subject)s, %(rows)s, %(request_id)s, %(detail)s::jsonb
);

-- ls --
-- The newest rows of the audit since an instant, of one login or of all
SELECT happened_at, login, action, subject, rows, request_id, detail
FROM audit
WHERE
    (%(since)s::timestamptz IS NULL OR happened_at >= %(since)s)
    AND (%(login)s::text IS NULL OR login = %(login)s)
ORDER BY happened_at DESC, audit_id DESC
LIMIT %(most)s;

-- delete_before --
-- Delete what is older than the retention
DELETE FROM audit WHERE happened_at < %(before)s;
