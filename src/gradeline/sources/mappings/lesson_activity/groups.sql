-- One row is one course that somebody was active in: the table knows no smaller groups.
SELECT
    _file,
    _line,
    activity_course(course) AS group_id,
    activity_course(course) AS course_id,
    course AS name,
    true AS rolling
FROM lesson_activity
QUALIFY row_number() OVER (PARTITION BY course ORDER BY _line) = 1
