-- cells --
-- Figures that readers may see: how many learners each is about, and what adds up over them
SELECT
    type, entity_id, course_id, group_id, level_id, topic_id,
    coalesce((metrics -> 'total_users' ->> 'n')::bigint, 0),
    coalesce((metrics -> 'total_attempts' ->> 'n')::bigint, 0)
FROM materialized_stats
WHERE type IN ('course', 'level', 'topic', 'course_level', 'course_topic', 'group', 'group_course')
UNION ALL
SELECT
    'figures', group_id, course_id, group_id, NULL, NULL,
    (figures ->> 'enrolled')::bigint, (figures ->> 'enrolled')::bigint
FROM group_figures
ORDER BY 1, 2, 3;

-- enrolled --
-- How many learners each course has
SELECT course_id, (figures ->> 'enrolled')::bigint FROM course_figures;

-- show_stats --
-- Mark the rows of figures that readers see
WITH shown AS (
    SELECT * FROM unnest(%(types)s::text[], %(entities)s::text[]) AS s (type, entity_id)
)
UPDATE materialized_stats AS m
SET shown_to_readers = NOT m.shown_to_readers
WHERE
    m.type <> 'learner'
    AND m.shown_to_readers IS DISTINCT FROM ((m.type, m.entity_id) IN (SELECT type, entity_id FROM shown));

-- show_groups --
-- Mark the figures of groups that readers see
WITH shown AS (
    SELECT * FROM unnest(%(groups)s::text[], %(courses)s::text[]) AS s (group_id, course_id)
)
UPDATE group_figures AS g
SET shown_to_readers = NOT g.shown_to_readers
WHERE g.shown_to_readers IS DISTINCT FROM ((g.group_id, g.course_id) IN (SELECT group_id, course_id FROM shown));

-- forget_leaderboards --
-- Delete the leaderboards without names that were changed or may no longer be shown
DELETE FROM reader_leaderboards;

-- store_leaderboards --
-- Store each leaderboard that readers see, with rank and score alone
INSERT INTO reader_leaderboards (scope, scope_id, rankings, size)
SELECT
    b.scope, b.scope_id,
    (
        SELECT jsonb_agg(jsonb_build_object('rank', p.place -> 'rank', 'score', p.place -> 'score') ORDER BY p.number)
        FROM jsonb_array_elements(b.rankings) WITH ORDINALITY AS p (place, number)
    ),
    b.size
FROM leaderboards AS b
WHERE
    b.size >= %(fewest)s
    AND (
        b.scope = 'global'
        OR EXISTS (
            SELECT FROM materialized_stats AS m
            WHERE m.type = b.scope AND m.entity_id = b.scope_id AND m.shown_to_readers
        )
    );
