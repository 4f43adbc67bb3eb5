-- Rows that no figure counts, for no table names what they point at; a build replaces them.
CREATE TABLE unmatched_rows (
    course_id text NOT NULL,
    "table" text NOT NULL CHECK ("table" IN ('attempts', 'events', 'memberships')),
    reason text NOT NULL CHECK (reason IN ('course', 'learner', 'enrolment', 'item')),
    rows bigint NOT NULL CHECK (rows > 0),
    ids bigint NOT NULL CHECK (ids > 0),
    examples jsonb NOT NULL,
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (course_id, "table", reason)
);
COMMENT ON TABLE unmatched_rows IS 'Rows of canonical tables that count in no figure of a course, since what they point at is in no table';
COMMENT ON COLUMN unmatched_rows.reason IS 'What is missing: the course, the learner, their enrolment in the course or the item';
COMMENT ON COLUMN unmatched_rows.ids IS 'Different ids that are missing';
COMMENT ON COLUMN unmatched_rows.examples IS 'Some of these ids, each with one that looks like it if there is one';
SELECT protect_table('unmatched_rows');
