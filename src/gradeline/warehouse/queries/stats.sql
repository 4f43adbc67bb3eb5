-- build --
-- The newest build
SELECT build_id, as_of, published_at, confirmed_at FROM builds ORDER BY build_id DESC LIMIT 1;

-- groups --
-- Groups that whoever asks sees: id, key, name, courses
SELECT
    group_id, short_key(group_id), coalesce(min(name), group_id),
    coalesce(array_agg(DISTINCT course_id) FILTER (WHERE course_id IS NOT NULL), '{}')
FROM (
    SELECT group_id, course_id, name FROM group_figures
    UNION ALL
    SELECT entity_id, NULL, NULL FROM materialized_stats WHERE type = 'group'
) AS g
WHERE %(name)s::text IS NULL OR group_id = %(name)s OR short_key(group_id) = %(name)s
GROUP BY group_id
ORDER BY coalesce(min(name), group_id) COLLATE "C", group_id COLLATE "C";

-- courses --
-- Courses that whoever asks sees: id, key
SELECT course_id, short_key(course_id)
FROM (
    SELECT course_id FROM course_figures
    UNION
    SELECT course_id FROM reader_course_figures
    UNION
    SELECT course_id FROM group_figures
) AS c
WHERE %(name)s::text IS NULL OR course_id = %(name)s OR short_key(course_id) = %(name)s
ORDER BY course_id COLLATE "C";

-- levels --
-- Levels that whoever asks sees: id, key
SELECT DISTINCT level_id COLLATE "C", short_key(level_id)
FROM materialized_stats
WHERE
    type IN ('level', 'course_level', 'group_level')
    AND (%(name)s::text IS NULL OR level_id = %(name)s OR short_key(level_id) = %(name)s)
ORDER BY 1;

-- topics --
-- Topics that whoever asks sees: id, key
SELECT DISTINCT topic_id COLLATE "C", short_key(topic_id)
FROM materialized_stats
WHERE
    type IN ('topic', 'course_topic', 'group_topic')
    AND (%(name)s::text IS NULL OR topic_id = %(name)s OR short_key(topic_id) = %(name)s)
ORDER BY 1;

-- learners --
-- A learner whom whoever asks sees: id, key
SELECT learner_id, short_key(learner_id)
FROM (
    SELECT learner_id FROM progress_summary
    UNION
    SELECT entity_id FROM materialized_stats WHERE type = 'learner'
) AS l
WHERE learner_id = %(name)s OR short_key(learner_id) = %(name)s;

-- stat --
-- One row of figures
SELECT metrics FROM materialized_stats WHERE type = %(type)s AND entity_id = %(entity_id)s;

-- stats_of --
-- Rows of figures of one type that belong to an entity: which group, course, level or topic, figures
SELECT group_id, course_id, level_id, topic_id, metrics
FROM materialized_stats
WHERE
    type = %(type)s
    AND (%(group_id)s::text IS NULL OR group_id = %(group_id)s)
    AND (%(course_id)s::text IS NULL OR course_id = %(course_id)s)
    AND (%(level_id)s::text IS NULL OR level_id = %(level_id)s)
    AND (%(topic_id)s::text IS NULL OR topic_id = %(topic_id)s)
ORDER BY entity_id COLLATE "C";

-- leaderboard --
-- The rankings of one leaderboard and how many learners are in them
SELECT rankings, size FROM leaderboards WHERE scope = %(scope)s AND scope_id = %(scope_id)s
UNION ALL
SELECT rankings, size FROM reader_leaderboards WHERE scope = %(scope)s AND scope_id = %(scope_id)s
LIMIT 1;

-- course --
-- The figures of a course as whoever asks may see them
SELECT figures FROM course_figures WHERE course_id = %(course_id)s
UNION ALL
SELECT figures FROM reader_course_figures WHERE course_id = %(course_id)s
LIMIT 1;

-- outlines --
-- What courses consist of
SELECT course_id, title, starts_on, ends_on, today, due, items, topic_titles
FROM course_outlines()
WHERE %(course_id)s::text IS NULL OR course_id = %(course_id)s;

-- groups_of --
-- The headline figures of a group in each of its courses
SELECT figures FROM group_figures WHERE group_id = %(group_id)s ORDER BY course_id COLLATE "C";

-- progress --
-- How learners stand: of one learner, or of one course, and there those at risk alone
SELECT * FROM progress_summary
WHERE
    (%(learner_id)s::text IS NULL OR learner_id = %(learner_id)s)
    AND (%(course_id)s::text IS NULL OR course_id = %(course_id)s)
    AND (%(group_id)s::text IS NULL OR group_ids && ARRAY[%(group_id)s])
    AND (NOT %(at_risk)s OR cardinality(at_risk) > 0)
ORDER BY course_id COLLATE "C", learner_id COLLATE "C";

-- plan --
-- What is due for the learners of a course who are enrolled today
SELECT
    count(*), coalesce(sum(due), 0)::bigint, coalesce(sum(missing), 0)::bigint,
    count(*) FILTER (WHERE missing > 0), coalesce(max(due), 0)::bigint, max(as_of)
FROM progress_summary
WHERE
    course_id = %(course_id)s AND enrolled_today
    AND (%(group_id)s::text IS NULL OR group_ids && ARRAY[%(group_id)s]);
