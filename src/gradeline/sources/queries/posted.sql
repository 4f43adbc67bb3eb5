-- Posted rows as rows of their table, over the facts of one post as `facts`. Of rows with one key
-- the last one counts, or the one that tells of the latest instant.

-- by_uuid --
-- Rows that are named by the sixteen bytes of their uuid
SELECT * REPLACE (unhex(replace(uuid, '-', '')) AS uuid)
FROM facts
SEMI JOIN (
    SELECT max(position) AS position FROM facts WHERE hash(uuid) % $parts = $part GROUP BY uuid
) AS last USING (position);

-- user_properties --
-- The same, of which each is migrated or not
SELECT * REPLACE (
    unhex(replace(uuid, '-', '')) AS uuid, coalesce(migrated, false) AS migrated
)
FROM facts
SEMI JOIN (
    SELECT max(position) AS position FROM facts WHERE hash(uuid) % $parts = $part GROUP BY uuid
) AS last USING (position);

-- devices --
-- Each phone as it was seen last
SELECT *
FROM facts
SEMI JOIN (
    SELECT max_by(position, coalesce(epoch_us(seen_at), 0)::HUGEINT * 1_000_000_000_000 + position)
        AS position
    FROM facts WHERE hash(device_id) % $parts = $part GROUP BY device_id
) AS last USING (position);

-- permanent --
-- Each person as known last
SELECT *
FROM facts
SEMI JOIN (
    SELECT max_by(position, epoch_us(known_at)::HUGEINT * 1_000_000_000_000 + position) AS position
    FROM facts WHERE hash(ehr_id) % $parts = $part GROUP BY ehr_id
) AS last USING (position);

-- changes --
-- What changed of a person at each instant
SELECT *
FROM facts
SEMI JOIN (
    SELECT max(position) AS position
    FROM facts WHERE hash(ehr_id) % $parts = $part GROUP BY ehr_id, changed_at
) AS last USING (position);
