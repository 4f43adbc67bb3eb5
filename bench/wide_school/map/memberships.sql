SELECT
    _file, _line, student AS learner_id, team AS group_id, course AS course_id, 'learner' AS role
FROM people
