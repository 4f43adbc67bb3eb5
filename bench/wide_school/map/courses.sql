SELECT
    any_value(_file) AS _file, min(_line) AS _line, course AS course_id, 'wide' AS category,
    split_part(course, '/', 2) AS course, DATE '2024-01-08' AS starts_on,
    DATE '2024-06-30' AS ends_on
FROM tasks
GROUP BY course
