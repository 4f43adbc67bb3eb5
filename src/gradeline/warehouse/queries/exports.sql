-- request --
-- Store an export that whoever asks wants: how that ended, its number, and what is left of the limit
SELECT outcome, export_id, remaining, reset_s FROM request_export(%(wanted)s::jsonb, %(limit)s);

-- find --
-- One export that whoever asks may see
SELECT
    id AS export_id, status, requested_by, group_id, filters, format, language, requested_at,
    rows_written, ready_at, expires_at, storage_key, file_name, size, error
FROM report_exports WHERE id = %(export_id)s;

-- ls --
-- Exports that whoever asks may see, the newest first, from a place on
SELECT
    id AS export_id, status, requested_by, group_id, filters, format, language, requested_at,
    rows_written, ready_at, expires_at, storage_key, file_name, size, error
FROM report_exports
WHERE
    origin = 'request'
    AND (%(status)s::text IS NULL OR status = %(status)s)
    AND (
        %(before_at)s::timestamptz IS NULL
        OR (requested_at, id) < (%(before_at)s::timestamptz, %(before_id)s::uuid)
    )
ORDER BY requested_at DESC, id DESC
LIMIT %(limit)s;

-- link --
-- The link of whoever asks to an export that is ready; made where there is none
SELECT link_id, asker, sha256, expires_at FROM link_to_export(%(export_id)s, %(lives)s);

-- revoke --
-- End all links to an export, and its file if wanted; whether there is one
SELECT revoke_export(%(export_id)s, %(its_file)s);

-- find_link --
-- What the signature of a link covers, and the file that it gives
SELECT
    export_id, asker, expires_at, revoked_at, status, file_expires_at, storage_key, file_name,
    media_type, sha256
FROM find_link(%(link_id)s);

-- use_link --
-- Record that a link gave its file
SELECT use_link(%(link_id)s, %(request)s);

-- find_subscription --
-- What a recipient whose link was verified gets, in which language, and whether they ended it
SELECT what, language, is_unsubscribed FROM find_subscription(%(recipient_id)s);

-- unsubscribe --
-- End the messages to a recipient whose link was verified
SELECT unsubscribe(%(recipient_id)s);
