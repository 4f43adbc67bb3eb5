-- One row is one task to practise on: nobody has to do it, so none is active.
SELECT
    _file,
    _line,
    task AS item_id,
    'campus/' || course AS course_id,
    title,
    'task' AS kind,
    false AS active
FROM tasks
