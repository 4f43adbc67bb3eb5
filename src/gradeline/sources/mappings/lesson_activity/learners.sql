-- One row is one learner who was active, with the address where the row tells it.
SELECT
    _file,
    _line,
    learner AS learner_id,
    email
FROM lesson_activity
QUALIFY row_number() OVER (PARTITION BY learner ORDER BY email NULLS LAST, _line) = 1
