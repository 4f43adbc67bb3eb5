-- One row is one lesson that somebody was active in.
SELECT
    _file,
    _line,
    lesson AS item_id,
    activity_course(course) AS course_id,
    'lesson' AS kind,
    100 AS max_score,
    true AS active
FROM lesson_activity
QUALIFY row_number() OVER (PARTITION BY lesson ORDER BY _line) = 1
