-- What a mapping gives as rows of the warehouse, over the facts of one slice as `facts`.

-- event_days --
-- What each learner did on each day of the school, whose zone is $timezone
WITH days AS (
    SELECT
        learner_id,
        course_id,
        group_id,
        type,
        timezone($timezone, "at")::DATE AS day,
        count(*) AS events,
        sum(count)::BIGINT AS count
    FROM facts
    GROUP BY ALL
)

SELECT
    *,
    row_number() OVER (ORDER BY learner_id, course_id, group_id, type, day) - 1 AS position
FROM days;
