-- Results: what metrics computed, for all doors to read. One build replaces what it touched at once.

CREATE TABLE builds (
    build_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    as_of timestamptz NOT NULL,
    terms jsonb NOT NULL,
    courses integer NOT NULL CHECK (courses >= 0),
    published_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE builds IS 'Each time results were published, in one transaction';
COMMENT ON COLUMN builds.as_of IS 'Facts later than this did not exist for it';
COMMENT ON COLUMN builds.terms IS 'The settings that its numbers depend on';
COMMENT ON COLUMN builds.courses IS 'Courses whose numbers it replaced';

CREATE TABLE materialized_stats (
    type text NOT NULL CHECK (
        type IN (
            'group', 'level', 'topic', 'course', 'learner', 'group_level', 'group_topic',
            'course_level', 'course_topic'
        )
    ),
    entity_id text NOT NULL,
    group_id text,
    course_id text,
    level_id text,
    topic_id text,
    metrics jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (type, entity_id)
);
CREATE INDEX materialized_stats_group ON materialized_stats (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX materialized_stats_course ON materialized_stats (course_id) WHERE course_id IS NOT NULL;
COMMENT ON TABLE materialized_stats IS 'Figures by group, level, topic, course and learner: name → {value, n, low, high, as_of} and its exact sums';
COMMENT ON COLUMN materialized_stats.entity_id IS 'The id of the entity; of a pair, both with | between';
COMMENT ON COLUMN materialized_stats.group_id IS 'Who may see it besides admins: readers of this group';

CREATE TABLE leaderboards (
    scope text NOT NULL CHECK (scope IN ('global', 'course', 'group', 'level')),
    scope_id text NOT NULL,
    group_id text GENERATED ALWAYS AS (CASE WHEN scope = 'group' THEN scope_id END) STORED,
    rankings jsonb NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (scope, scope_id)
);
COMMENT ON TABLE leaderboards IS 'Rows with rank up to 100 of each scope, in order';
COMMENT ON COLUMN leaderboards.scope_id IS 'The course, group or level; empty for the one of the whole school';
COMMENT ON COLUMN leaderboards.size IS 'Learners in it, shown or not';
COMMENT ON COLUMN leaderboards.expires_at IS 'Later than this it is served as stale';

CREATE TABLE progress_summary (
    learner_id text NOT NULL,
    course_id text NOT NULL,
    group_id text,
    group_name text,
    name text,
    email text,
    enrolled boolean NOT NULL,
    enrolled_today boolean NOT NULL,
    attempts bigint NOT NULL,
    correct bigint NOT NULL,
    avg_accuracy double precision,
    avg_accuracy_low double precision,
    avg_accuracy_high double precision,
    submitted bigint NOT NULL,
    completed bigint NOT NULL,
    average_grade double precision,
    average_grade_low double precision,
    average_grade_high double precision,
    due bigint NOT NULL,
    done bigint NOT NULL,
    missing bigint NOT NULL,
    days_behind bigint NOT NULL,
    pace double precision,
    forecast_on date,
    last_active_on date,
    at_risk text[] NOT NULL,
    score double precision,
    rank bigint,
    as_of timestamptz,
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (learner_id, course_id)
);
CREATE INDEX progress_summary_course ON progress_summary (course_id);
CREATE INDEX progress_summary_group ON progress_summary (group_id);
COMMENT ON TABLE progress_summary IS 'How each learner stands in each course';
COMMENT ON COLUMN progress_summary.enrolled IS 'Their membership overlaps the course''s period';
COMMENT ON COLUMN progress_summary.average_grade IS 'Percent, over completed items';

CREATE TABLE course_figures (
    course_id text PRIMARY KEY,
    figures jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds
);
COMMENT ON TABLE course_figures IS 'What the report of a course shows besides its learners';

CREATE TABLE kpi_history (
    course_id text NOT NULL,
    kpi text NOT NULL,
    as_of timestamptz NOT NULL,
    value double precision,
    n bigint NOT NULL,
    low double precision,
    high double precision,
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (course_id, kpi, as_of)
);
COMMENT ON TABLE kpi_history IS 'Each KPI of a course at each newest fact it was computed from, for trends';

CREATE TABLE course_keys (
    course_id text PRIMARY KEY,
    key text NOT NULL,
    build_id bigint NOT NULL REFERENCES builds
);
COMMENT ON TABLE course_keys IS 'Digest of all that the numbers of a course depend on; the empty id is the whole school';

SELECT
    protect_table('builds'),
    protect_table('materialized_stats', 'group_id'),
    protect_table('leaderboards', 'group_id'),
    protect_table('progress_summary', 'group_id'),
    protect_table('course_figures'),
    protect_table('kpi_history'),
    protect_table('course_keys');
