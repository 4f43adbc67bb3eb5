-- Operation: when the results are due to be computed again, and how jobs ended, counted for ever.

CREATE TABLE ticks (
    tick text PRIMARY KEY CHECK (tick <> ''),
    next_at timestamptz NOT NULL,
    loaded_at timestamptz
);
COMMENT ON TABLE ticks IS 'What comes again and again by an interval, and when next';
COMMENT ON COLUMN ticks.loaded_at IS 'When the newest slice was loaded that the last one knew of';
INSERT INTO ticks (tick, next_at) VALUES ('refresh', now());

CREATE TABLE job_counts (
    job text NOT NULL CHECK (job <> ''),
    status text NOT NULL CHECK (status IN ('success', 'error')),
    runs bigint NOT NULL CHECK (runs > 0),
    seconds double precision NOT NULL CHECK (seconds >= 0),
    last_seconds double precision NOT NULL CHECK (last_seconds >= 0),
    last_ended_at timestamptz NOT NULL,
    PRIMARY KEY (job, status)
);
COMMENT ON TABLE job_counts IS 'How often jobs of each kind ended well and badly, ever, and how long they took';

CREATE INDEX slices_loaded_at ON slices (loaded_at);

SELECT protect_table('ticks'), protect_table('job_counts');
