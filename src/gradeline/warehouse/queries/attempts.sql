-- sums --
-- Whole numbers from which figures of graded attempts are computed
SELECT
    count(*) AS n,
    count(DISTINCT learner_id) AS users,
    count(*) FILTER (WHERE correct) AS "right",
    count(*) FILTER (WHERE first) AS first_n,
    count(*) FILTER (WHERE first AND correct) AS first_right,
    count(*) FILTER (WHERE hints = 0) AS unaided_n,
    count(*) FILTER (WHERE hints = 0 AND correct) AS unaided_right,
    count(score_millionths) AS scores,
    coalesce(sum(score_millionths), 0) AS score_sum,
    coalesce(sum(score_millionths::numeric ^ 2), 0) AS score_squares,
    count(hints) AS hints_n,
    count(*) FILTER (WHERE hints > 0) AS helped,
    coalesce(sum(hints), 0) AS hints_sum,
    coalesce(sum(hints::numeric ^ 2), 0) AS hints_squares,
    count(duration_ms) AS timed,
    coalesce(sum(duration_ms), 0) AS ms_sum,
    coalesce(sum(duration_ms::numeric ^ 2), 0) AS ms_squares,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS ms_median,
    max(at) AS newest
FROM graded_attempts
WHERE {chosen};

-- by --
-- The same by item or topic; {key} is the column
SELECT
    {key} AS key,
    count(*) AS n,
    count(DISTINCT learner_id) AS users,
    count(*) FILTER (WHERE correct) AS "right",
    count(*) FILTER (WHERE first) AS first_n,
    count(*) FILTER (WHERE first AND correct) AS first_right,
    count(*) FILTER (WHERE hints = 0) AS unaided_n,
    count(*) FILTER (WHERE hints = 0 AND correct) AS unaided_right,
    count(score_millionths) AS scores,
    coalesce(sum(score_millionths), 0) AS score_sum,
    coalesce(sum(score_millionths::numeric ^ 2), 0) AS score_squares,
    count(hints) AS hints_n,
    count(*) FILTER (WHERE hints > 0) AS helped,
    coalesce(sum(hints), 0) AS hints_sum,
    coalesce(sum(hints::numeric ^ 2), 0) AS hints_squares,
    count(duration_ms) AS timed,
    coalesce(sum(duration_ms), 0) AS ms_sum,
    coalesce(sum(duration_ms::numeric ^ 2), 0) AS ms_squares,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS ms_median,
    max(at) AS newest
FROM graded_attempts
WHERE {key} IS NOT NULL AND {chosen}
GROUP BY {key}
ORDER BY {key} COLLATE "C";

-- by_learner --
-- Graded attempts of each learner: how many, how many right; of first ones the same; time of the last
SELECT
    learner_id, count(*) AS n, count(*) FILTER (WHERE correct) AS "right",
    count(*) FILTER (WHERE first) AS first_n, count(*) FILTER (WHERE first AND correct) AS first_right,
    max(at) AS newest
FROM graded_attempts
WHERE {chosen}
GROUP BY learner_id
ORDER BY learner_id COLLATE "C";

-- by_week --
-- Graded attempts of each week, from Mondays on: how many, how many right, their time
SELECT
    date_trunc('week', day::timestamp)::date AS week, count(*) AS n,
    count(*) FILTER (WHERE correct) AS "right", coalesce(sum(duration_ms), 0)::bigint AS duration_ms
FROM graded_attempts
WHERE {chosen}
GROUP BY 1
ORDER BY 1;

-- listed --
-- Graded attempts one by one, the last first
SELECT
    attempt_id, learner_id, course_id, item_id, topic_id, correct, first, score_millionths, hints,
    duration_ms, response, at
FROM graded_attempts
WHERE {chosen}
ORDER BY at DESC, attempt_id COLLATE "C"
LIMIT %(most)s;

-- plan_on --
-- How much of the plan the learners of a group who are enrolled today had completed on a day
WITH due AS (
    SELECT DISTINCT item ->> 'item_id' AS item_id
    FROM course_outlines() AS o, jsonb_array_elements(o.items) AS item
    WHERE o.course_id = %(course_id)s AND (item ->> 'due_on')::date <= %(day)s
),
people AS (
    SELECT learner_id FROM progress_summary
    WHERE course_id = %(course_id)s AND enrolled_today AND group_ids && ARRAY[%(group_id)s]
),
best AS (
    SELECT a.learner_id, a.item_id
    FROM graded_attempts AS a
    JOIN people USING (learner_id)
    JOIN due USING (item_id)
    WHERE a.course_id = %(course_id)s AND a.day <= %(day)s
    GROUP BY a.learner_id, a.item_id
    HAVING max(a.score_millionths) > (
        SELECT (terms ->> 'GRADE_ZERO_THRESHOLD')::numeric * 10000
        FROM builds ORDER BY build_id DESC LIMIT 1
    )
)
SELECT (SELECT count(*) FROM people) * (SELECT count(*) FROM due), (SELECT count(*) FROM best);

-- left_out_since --
-- The first day from which on all graded attempts are kept in each course that is asked about
SELECT max(since) FROM graded_attempts_since
WHERE
    CASE
        WHEN %(course_id)s::text IS NOT NULL THEN course_id = %(course_id)s
        WHEN %(group_id)s::text IS NOT NULL THEN
            course_id IN (SELECT course_id FROM group_figures WHERE group_id = %(group_id)s)
        WHEN %(learner_id)s::text IS NOT NULL THEN
            course_id = '' OR course_id IN (
                SELECT course_id FROM progress_summary WHERE learner_id = %(learner_id)s
            )
        ELSE true
    END;
