-- The vocabulary bot's answers as its source reads them. Who asked to be erased is left out.

-- are_there --
-- Whether the tables of the bot are all there
SELECT count(*) = cardinality(%(tables)s::text[]) FROM pg_catalog.pg_tables
WHERE schemaname = 'public' AND tablename = ANY(%(tables)s::text[]);

-- any --
-- Whether anybody answered anything
SELECT EXISTS (SELECT FROM client_activity_words WHERE answered_at IS NOT NULL);

-- answers --
-- Answers of a span of time with their words; no instant of the bot's clock is beyond these years
SELECT
    w.client_id, w.activity_id, w.position AS number, w.word_id, d.word, d.translation, d.level,
    s.word_weight AS weight, d.category, w.asked_at AT TIME ZONE 'UTC' AS asked_at,
    w.answered_at AT TIME ZONE 'UTC' AS answered_at, w.answer, w.correct, w.hints, w.duration_ms
FROM client_activity_words AS w
JOIN client_info AS c USING (client_id)
JOIN esp2rus_dictionary AS d USING (word_id)
LEFT JOIN study_levels AS s ON s.lev_name = d.level
WHERE c.stopped_at IS NULL AND w.answered_at >= %(since)s AND w.answered_at < %(until)s;

-- learners --
-- Learners who answered, with each group that they joined
SELECT c.client_id, c.name, g.group_id, n.name AS group_name, g.joined_at AT TIME ZONE 'UTC' AS joined_at
FROM client_info AS c
LEFT JOIN client_groups AS g USING (client_id)
LEFT JOIN LATERAL (
    SELECT k.name FROM group_codes AS k
    WHERE k.group_id = g.group_id ORDER BY k.created_at DESC, k.code LIMIT 1
) AS n ON true
WHERE c.stopped_at IS NULL AND EXISTS (
    SELECT FROM client_activity_words AS w
    WHERE w.client_id = c.client_id AND w.answered_at IS NOT NULL
);

-- days --
-- Days of UTC with answers, and a digest of all that each holds
SELECT to_char(told.answered_at, 'YYYY-MM-DD'), sum(hash_record_extended(told, 0))::text
FROM ({rows}) AS told GROUP BY 1 ORDER BY 1;

-- digest --
-- A digest of all rows, null without any
SELECT sum(hash_record_extended(told, 0))::text FROM ({rows}) AS told;

-- answers_as_json --
-- The answers as JSON, in one order
SELECT row_to_json(told)::text FROM ({rows}) AS told ORDER BY told.activity_id, told.number;

-- learners_as_json --
-- The learners as JSON, in one order
SELECT row_to_json(told)::text FROM ({rows}) AS told ORDER BY told.client_id, told.group_id;
