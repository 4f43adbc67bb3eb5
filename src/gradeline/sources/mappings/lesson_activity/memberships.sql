-- One row is one learner who was active in a course; since when they are in it is not in the table.
SELECT
    _file,
    _line,
    learner AS learner_id,
    activity_course(course) AS group_id,
    activity_course(course) AS course_id,
    'learner' AS role
FROM lesson_activity
QUALIFY row_number() OVER (PARTITION BY learner, course ORDER BY _line) = 1
