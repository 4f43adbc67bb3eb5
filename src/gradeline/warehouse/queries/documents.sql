-- read --
-- For each course and group, the digest of what its documents show, and their keys in the lake
SELECT course_id, group_id, key, paths FROM documents;

-- record --
-- Store what the documents of a course or a group were made from
INSERT INTO documents (course_id, group_id, key, paths)
VALUES (%(course_id)s, %(group_id)s, %(key)s, %(paths)s)
ON CONFLICT (course_id, group_id)
DO UPDATE SET key = excluded.key, paths = excluded.paths, written_at = now();

-- remove --
-- Remove courses and groups that have no documents any more
DELETE FROM documents AS d
USING unnest(%(course_ids)s::text[], %(group_ids)s::text[]) AS gone (course_id, group_id)
WHERE d.course_id = gone.course_id AND d.group_id = gone.group_id;
