-- ls --
-- Links between courses of sources
SELECT source, external_id, course_id FROM course_links
ORDER BY course_id COLLATE "C", source COLLATE "C", external_id COLLATE "C";

-- lock --
-- Make others who write links wait until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('gradeline course links', 0));

-- remove_others --
-- Delete the links that are none any more, except those of courses to keep
DELETE FROM course_links
WHERE
    NOT course_id = ANY(%(keep)s::text[])
    AND (source, external_id) NOT IN (
        SELECT source, external_id
        FROM unnest(%(sources)s::text[], %(external_ids)s::text[]) AS new (source, external_id)
    );

-- add --
-- Insert links and correct those of another course; equal ones are not touched
INSERT INTO course_links AS old (source, external_id, course_id)
SELECT source, external_id, course_id
FROM unnest(%(sources)s::text[], %(external_ids)s::text[], %(course_ids)s::text[])
AS new (source, external_id, course_id)
ON CONFLICT (source, external_id) DO UPDATE SET course_id = excluded.course_id
WHERE old.course_id <> excluded.course_id;
