-- due --
-- Exports that wait for a worker, or whose worker did not touch them for so long
SELECT id FROM report_exports
WHERE
    status IN ('pending', 'processing')
    AND (status = 'pending' OR touched_at < %(now)s::timestamptz - %(untouched)s::interval)
ORDER BY requested_at;

-- claim --
-- Begin a try: earlier ones can write nothing more
UPDATE report_exports
SET status = 'processing', fence = fence + 1, tries = tries + 1, touched_at = now(), rows_written = NULL
WHERE id = %(export_id)s AND status IN ('pending', 'processing')
RETURNING
    id AS export_id, fence, tries, requested_by, principal, group_id, filters, format, language,
    requested_at;

-- touch --
-- Show that a try goes on; no row where it is over
UPDATE report_exports SET touched_at = now(), rows_written = %(rows_written)s
WHERE id = %(export_id)s AND fence = %(fence)s AND status = 'processing';

-- publish --
-- Let the file of a try be fetched; no row where another try has the export
UPDATE report_exports
SET
    status = 'ready', ready_at = %(now)s, expires_at = %(expires_at)s, storage_key = %(storage_key)s,
    file_name = %(file_name)s, media_type = %(media_type)s, size = %(size)s, sha256 = %(sha256)s,
    rows_written = %(rows_written)s, error = NULL
WHERE id = %(export_id)s AND fence = %(fence)s AND status = 'processing';

-- count --
-- Count an export that became ready
INSERT INTO exports_generated AS old (format, total) VALUES (%(format)s, 1)
ON CONFLICT (format) DO UPDATE SET total = old.total + 1;

-- wait --
-- End a try that is to be repeated, and say why
UPDATE report_exports SET status = 'pending', error = %(error)s
WHERE id = %(export_id)s AND fence = %(fence)s AND status = 'processing';

-- fail --
-- End the last try of an export
UPDATE report_exports SET status = 'failed', error = %(error)s
WHERE id = %(export_id)s AND fence = %(fence)s AND status = 'processing';

-- over --
-- Exports whose file has to go
SELECT id, storage_key FROM report_exports
WHERE status = 'ready' AND expires_at <= %(now)s
ORDER BY expires_at
LIMIT %(limit)s;

-- expire --
-- Note that the file of an export is gone
UPDATE report_exports SET status = 'expired' WHERE id = %(export_id)s AND status = 'ready';

-- forget --
-- Delete the rows of exports that ended so long ago, with their links and what used these; how many
DELETE FROM report_exports
WHERE status IN ('failed', 'expired') AND coalesce(expires_at, requested_at) < %(before)s;

-- unfinished --
-- Which of these exports have a file that is to be kept
SELECT id, storage_key FROM report_exports
WHERE id = ANY(%(export_ids)s) AND status IN ('pending', 'processing', 'ready');

-- put_file --
-- Store the file of a message as an export that is ready; nothing where it is there already
INSERT INTO report_exports (
    id, status, origin, requested_by, format, language, ready_at, expires_at, storage_key,
    file_name, media_type, size, sha256
)
VALUES (
    %(export_id)s, 'ready', 'delivery', %(requested_by)s, %(format)s, %(language)s, %(now)s,
    %(expires_at)s, %(storage_key)s, %(file_name)s, %(media_type)s, %(size)s, %(sha256)s
)
ON CONFLICT (id) DO NOTHING;

-- link_file --
-- The link of a recipient to the file of a message; made where there is none
INSERT INTO file_links AS old (export_id, asker, expires_at)
SELECT id, requested_by, expires_at FROM report_exports WHERE id = %(export_id)s
ON CONFLICT (export_id, asker) WHERE revoked_at IS NULL DO UPDATE SET expires_at = old.expires_at
RETURNING link_id, asker, expires_at;

-- take_untold --
-- Take the notices of exports that ended: each is taken once
UPDATE report_exports SET notified_at = now()
WHERE
    id IN (
        SELECT id FROM report_exports
        WHERE notify IS NOT NULL AND notified_at IS NULL AND status IN ('ready', 'failed')
        FOR UPDATE SKIP LOCKED
    )
RETURNING
    id AS export_id, requested_by, group_id, language, requested_at, file_name,
    CASE WHEN status = 'failed' THEN error END AS error,
    notify ->> 'channel' AS channel, notify ->> 'address' AS address;

-- untell --
-- Let the notice of an export be taken again
UPDATE report_exports SET notified_at = NULL WHERE id = %(export_id)s;

-- link_for --
-- The link of whoever asked to an export that is ready; made where there is none
INSERT INTO file_links AS old (export_id, asker, expires_at)
SELECT id, requested_by, least(expires_at, now() + %(lives)s::interval)
FROM report_exports WHERE id = %(export_id)s AND status = 'ready'
ON CONFLICT (export_id, asker) WHERE revoked_at IS NULL DO UPDATE SET expires_at = old.expires_at
RETURNING
    link_id, asker, (SELECT sha256 FROM report_exports WHERE id = %(export_id)s), expires_at;
