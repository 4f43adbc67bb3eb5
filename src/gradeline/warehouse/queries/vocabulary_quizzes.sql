-- Quizzes of the vocabulary bot, and what they change.

-- start --
-- Insert a quiz
INSERT INTO client_activity_log (client_id, started_at, words_asked)
VALUES (%(client_id)s, %(at)s, %(words_asked)s)
RETURNING activity_id;

-- ask --
-- Insert a question
INSERT INTO client_activity_words (
    activity_id, position, client_id, word_id, direction, question, prompt, expected, options
)
VALUES (
    %(activity_id)s, %(position)s, %(client_id)s, %(word_id)s, %(direction)s, %(kind)s, %(prompt)s,
    %(expected)s, %(options)s
);

-- open --
-- The quiz of a learner that did not end
SELECT activity_id, client_id, started_at, status
FROM client_activity_log WHERE client_id = %(client_id)s AND status = 'open';

-- questions --
-- The questions of a quiz with their answers
SELECT
    activity_id, position, word_id, direction, question AS kind, prompt, expected, options,
    asked_at, answered_at, answer, verdict, hints, duration_ms
FROM client_activity_words WHERE activity_id = %(activity_id)s ORDER BY position;

-- note_asked --
-- Note when a question was shown first
UPDATE client_activity_words SET asked_at = %(at)s
WHERE activity_id = %(activity_id)s AND position = %(position)s AND asked_at IS NULL;

-- note_hint --
-- Count a hint, while the question has no answer
UPDATE client_activity_words SET hints = hints + 1
WHERE activity_id = %(activity_id)s AND position = %(position)s AND answered_at IS NULL;

-- note_answer --
-- Store an answer, once, and while the quiz is open; 1 row = it was the first one
WITH quiz AS (
    SELECT activity_id FROM client_activity_log
    WHERE activity_id = %(activity_id)s AND status = 'open'
    FOR UPDATE
)
UPDATE client_activity_words AS w
SET answer = %(text)s, verdict = %(verdict)s, answered_at = %(at)s, duration_ms = %(duration_ms)s
FROM quiz
WHERE w.activity_id = quiz.activity_id AND w.position = %(position)s AND w.answered_at IS NULL;

-- lock_quiz --
-- A quiz, held until the transaction ends
SELECT client_id, status FROM client_activity_log WHERE activity_id = %(activity_id)s FOR UPDATE;

-- answers --
-- The answers of a quiz with the levels of their words, by position
SELECT
    w.word_id, s.level_id, s.word_weight, w.question, cardinality(w.options), w.verdict, w.hints,
    w.answered_at
FROM client_activity_words AS w
JOIN esp2rus_dictionary AS d USING (word_id)
JOIN study_levels AS s ON s.lev_name = d.level
WHERE w.activity_id = %(activity_id)s AND w.answered_at IS NOT NULL
ORDER BY w.position;

-- meet_learner --
-- Insert the figures of a learner who has none
INSERT INTO client_analytics (client_id, level_id_current, ability, ability_variance)
VALUES (%(client_id)s, %(level_id)s, %(mean)s, %(variance)s)
ON CONFLICT DO NOTHING;

-- lock_learner --
-- The figures of a learner, held until the transaction ends
SELECT
    client_rating, level_id_current, level_changed_on, ability, ability_variance, ability_at,
    answers, right_answers, quizzes
FROM client_analytics WHERE client_id = %(client_id)s FOR UPDATE;

-- meet_words --
-- Insert the difficulty of words that have none; in their order, as all others do
INSERT INTO word_difficulty (word_id, difficulty, variance)
SELECT new.word_id, new.mean, new.variance
FROM unnest(%(word_ids)s::bigint[], %(means)s::float8[], %(variances)s::float8[]) AS new (word_id, mean, variance)
ORDER BY new.word_id
ON CONFLICT DO NOTHING;

-- lock_words --
-- The difficulty of words, held until the transaction ends; in their order, as all others do
SELECT word_id, difficulty, variance FROM word_difficulty
WHERE word_id = ANY(%(word_ids)s) ORDER BY word_id FOR UPDATE;

-- memories --
-- How well a learner remembers these words
SELECT word_id, stability, difficulty, last_review_at, due_at, reviews
FROM client_word_memory WHERE client_id = %(client_id)s AND word_id = ANY(%(word_ids)s);

-- end --
-- Note how a quiz ended; its number is taken while the learner and the words are held
UPDATE client_activity_log AS q SET
    finished_at = %(at)s, quiz_weight = %(weight)s, number = nextval('client_activity_number'),
    status = CASE WHEN told.answered = q.words_asked THEN 'finished' ELSE 'abandoned' END,
    words_right = told.correct, hints = told.hints, duration_ms = told.duration_ms
FROM (
    SELECT
        count(answered_at) AS answered, count(*) FILTER (WHERE correct) AS correct,
        coalesce(sum(hints), 0) AS hints, sum(duration_ms) AS duration_ms
    FROM client_activity_words WHERE activity_id = %(activity_id)s
) AS told
WHERE q.activity_id = %(activity_id)s AND q.status = 'open';

-- put_word --
-- Store the difficulty of a word after an answer
UPDATE word_difficulty SET difficulty = %(mean)s, variance = %(variance)s, answers = answers + 1
WHERE word_id = %(word_id)s;

