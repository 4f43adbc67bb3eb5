-- Groups: a learner may be in several groups of a course, and a group may stand over several.

-- Rows of sources hold the source's own ids, which are not those that readers' groups are named
-- by; and what is in them is seen in results. Entry points see none of them, but admins all.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['groups', 'memberships', 'attempts', 'events', 'event_days'] LOOP
        EXECUTE format('DROP POLICY app ON %I', 'files_' || name);
        EXECUTE format(
            'CREATE POLICY app ON %I TO gradeline_app USING ((SELECT app_role()) = ''admin'')'
            ' WITH CHECK ((SELECT app_role()) = ''admin'')',
            'files_' || name
        );
    END LOOP;
END
$$;
ALTER TABLE files_memberships ALTER COLUMN group_id DROP NOT NULL;

ALTER TABLE materialized_stats DROP CONSTRAINT materialized_stats_type_check;
ALTER TABLE materialized_stats ADD CHECK (
    type IN (
        'group', 'level', 'topic', 'course', 'learner', 'group_level', 'group_topic',
        'group_course', 'course_level', 'course_topic'
    )
);
COMMENT ON COLUMN materialized_stats.course_id IS 'Of a group over several courses null, but in the rows of a group in one course';

-- Who sees a learner's row: readers of any of the groups.
DROP POLICY app ON progress_summary;
ALTER TABLE progress_summary
    ADD COLUMN group_ids text[] NOT NULL DEFAULT '{}',
    ADD COLUMN group_names text[] NOT NULL DEFAULT '{}',
    ADD COLUMN grade_sum numeric(38, 0) NOT NULL DEFAULT 0,
    ADD COLUMN grade_squares numeric(38, 0) NOT NULL DEFAULT 0,
    ADD CHECK (cardinality(group_ids) = cardinality(group_names));
-- Until the next run, which computes all of it again, reports go on to show names.
ALTER TABLE progress_summary NO FORCE ROW LEVEL SECURITY;
UPDATE progress_summary
SET group_ids = ARRAY[group_id], group_names = ARRAY[coalesce(group_name, group_id)]
WHERE group_id IS NOT NULL;
ALTER TABLE progress_summary FORCE ROW LEVEL SECURITY;
ALTER TABLE progress_summary DROP COLUMN group_id, DROP COLUMN group_name;
CREATE POLICY app ON progress_summary TO gradeline_app
    USING ((SELECT app_role()) = 'admin' OR group_ids && (SELECT app_groups()))
    WITH CHECK ((SELECT app_role()) = 'admin' OR group_ids && (SELECT app_groups()));
CREATE INDEX progress_summary_groups ON progress_summary USING gin (group_ids);
COMMENT ON COLUMN progress_summary.group_ids IS 'Groups whose membership overlaps the course''s period, those of today first; of who is not enrolled, the groups they answered in. Who reads any of them sees the row';
COMMENT ON COLUMN progress_summary.group_names IS 'The names of the same groups, in the same order';
COMMENT ON COLUMN progress_summary.grade_sum IS 'Best scores of completed items in millionths, added up';
COMMENT ON COLUMN progress_summary.grade_squares IS 'The squares of the same, added up';

CREATE TABLE group_figures (
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (group_id, course_id)
);
CREATE INDEX group_figures_course ON group_figures (course_id);
COMMENT ON TABLE group_figures IS 'The headline figures of each group of a course, over its members by day';

CREATE TABLE group_history (
    group_id text NOT NULL,
    course_id text NOT NULL,
    week bigint NOT NULL CHECK (week >= 0),
    starts_on date NOT NULL,
    enrolled bigint,
    attended bigint,
    learners bigint NOT NULL,
    active bigint,
    pairs bigint NOT NULL,
    submitted bigint NOT NULL,
    completed bigint NOT NULL,
    grade_sum numeric(38, 0) NOT NULL,
    grade_squares numeric(38, 0) NOT NULL,
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (group_id, course_id, week)
);
CREATE INDEX group_history_course ON group_history (course_id);
COMMENT ON TABLE group_history IS 'How each group of a course stood at the end of each week, by what is known now';
COMMENT ON COLUMN group_history.week IS 'Week of the course, from 0';
COMMENT ON COLUMN group_history.enrolled IS 'Learners in the group on a day of the week; null where only grades are known';
COMMENT ON COLUMN group_history.attended IS 'Those of them with activity in the week';
COMMENT ON COLUMN group_history.learners IS 'Learners in the group from the first day of the course to the end of the week';
COMMENT ON COLUMN group_history.active IS 'Those of them with activity in the course by then';
COMMENT ON COLUMN group_history.pairs IS 'Expected submissions: learners × active items';
COMMENT ON COLUMN group_history.submitted IS 'Those handed in by then';
COMMENT ON COLUMN group_history.completed IS 'Those completed by then';
COMMENT ON COLUMN group_history.grade_sum IS 'Best scores of completed ones by then in millionths, added up';
COMMENT ON COLUMN group_history.grade_squares IS 'The squares of the same, added up';

SELECT
    protect_table('group_figures', 'group_id'),
    protect_table('group_history', 'group_id');
