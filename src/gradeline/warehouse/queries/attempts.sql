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

-- items --
-- The same by item
SELECT
    item_id,
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
WHERE item_id IS NOT NULL AND {chosen}
GROUP BY item_id
ORDER BY item_id COLLATE "C";

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