-- put_memory --
-- Store how well a learner remembers a word
INSERT INTO client_word_memory (
    client_id, word_id, stability, difficulty, last_review_at, due_at, reviews
)
VALUES (
    %(client_id)s, %(word_id)s, %(stability)s, %(difficulty)s, %(last_review_at)s, %(due_at)s,
    %(reviews)s
)
ON CONFLICT (client_id, word_id) DO UPDATE SET
    stability = excluded.stability, difficulty = excluded.difficulty,
    last_review_at = excluded.last_review_at, due_at = excluded.due_at, reviews = excluded.reviews;

-- recent --
-- Of each learner and level: the last answers on words of the level and all lower ones, and how
-- many of them are right
SELECT c.client_id, l.level_id, last.answers, last.correct
FROM unnest(%(client_ids)s::bigint[]) AS c (client_id)
CROSS JOIN study_levels AS l
CROSS JOIN LATERAL (
    SELECT count(*) AS answers, count(*) FILTER (WHERE a.correct) AS correct
    FROM (
        SELECT w.correct
        FROM client_activity_words AS w
        JOIN client_activity_log AS q ON q.activity_id = w.activity_id
        JOIN esp2rus_dictionary AS d ON d.word_id = w.word_id
        JOIN study_levels AS s ON s.lev_name = d.level
        WHERE w.client_id = c.client_id AND w.answered_at IS NOT NULL AND q.status <> 'open'
            AND s.level_id <= l.level_id
        ORDER BY w.answered_at DESC, w.activity_id DESC, w.position DESC
        LIMIT %(last)s
    ) AS a
) AS last
WHERE last.answers > 0;

-- active_days --
-- The school days on which a learner answered
SELECT DISTINCT (w.answered_at AT TIME ZONE %(zone)s)::date AS day
FROM client_activity_words AS w
JOIN client_activity_log AS q ON q.activity_id = w.activity_id
WHERE w.client_id = %(client_id)s AND w.answered_at IS NOT NULL AND q.status <> 'open'
ORDER BY day;

-- put_learner --
-- Store the figures of a learner
INSERT INTO client_analytics (
    client_id, client_rating, level_id_current, level_changed_on, ability, ability_variance,
    ability_at, answers, right_answers, quizzes, streak_days, longest_streak_days, last_active_on,
    computed_at
)
VALUES (
    %(client_id)s, %(rating)s, %(level_id)s, %(changed_on)s, %(mean)s, %(variance)s, %(ability_at)s,
    %(answers)s, %(right_answers)s, %(quizzes)s, %(streak)s, %(longest)s, %(last_active_on)s, %(at)s
)
ON CONFLICT (client_id) DO UPDATE SET
    client_rating = excluded.client_rating, level_id_current = excluded.level_id_current,
    level_changed_on = excluded.level_changed_on, ability = excluded.ability,
    ability_variance = excluded.ability_variance, ability_at = excluded.ability_at,
    answers = excluded.answers, right_answers = excluded.right_answers,
    quizzes = excluded.quizzes, streak_days = excluded.streak_days,
    longest_streak_days = excluded.longest_streak_days,
    last_active_on = excluded.last_active_on, computed_at = excluded.computed_at;

-- result --
-- How a quiz ended, with the figures of its learner
SELECT
    q.activity_id, q.status, q.words_asked, q.words_right, q.hints, q.duration_ms, q.quiz_weight,
    a.client_rating, a.level_id_current AS level_id, l.lev_name AS level_name, a.ability, a.ability_uncertainty, a.streak_days
FROM client_activity_log AS q
JOIN client_analytics AS a USING (client_id)
JOIN study_levels AS l ON l.level_id = a.level_id_current
WHERE q.activity_id = %(activity_id)s;

-- figures --
-- The figures of a learner, and the threshold of the next level
SELECT
    a.client_rating, a.level_id_current AS level_id, l.lev_name AS level_name,
    (
        SELECT n.min_rating FROM study_levels AS n
        WHERE n.level_id > a.level_id_current ORDER BY n.level_id LIMIT 1
    ) AS next_level_rating,
    a.answers, a.right_answers, a.quizzes, a.streak_days, a.longest_streak_days, a.last_active_on,
    a.ability, a.ability_uncertainty
FROM client_analytics AS a
JOIN study_levels AS l ON l.level_id = a.level_id_current
WHERE a.client_id = %(client_id)s;

-- all_memories --
-- How well a learner remembers each word asked before
SELECT stability, difficulty, last_review_at, due_at, reviews
FROM client_word_memory WHERE client_id = %(client_id)s;

-- practice_days --
-- What a learner did on each school day of a period, and the rating at its end
SELECT
    d.day::date,
    (
        SELECT count(*) FROM client_activity_words AS w
        WHERE w.client_id = %(client_id)s AND w.answered_at >= d.day AT TIME ZONE %(zone)s
            AND w.answered_at < (d.day + interval '1 day') AT TIME ZONE %(zone)s
    ),
    (
        SELECT count(*) FROM client_activity_words AS w
        WHERE w.client_id = %(client_id)s AND w.answered_at >= d.day AT TIME ZONE %(zone)s
            AND w.answered_at < (d.day + interval '1 day') AT TIME ZONE %(zone)s AND w.correct
    ),
    (
        SELECT coalesce(sum(q.quiz_weight), 0) FROM client_activity_log AS q
        WHERE q.client_id = %(client_id)s
            AND q.finished_at < (d.day + interval '1 day') AT TIME ZONE %(zone)s
    )
FROM generate_series(%(since)s::timestamp, %(until)s::timestamp, interval '1 day') AS d (day)
ORDER BY d.day;
