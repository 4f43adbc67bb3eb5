-- One row is one time a learner opened a lesson, or answered it.
SELECT
    _file,
    _line,
    id::VARCHAR AS attempt_id,
    learner AS learner_id,
    activity_course(course) AS course_id,
    activity_course(course) AS group_id,
    lesson AS item_id,
    CASE kind WHEN 'answered' THEN 'answer' ELSE 'run' END AS kind,
    solved AS correct,
    score / 100 AS score,
    seconds AS duration_s,
    happened_at AS "at"
FROM lesson_activity
