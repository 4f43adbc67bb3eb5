-- What of the data is in no figure, or may be wrong, slice by slice; is_known: whether facts of the
-- slice are loaded, which tell its courses.

-- waiting --
-- Slices of every stream with open records in quarantine, those without any included, and how
-- many wait in each for each reason; held: whether they are of a version on hold
WITH open AS (
    SELECT slice_id, of_held, reason_code, count(*) AS records
    FROM quarantine
    WHERE closed_at IS NULL
    GROUP BY slice_id, of_held, reason_code
),
broken AS (
    SELECT DISTINCT source, stream, of_held FROM open INNER JOIN slices USING (slice_id)
)
SELECT
    source, stream, broken.of_held AS held,
    coalesce(courses, '{}') AS courses, stored > 0 AS is_known,
    detail ->> 'course_id' AS course_id,
    CASE WHEN broken.of_held THEN coalesce(held_received, 0) ELSE received END AS received,
    (
        SELECT coalesce(jsonb_object_agg(reason_code, records), '{}') FROM open
        WHERE open.slice_id = slices.slice_id AND open.of_held = broken.of_held
    ) AS reasons
FROM slices
INNER JOIN broken USING (source, stream);

-- guessed --
-- Text files whose encoding was guessed, with the courses of their facts
SELECT
    source, stream, coalesce(courses, '{}') AS courses, stored > 0 AS is_known,
    detail ->> 'course_id' AS course_id, file.key AS file, file.value ->> 'name' AS encoding
FROM slices, jsonb_each(notes -> 'encodings') AS file
WHERE file.value ->> 'by' = 'guessed';

-- failed --
-- Slices whose newest content could not be loaded, those that their source no longer has left out
SELECT
    source, stream, "window" AS slice_window, coalesce(reason, '') AS reason,
    coalesce(courses, '{}') AS courses, stored > 0 AS is_known, detail ->> 'course_id' AS course_id
FROM slices
WHERE state = 'failed' AND gone_at IS NULL
ORDER BY source COLLATE "C", stream COLLATE "C", "window" COLLATE "C";

-- fed --
-- The courses that each source has facts of
SELECT source, array_agg(DISTINCT course_id) AS courses
FROM slices, unnest(courses) AS course_id
GROUP BY source;
