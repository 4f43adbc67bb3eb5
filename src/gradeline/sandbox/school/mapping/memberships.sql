-- One row is one student in one course, from the day of joining to the day of leaving.
SELECT
    _file,
    _line,
    student AS learner_id,
    'campus/' || course AS course_id,
    'learner' AS role,
    joined_on AS starts_on,
    left_on AS ends_on,
    outcome
FROM students
