-- stage --
-- Create a temporary table for records that are compared with those already there
CREATE TEMPORARY TABLE IF NOT EXISTS quarantine_incoming (
    place text NOT NULL, reason text NOT NULL, raw bytea NOT NULL,
    arrived bigint GENERATED ALWAYS AS IDENTITY
) ON COMMIT DROP;

-- copy --
-- Copy records into the temporary table
COPY quarantine_incoming (place, reason, raw) FROM STDIN WITH (FORMAT binary);

-- unstage --
-- Drop the temporary table, for the next slice of the same transaction
DROP TABLE quarantine_incoming;

-- replace --
-- Keep rows of records that broke again, close other open ones of the slice, insert new ones
WITH incoming AS (
    SELECT
        place, reason, raw, sha256(raw) AS digest, arrived,
        row_number() OVER (PARTITION BY place, reason, sha256(raw) ORDER BY arrived) AS twin
    FROM quarantine_incoming
),
open AS (
    SELECT
        quarantine_id, place, reason, digest,
        row_number() OVER (PARTITION BY place, reason, digest ORDER BY of_held, quarantine_id) AS twin
    FROM quarantine
    WHERE slice_id = %(slice_id)s AND closed_at IS NULL AND (of_held OR NOT %(held)s)
),
known AS (
    SELECT incoming.arrived, open.quarantine_id
    FROM incoming FULL JOIN open USING (place, reason, digest, twin)
),
closed AS (
    UPDATE quarantine SET closed_at = now(), resolution = 'read_again'
    FROM known
    WHERE quarantine.quarantine_id = known.quarantine_id AND known.arrived IS NULL
),
kept AS (
    UPDATE quarantine SET of_held = %(held)s
    FROM known
    WHERE
        quarantine.quarantine_id = known.quarantine_id
        AND known.arrived IS NOT NULL AND quarantine.of_held <> %(held)s
)
INSERT INTO quarantine (slice_id, place, reason, raw, of_held)
SELECT %(slice_id)s, incoming.place, incoming.reason, incoming.raw, %(held)s
FROM incoming
WHERE incoming.arrived IN (SELECT known.arrived FROM known WHERE known.quarantine_id IS NULL)
ORDER BY incoming.arrived;

-- close --
-- Close all open records of a slice, or only those of a held version
UPDATE quarantine SET closed_at = now(), resolution = %(resolution)s
WHERE slice_id = %(slice_id)s AND closed_at IS NULL AND (of_held OR NOT %(only_held)s);

-- ls --
-- Records in the order they came in, newest last, with their first bytes
SELECT
    quarantine.quarantine_id, quarantine.slice_id, source, stream, "window" AS slice_window,
    place, quarantine.reason, reason_code, substring(raw FOR %(head)s) AS raw, length(raw) AS size,
    of_held, noted_at, closed_at, resolution
FROM quarantine INNER JOIN slices USING (slice_id)
WHERE
    (%(source)s::text IS NULL OR source = %(source)s)
    AND (%(reason_code)s::text IS NULL OR reason_code = %(reason_code)s)
    AND (%(is_open)s::boolean IS NULL OR (closed_at IS NULL) = %(is_open)s)
    AND (%(quarantine_id)s::bigint IS NULL OR quarantine_id = %(quarantine_id)s)
ORDER BY quarantine_id
LIMIT %(most)s;

-- counts --
-- Number of open records of each source and reason code
SELECT source, reason_code, count(*) AS records, count(DISTINCT slice_id) AS slices
FROM quarantine INNER JOIN slices USING (slice_id)
WHERE closed_at IS NULL AND (%(source)s::text IS NULL OR source = %(source)s)
GROUP BY source, reason_code
ORDER BY records DESC, source COLLATE "C", reason_code COLLATE "C";

-- kinds --
-- Open records of some sources by file and reason code, each kind with its first record
WITH open AS (
    SELECT
        source, stream, reason_code, quarantine_id,
        substring(place FROM '^(.*), line ') AS file
    FROM quarantine INNER JOIN slices USING (slice_id)
    WHERE closed_at IS NULL AND source = ANY(%(sources)s)
),
kinds AS (
    SELECT source, coalesce(file, stream) AS file, reason_code,
        count(*) AS records, min(quarantine_id) AS quarantine_id
    FROM open
    GROUP BY source, coalesce(file, stream), reason_code
)
SELECT source, file, kinds.reason_code, records, place, reason
FROM kinds INNER JOIN quarantine USING (quarantine_id)
ORDER BY source COLLATE "C", file COLLATE "C", quarantine_id;

-- whole --
-- All records, open and closed, with all their bytes
SELECT quarantine_id, slice_id, source, place, quarantine.reason, raw, closed_at IS NULL AS is_open, of_held
FROM quarantine INNER JOIN slices USING (slice_id)
ORDER BY quarantine_id;

-- remove --
-- Delete records
DELETE FROM quarantine WHERE quarantine_id = ANY(%(ids)s);
