-- One row is the clicks of one student on one page on one day.
SELECT
    _file,
    _line,
    student AS learner_id,
    'campus/' || course AS course_id,
    kind AS type,
    clicks AS count,
    day AS "at"
FROM clicks
