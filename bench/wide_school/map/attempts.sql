SELECT
    _file, _line, student AS learner_id, course AS course_id, team AS group_id, task AS item_id,
    topic AS topic_id, level AS level_id, 'answer' AS kind,
    (points / 100)::DECIMAL(7, 6) AS score, handed_in AS at
FROM answers
