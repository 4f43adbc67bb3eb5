-- One row is one course that somebody was active in; its days are not in the table.
SELECT
    _file,
    _line,
    activity_course(course) AS course_id,
    'school' AS category,
    course
FROM lesson_activity
QUALIFY row_number() OVER (PARTITION BY course ORDER BY _line) = 1
