-- Two of three pairs of a learner and an item have an attempt
SELECT
    'learner-' || lpad(i::VARCHAR, 7, '0') AS student,
    'wide/c' || (i % {courses}) AS course,
    'wide/c' || (i % {courses}) || '/g' || (i // {courses} % 40) AS team,
    'item-' || lpad(j::VARCHAR, 3, '0') AS task,
    'topic-' || (j // 8) AS topic,
    'level-' || (j // 19) AS level,
    ((hash(i, j) >> 8) % 101)::INTEGER AS points,
    TIMESTAMP '2024-01-08 08:00:00' + to_seconds((j * 86400 * 2 + hash(j, i) % 864000)::BIGINT)
        AS handed_in
FROM range({learners}) AS a (i), range({items}) AS b (j)
WHERE hash(i, j) % 1000 < 675
