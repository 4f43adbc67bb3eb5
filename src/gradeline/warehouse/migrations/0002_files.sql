-- What schools bring as files: one table for each canonical table that a mapping may give.
--
-- A row is a row of one slice. Ids are the source's own; the canonical views give them their
-- meaning. These are for SQL users and views; metrics read the same facts from the lake.
-- `slice_id` is of `slices`; no foreign key says so, for it would be checked once for each of
-- millions of rows, and the ledger changes in the same transaction as the rows.

CREATE TABLE files_courses (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    course text NOT NULL,
    title text,
    starts_on date,
    ends_on date,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_courses IS 'Courses, as the mapping of a dataset gives them';

CREATE TABLE files_learners (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    learner_id text NOT NULL,
    name text,
    email text,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_learners IS 'Learners, as the mapping of a dataset gives them';

CREATE TABLE files_groups (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text,
    rolling boolean NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_groups IS 'Groups, as the mapping of a dataset gives them';

CREATE TABLE files_memberships (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    learner_id text NOT NULL,
    group_id text NOT NULL,
    course_id text NOT NULL,
    role text NOT NULL,
    starts_on date,
    ends_on date,
    outcome text,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_memberships IS 'Memberships, as the mapping of a dataset gives them';

CREATE TABLE files_items (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    item_id text NOT NULL,
    course_id text NOT NULL,
    title text,
    topic_id text,
    level_id text,
    kind text,
    max_score numeric(9, 6),
    weight numeric(12, 6),
    due_on date,
    active boolean NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_items IS 'Items, as the mapping of a dataset gives them';

CREATE TABLE files_attempts (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    attempt_id text,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    item_id text,
    topic_id text,
    level_id text,
    kind text NOT NULL,
    correct boolean,
    score numeric(9, 6),
    hints integer,
    duration_s numeric(12, 3),
    at timestamptz NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_attempts IS 'Attempts, as the mapping of a dataset gives them';
COMMENT ON COLUMN files_attempts.attempt_id IS 'Null = it has no id of its own';

CREATE TABLE files_events (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    event_id text,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    type text NOT NULL,
    session_id text,
    count bigint NOT NULL,
    at timestamptz NOT NULL,
    properties text,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_events IS 'Events of datasets whose mapping does not keep them in the lake alone';
COMMENT ON COLUMN files_events.event_id IS 'Null = it has no id of its own';

CREATE TABLE files_event_days (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    type text NOT NULL,
    day date NOT NULL,
    events bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_event_days IS 'Events of a slice summed by learner, course, group, type and school day';

CREATE TABLE files_plan (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course_id text NOT NULL,
    item_id text NOT NULL,
    due_on date NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_plan IS 'Plan rows, as the mapping of a dataset gives them';

CREATE TABLE files_learner_links (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    source text NOT NULL,
    external_id text NOT NULL,
    learner_id text NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE files_learner_links IS 'Links between learners, as the mapping of a dataset gives them';

-- Rows about groups are seen by their groups; what belongs to no one group, by admins alone.
SELECT
    protect_table('files_courses'),
    protect_table('files_learners'),
    protect_table('files_groups', 'group_id'),
    protect_table('files_memberships', 'group_id'),
    protect_table('files_items'),
    protect_table('files_attempts', 'group_id'),
    protect_table('files_events', 'group_id'),
    protect_table('files_event_days', 'group_id'),
    protect_table('files_plan'),
    protect_table('files_learner_links');

-- The canonical views name a row without an id by the hash of its place, in the words that
-- DuckDB has for it, so that one expression means the same in both.
CREATE FUNCTION sha256(told text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT encode(sha256(convert_to(told, 'UTF8')), 'hex') $$;
COMMENT ON FUNCTION sha256(text) IS 'The SHA-256 of a text in UTF-8, in hex';
