-- lock --
-- Wait until no other build publishes; the lock ends with the transaction
SELECT pg_advisory_xact_lock(hashtextextended('gradeline results', 0));

-- build --
-- Insert a build and return its number
INSERT INTO builds (as_of, terms, courses) VALUES (%(as_of)s, %(terms)s, %(courses)s)
RETURNING build_id;

-- stage --
-- Create a temporary table with columns of a table of results, without its keys and indexes
CREATE TEMPORARY TABLE {staged} AS SELECT {columns} FROM {table} WITH NO DATA;

-- copy --
-- Copy rows into the temporary table
COPY {staged} ({columns}) FROM STDIN WITH (FORMAT binary);

-- analyze --
-- Let the planner know how many rows are staged; it needs only the keys
ANALYZE {staged} ({key});

-- delete_outdated --
-- Delete rows that the build touches and that changed or no longer exist
DELETE FROM {table} AS old
WHERE
    ({touched})
    AND NOT EXISTS (
        SELECT FROM {staged} AS new
        WHERE ({new_key}) = ({old_key}) AND ({new_values}) IS NOT DISTINCT FROM ({old_values})
    );

-- insert_new --
-- Insert staged rows that are not in the table
INSERT INTO {table} ({columns}, build_id)
SELECT {columns}, %(build_id)s FROM {staged} AS new
WHERE NOT EXISTS (SELECT FROM {table} AS old WHERE ({new_key}) = ({old_key}));

-- unstage --
-- Drop the temporary table
DROP TABLE {staged};

-- touched_course --
-- Condition: rows of the courses that were computed again
course_id = ANY(%(courses)s)

-- touched_detail --
-- Condition: rows of the courses that were computed again, and of no course that is known
course_id = ANY(%(courses)s) OR course_id = ''

-- touched_unmatched --
-- Condition: rows of the courses that were computed again, of courses that nobody knows, of none
course_id = ANY(%(courses)s) OR reason = 'course' OR course_id = ''

-- touched_stats --
-- Condition: all figures but those of learners of other courses
type <> 'learner' OR %(all_learners)s OR entity_id = ANY(%(learners)s)

-- touched_all --
-- Condition: all rows
true

-- store_kpis --
-- Store the KPIs of these courses; the same as-of twice is one row
INSERT INTO kpi_history (course_id, kpi, as_of, value, n, low, high, build_id)
SELECT *, %(build_id)s
FROM unnest(
    %(course_ids)s::text[], %(kpis)s::text[], %(as_ofs)s::timestamptz[], %(values)s::float8[],
    %(ns)s::bigint[], %(lows)s::float8[], %(highs)s::float8[]
)
ON CONFLICT (course_id, kpi, as_of) DO UPDATE
SET value = excluded.value, n = excluded.n, low = excluded.low, high = excluded.high,
    build_id = excluded.build_id
WHERE
    (kpi_history.value, kpi_history.n, kpi_history.low, kpi_history.high)
    IS DISTINCT FROM (excluded.value, excluded.n, excluded.low, excluded.high);

-- delete_keys --
-- Delete the keys of courses that were computed again or no longer exist
DELETE FROM course_keys WHERE course_id = ANY(%(courses)s);

-- store_keys --
-- Store what the numbers of these courses depend on
INSERT INTO course_keys (course_id, key, build_id)
SELECT *, %(build_id)s FROM unnest(%(course_ids)s::text[], %(keys)s::text[]);

-- keys --
-- Each course id with its key; the empty id is the whole school
SELECT course_id, key FROM course_keys;

-- learners_of --
-- Learners with a row in any of these courses, or with answers that belong to no course
SELECT learner_id FROM progress_summary WHERE course_id = ANY(%(courses)s)
UNION
SELECT s.entity_id
FROM materialized_stats AS s
LEFT JOIN (SELECT learner_id, sum(attempts) AS attempts FROM progress_summary GROUP BY 1) AS p
    ON p.learner_id = s.entity_id
WHERE
    s.type = 'learner'
    AND (s.metrics -> 'total_attempts' ->> 'n')::bigint IS DISTINCT FROM p.attempts;

-- links --
-- Links of ids across sources, as people entered them
SELECT source, external_id, learner_id FROM learner_links ORDER BY source, external_id;

-- course_ids --
-- The courses that have results
SELECT course_id FROM course_figures;

-- course --
-- The figures of one course and the build that made them
SELECT f.figures, f.build_id, b.terms
FROM course_figures AS f
JOIN builds AS b USING (build_id)
WHERE f.course_id = %(course_id)s;

-- learners --
-- The enrolled learners of one course
SELECT * FROM progress_summary WHERE course_id = %(course_id)s AND enrolled;

-- leaderboard --
-- The rankings of one course and how many learners are in them
SELECT rankings, size FROM leaderboards WHERE scope = 'course' AND scope_id = %(course_id)s;

-- unmatched --
-- Rows that figures leave out, of one course or all; courses that nobody knows come first
SELECT course_id, "table", reason, rows, ids, examples
FROM unmatched_rows
WHERE %(course_id)s::text IS NULL OR course_id = %(course_id)s
ORDER BY reason <> 'course', course_id COLLATE "C", "table", reason;

-- stats --
-- The figures of a course's groups, levels and topics
SELECT type, entity_id, group_id, level_id, topic_id, metrics
FROM materialized_stats
WHERE course_id = %(course_id)s AND type IN ('group_course', 'course_level', 'course_topic');

-- history --
-- Each KPI of one course over time
SELECT kpi, as_of, value FROM kpi_history
WHERE course_id = %(course_id)s AND as_of <= %(until)s
ORDER BY kpi, as_of;

-- confirm --
-- Nothing has changed since the newest build; said at most once an hour
UPDATE builds SET confirmed_at = now()
WHERE
    build_id = (SELECT max(build_id) FROM builds)
    AND greatest(published_at, confirmed_at) < now() - interval '1 hour';

-- extend --
-- Leaderboards of this build stay valid for another day, changed or not
UPDATE leaderboards SET expires_at = now() + interval '24 hours';
