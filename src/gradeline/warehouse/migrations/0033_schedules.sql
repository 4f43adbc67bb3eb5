-- Schedules: which job is due when.

CREATE TABLE schedules (
    name text PRIMARY KEY,
    cron text NOT NULL,
    zone text NOT NULL,
    job text NOT NULL,
    arguments jsonb NOT NULL DEFAULT '{}',
    next_at timestamptz NOT NULL,
    paused_at timestamptz,
    origin text NOT NULL CHECK (origin IN ('command', 'settings')),
    added_by text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    problem text,
    CHECK (problem IS NULL OR ended_at IS NOT NULL)
);
COMMENT ON TABLE schedules IS 'Which job is due when, and how its last run ended';
COMMENT ON COLUMN schedules.cron IS 'When, as a cron line for the wall clock of the zone';
COMMENT ON COLUMN schedules.zone IS 'The time zone of the school when the next instant was computed';
COMMENT ON COLUMN schedules.job IS 'The name of the job: collect, run or deliver';
COMMENT ON COLUMN schedules.arguments IS 'The arguments of the job; {} = its defaults';
COMMENT ON COLUMN schedules.next_at IS 'When it is due next; a worker that moves it puts the job in the same transaction';
COMMENT ON COLUMN schedules.paused_at IS 'Since when it is not due until a person resumes it';
COMMENT ON COLUMN schedules.origin IS 'settings: named by a setting such as SCHEDULE_BATCH, and kept as that says';
COMMENT ON COLUMN schedules.ended_at IS 'When its job last ended';
COMMENT ON COLUMN schedules.problem IS 'What went wrong in that last run; null = nothing did';

SELECT protect_table('schedules');
