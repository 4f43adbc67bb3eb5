-- The lines of people's groups file.
CREATE TABLE groups_members (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    learner_id text NOT NULL,
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text NOT NULL,
    rolling boolean NOT NULL,
    role text NOT NULL,
    starts_on date,
    ends_on date,
    PRIMARY KEY (slice_id, position, learner_id)
);
COMMENT ON TABLE groups_members IS 'Lines of groups.csv or groups.xlsx: a row for each learner that one means';
COMMENT ON COLUMN groups_members.position IS 'Number of the line, from 1';
SELECT protect_table('groups_members');
