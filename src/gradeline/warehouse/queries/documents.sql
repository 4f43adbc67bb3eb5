-- read --
-- For each course, the key its documents were made from and where they lie
SELECT course_id, key, paths FROM documents;

-- record --
-- Remember what a course's documents were made from
INSERT INTO documents (course_id, key, paths) VALUES (%(course_id)s, %(key)s, %(paths)s)
ON CONFLICT (course_id) DO UPDATE SET key = excluded.key, paths = excluded.paths, written_at = now();
