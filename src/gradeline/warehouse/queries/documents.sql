-- read --
-- For each course and group, the digest of what its documents show, and their keys in the lake
SELECT course_id, group_id, key, paths FROM documents;

-- record --
-- Store what the documents of a course or a group were made from
INSERT INTO documents (course_id, group_id, key, paths)
VALUES (%(course_id)s, %(group_id)s, %(key)s, %(paths)s)
ON CONFLICT (course_id, group_id)
DO UPDATE SET key = excluded.key, paths = excluded.paths, written_at = now();

-- rm --
-- Delete what is known of the documents of a course or a group
DELETE FROM documents WHERE course_id = %(course_id)s AND group_id = %(group_id)s;
