SELECT
    _file, _line, task AS item_id, course AS course_id, title, topic AS topic_id,
    level AS level_id, due_on, TRUE AS active
FROM tasks
