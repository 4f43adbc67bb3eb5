-- read --
-- For each course, the digest of what its documents show, and their keys in the lake
SELECT course_id, key, paths FROM documents;

-- record --
-- Store what a course's documents were made from
INSERT INTO documents (course_id, key, paths) VALUES (%(course_id)s, %(key)s, %(paths)s)
ON CONFLICT (course_id) DO UPDATE SET key = excluded.key, paths = excluded.paths, written_at = now();

-- remove --
-- Remove courses that have no documents any more
DELETE FROM documents WHERE course_id = ANY(%(course_ids)s);
