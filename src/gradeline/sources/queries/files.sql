-- What a mapping gives as rows of the warehouse, over the facts of one slice as `facts`.

-- event_days --
-- What each learner did on each day of the school, whose zone is $timezone; numbered by the first
-- of its events, which no other day has
SELECT
    learner_id,
    course_id,
    group_id,
    type,
    timezone($timezone, "at")::DATE AS day,
    count(*) AS events,
    sum(count)::BIGINT AS count,
    min(position) AS position
FROM facts
GROUP BY ALL;
