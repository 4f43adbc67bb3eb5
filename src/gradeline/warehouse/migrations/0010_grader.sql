-- What the grader sends: one row for each attempt, and its figures by day.

CREATE TABLE grader_attempts (
    id serial PRIMARY KEY,
    user_id varchar(255) NOT NULL,
    oauth_consumer_key varchar(255),
    lis_result_sourcedid text,
    lis_outcome_service_url text,
    is_correct boolean,
    attempt_type varchar(50) NOT NULL,
    created_at timestamp NOT NULL,
    loaded_at timestamp DEFAULT (now() AT TIME ZONE 'UTC'),
    slice_id bigint NOT NULL,
    position bigint NOT NULL
);
CREATE UNIQUE INDEX grader_attempts_natural
ON grader_attempts (user_id, created_at, attempt_type, lis_result_sourcedid) NULLS NOT DISTINCT;
CREATE INDEX grader_attempts_created_at ON grader_attempts (created_at);
CREATE INDEX grader_attempts_slice ON grader_attempts (slice_id);
COMMENT ON TABLE grader_attempts IS 'Attempts as the grader tells them: runs and submits';
COMMENT ON COLUMN grader_attempts.user_id IS 'lti_user_id, the learner under the grader''s own id';
COMMENT ON COLUMN grader_attempts.is_correct IS 'Whether a submit was right; null for a run';
COMMENT ON COLUMN grader_attempts.attempt_type IS 'run or submit';
COMMENT ON COLUMN grader_attempts.created_at IS 'When, in UTC';
COMMENT ON COLUMN grader_attempts.loaded_at IS 'When it came into this table, in UTC';
COMMENT ON COLUMN grader_attempts.slice_id IS 'The slice it came in, as in slices';
COMMENT ON COLUMN grader_attempts.position IS 'Its place in that slice, by time';

CREATE TABLE daily_statistics (
    day date PRIMARY KEY,
    attempts bigint NOT NULL,
    successful bigint NOT NULL,
    failed bigint NOT NULL,
    runs bigint NOT NULL,
    unique_users bigint NOT NULL,
    success_rate double precision,
    build_id bigint NOT NULL REFERENCES builds
);
COMMENT ON TABLE daily_statistics IS 'The grader''s attempts by school day; a day without any is a row of zeros';
COMMENT ON COLUMN daily_statistics.success_rate IS 'successful ÷ (successful + failed) in percent; null where there is neither';

-- As DuckDB has it, so that one expression means the same in both.
CREATE FUNCTION epoch_us(at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (extract(EPOCH FROM at) * 1000000)::bigint;
COMMENT ON FUNCTION epoch_us(timestamptz) IS 'Microseconds since 1970';

SELECT protect_table('grader_attempts'), protect_table('daily_statistics');
