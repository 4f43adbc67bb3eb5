-- items --
-- The figures of the items of a course, or of a group of it; the empty group is the whole course
SELECT figures FROM item_figures
WHERE course_id = %(course_id)s AND group_id = %(group_id)s
ORDER BY item_id COLLATE "C";

-- form --
-- How far the result over them can be relied on
SELECT figures FROM form_figures WHERE course_id = %(course_id)s AND group_id = %(group_id)s;
