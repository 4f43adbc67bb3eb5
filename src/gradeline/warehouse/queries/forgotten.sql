-- key --
-- The key of the hashes; no row while nobody was forgotten
SELECT key FROM forgotten_key;

-- make_key --
-- Store a key, unless there is one
INSERT INTO forgotten_key (key) VALUES (%(key)s) ON CONFLICT DO NOTHING;

-- digests --
-- The hashes of the forgotten learners of one source
SELECT digest FROM forgotten WHERE source = %(source)s;

-- all --
-- The hashes of all forgotten learners
SELECT source, digest FROM forgotten ORDER BY source, digest;

-- count --
-- How many hashes of forgotten learners there are
SELECT count(*) FROM forgotten;

-- remember --
-- Store hashes of learners who never come in again
INSERT INTO forgotten (source, digest)
SELECT source, digest FROM unnest(%(sources)s::text[], %(digests)s::bytea[]) AS new (source, digest)
ON CONFLICT DO NOTHING;

-- sources --
-- Every source that the ledger knows
SELECT DISTINCT source FROM slices ORDER BY source;

-- results_of --
-- Courses in which any of these learners has results
SELECT DISTINCT course_id FROM progress_summary WHERE learner_id = ANY(%(learners)s) ORDER BY course_id;

-- forget_progress --
-- Remove these learners from the progress of all courses
DELETE FROM progress_summary WHERE learner_id = ANY(%(learners)s);

-- forget_attempts --
-- Remove the graded attempts of these learners
DELETE FROM graded_attempts WHERE learner_id = ANY(%(learners)s);

-- forget_contacts --
-- Remove what was noted about these learners
DELETE FROM contacts WHERE learner_id = ANY(%(learners)s);

-- forget_stats --
-- Remove the figures of these learners
DELETE FROM materialized_stats WHERE type = 'learner' AND entity_id = ANY(%(learners)s);

-- forget_rankings --
-- Remove these learners from leaderboards; the next refresh closes the gaps in the ranks
UPDATE leaderboards SET
    size = greatest(size - 1, 0),
    rankings = coalesce(
        (
            SELECT jsonb_agg(ranked.place ORDER BY ranked.number)
            FROM jsonb_array_elements(rankings) WITH ORDINALITY AS ranked (place, number)
            WHERE NOT ranked.place ->> 'learner_id' = ANY(%(learners)s)
        ),
        '[]'
    )
WHERE EXISTS (
    SELECT FROM jsonb_array_elements(rankings) AS ranked (place)
    WHERE ranked.place ->> 'learner_id' = ANY(%(learners)s)
);

-- forget_rows --
-- Delete rows of a source that name the learner in a column. {table}, {condition} are filled in
DELETE FROM {table} AS row USING slices
WHERE slices.slice_id = row.slice_id AND slices.source = %(source)s AND ({condition});

-- is_table --
-- Whether rows can be deleted from a relation, which may be a view
SELECT EXISTS (
    SELECT FROM pg_class WHERE oid = to_regclass(%(name)s) AND relkind IN ('r', 'p')
);

-- add_pending --
-- Store follow-up steps of an erasure
INSERT INTO forgetting (what, name)
SELECT %(what)s, name FROM unnest(%(names)s::text[]) AS new (name)
ON CONFLICT DO NOTHING;

-- pending --
-- Follow-up steps of one kind that are not done
SELECT name FROM forgetting WHERE what = %(what)s ORDER BY name;

-- mark_done --
-- Remove one finished step
DELETE FROM forgetting WHERE what = %(what)s AND name = %(name)s;

-- progress --
-- The learner's progress: one row for each course
SELECT to_jsonb(p) FROM progress_summary AS p WHERE learner_id = ANY(%(learners)s) ORDER BY learner_id, course_id;

-- stats --
-- The learner's own figures
SELECT to_jsonb(s) FROM materialized_stats AS s WHERE type = 'learner' AND entity_id = ANY(%(learners)s) ORDER BY entity_id;

-- rankings --
-- The learner's place in each leaderboard
SELECT jsonb_build_object('scope', scope, 'scope_id', scope_id, 'size', size) || ranked.place
FROM leaderboards, jsonb_array_elements(rankings) AS ranked (place)
WHERE ranked.place ->> 'learner_id' = ANY(%(learners)s)
ORDER BY scope, scope_id;

-- contacts --
-- What was noted about the learner
SELECT to_jsonb(c) FROM contacts AS c WHERE learner_id = ANY(%(learners)s) ORDER BY contact_id;
