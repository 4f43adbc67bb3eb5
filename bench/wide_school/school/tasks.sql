-- Items of each course; a topic holds eight of them, a level nineteen
SELECT
    'wide/c' || c AS course,
    'item-' || lpad(j::VARCHAR, 3, '0') AS task,
    'Exercise number ' || (j + 1) AS title,
    'topic-' || (j // 8) AS topic,
    'level-' || (j // 19) AS level,
    DATE '2024-01-08' + (j * 2)::INTEGER AS due_on
FROM range({courses}) AS a (c), range({items}) AS b (j)
