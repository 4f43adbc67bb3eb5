-- learners --
-- What each learner of a group did in it, those who did nothing too; rates with Wilson's interval
COPY (
    WITH sums AS (
        SELECT
            learner_id,
            count(*)::float8 AS n,
            count(*) FILTER (WHERE correct)::float8 AS hits,
            count(*) FILTER (WHERE first) AS first_n,
            count(*) FILTER (WHERE first AND correct) AS first_hits,
            count(*) FILTER (WHERE hints = 0) AS unaided_n,
            count(*) FILTER (WHERE hints = 0 AND correct) AS unaided_hits,
            count(hints) AS hints_n,
            count(*) FILTER (WHERE hints > 0) AS helped,
            sum(hints) AS hints,
            count(score_millionths) AS scores,
            sum(score_millionths) AS score,
            count(duration_ms) AS timed,
            sum(duration_ms) AS ms,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS ms_median,
            max(at) AS newest
        FROM graded_attempts
        WHERE
            group_ids && ARRAY[%(group_id)s::text]
            AND (%(topics)s::text[] IS NULL OR topic_id = ANY(%(topics)s::text[]))
            AND (%(since)s::date IS NULL OR day >= %(since)s::date)
            AND (%(until)s::date IS NULL OR day <= %(until)s::date)
        GROUP BY learner_id
    ),
    people AS (
        SELECT DISTINCT ON (learner_id) learner_id, name, email
        FROM progress_summary
        WHERE group_ids && ARRAY[%(group_id)s::text]
        ORDER BY learner_id, course_id
    )
    SELECT
        learner_id, p.name, p.email,
        coalesce(s.n, 0)::bigint,
        coalesce(s.hits, 0)::bigint,
        round((s.hits / s.n)::numeric, 9),
        round(((s.hits + %(z)s ^ 2 / 2 - %(z)s * sqrt(s.hits * (s.n - s.hits) / s.n + %(z)s ^ 2 / 4)) / (s.n + %(z)s ^ 2))::numeric, 9),
        round(((s.hits + %(z)s ^ 2 / 2 + %(z)s * sqrt(s.hits * (s.n - s.hits) / s.n + %(z)s ^ 2 / 4)) / (s.n + %(z)s ^ 2))::numeric, 9),
        round(s.first_hits::numeric / nullif(s.first_n, 0), 9),
        round(s.unaided_hits::numeric / nullif(s.unaided_n, 0), 9),
        round(s.score::numeric / nullif(s.scores, 0) / 1000000, 9),
        round(s.helped::numeric / nullif(s.hints_n, 0), 9),
        round(s.hints::numeric / nullif(s.hints_n, 0), 9),
        round(s.ms::numeric / nullif(s.timed, 0) / 1000, 9),
        round(s.ms_median::numeric / 1000, 9),
        to_char(s.newest AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    FROM people AS p
    FULL JOIN sums AS s USING (learner_id)
    ORDER BY p.name COLLATE "C", learner_id COLLATE "C"
    LIMIT %(limit)s::bigint
) TO STDOUT (FORMAT csv);

-- attempts --
-- The graded attempts that were made in a group, one by one
COPY (
    WITH people AS (
        SELECT DISTINCT ON (learner_id) learner_id, name, email
        FROM progress_summary
        WHERE group_ids && ARRAY[%(group_id)s::text]
        ORDER BY learner_id, course_id
    )
    SELECT
        a.attempt_id, a.learner_id, p.name, p.email, a.course_id, a.item_id, a.topic_id, a.level_id,
        a.kind, CASE WHEN a.correct THEN 'true' ELSE 'false' END,
        a.score_millionths::numeric / 1000000, a.hints, a.duration_ms::numeric / 1000,
        to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), a.day
    FROM graded_attempts AS a
    LEFT JOIN people AS p ON p.learner_id = a.learner_id
    WHERE
        a.group_ids && ARRAY[%(group_id)s::text]
        AND (%(topics)s::text[] IS NULL OR a.topic_id = ANY(%(topics)s::text[]))
        AND (%(since)s::date IS NULL OR a.day >= %(since)s::date)
        AND (%(until)s::date IS NULL OR a.day <= %(until)s::date)
    ORDER BY a.course_id, a.attempt_id
    LIMIT %(limit)s::bigint
) TO STDOUT (FORMAT csv);
