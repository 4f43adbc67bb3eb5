-- One row is one course; LearnWorlds knows its title.
SELECT _file, _line, 'campus/' || course AS course_id, 'campus' AS category, course, starts_on, ends_on
FROM courses
