-- read --
-- The folder of each course that has one
SELECT course_id, folder FROM course_folders;

-- lock --
-- Wait for others who choose folders, so that each sees what the others chose
LOCK TABLE course_folders IN SHARE ROW EXCLUSIVE MODE;

-- store --
-- Store the folders that were chosen
INSERT INTO course_folders (course_id, folder, folded)
SELECT * FROM unnest(%(course_ids)s::text[], %(folders)s::text[], %(folded)s::text[]);
