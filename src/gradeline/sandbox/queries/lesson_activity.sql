-- make --
-- The table that a school's own system keeps: one row for each time a learner opened a lesson
CREATE TABLE lesson_activity (
    id bigint PRIMARY KEY,
    learner text NOT NULL,
    email text,
    course text NOT NULL,
    lesson text NOT NULL,
    kind text NOT NULL,
    solved boolean,
    score numeric(5, 2),
    seconds integer,
    happened_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    details jsonb
);
COMMENT ON TABLE lesson_activity IS 'What learners did, as the school''s own system writes it down';
CREATE INDEX ON lesson_activity (updated_at);

-- fill --
-- Insert the rows that follow as text, columns in the order of the table
COPY lesson_activity FROM STDIN;

-- correct_scores --
-- A person corrects scores: rows and their `updated_at` change, ids do not
UPDATE lesson_activity
SET score = least(100, score + 1), updated_at = (SELECT max(updated_at) FROM lesson_activity) + interval '1 second'
WHERE score IS NOT NULL AND id % 50 = 0;

-- rename --
-- A new version of the school's system renames a column
ALTER TABLE lesson_activity RENAME COLUMN score TO points;

-- rename_back --
-- The old version returns
ALTER TABLE lesson_activity RENAME COLUMN points TO score;

-- reader --
-- Create the login that may read and nothing else
CREATE ROLE reader LOGIN PASSWORD :'password';
GRANT SELECT ON lesson_activity TO reader;
