-- The vocabulary bot's answers as every source's rows lie here, and who gave them.
CREATE TABLE vocabulary_answers (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    client_id text NOT NULL,
    activity_id bigint NOT NULL,
    number integer NOT NULL,
    course text NOT NULL,
    course_title text NOT NULL,
    level text NOT NULL,
    weight integer NOT NULL,
    word_id text NOT NULL,
    word_title text NOT NULL,
    category text,
    answered_at timestamptz NOT NULL,
    answered_on date NOT NULL,
    correct boolean NOT NULL,
    hints integer NOT NULL,
    duration_s numeric(12, 3),
    response text,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE vocabulary_answers IS 'Answers of the bot''s learners, as courses by level see them';
COMMENT ON COLUMN vocabulary_answers.client_id IS 'client_info.client_id';
COMMENT ON COLUMN vocabulary_answers.number IS 'Position of the question in its quiz';
COMMENT ON COLUMN vocabulary_answers.course IS 'The level in lower case';
COMMENT ON COLUMN vocabulary_answers.weight IS 'word_weight of the level';
COMMENT ON COLUMN vocabulary_answers.answered_on IS 'The school day';

CREATE TABLE vocabulary_learners (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    client_id text NOT NULL,
    name text,
    group_id text,
    group_name text,
    joined_on date,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE vocabulary_learners IS 'Learners of the bot who answered: a row for each group that they joined, else one';
COMMENT ON COLUMN vocabulary_learners.client_id IS 'client_info.client_id';
COMMENT ON COLUMN vocabulary_learners.joined_on IS 'The school day';
SELECT protect_table('vocabulary_answers'), protect_table('vocabulary_learners');

-- Answers are read by their day.
CREATE INDEX client_activity_words_answered ON client_activity_words (answered_at);
