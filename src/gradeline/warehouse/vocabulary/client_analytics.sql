-- What the vocabulary bot's tables tell: run one SELECT, or the whole file, in any SQL client.
-- `gradeline bot analytics` lists them by name, `gradeline bot analytics --sql` prints this file.
-- Days are UTC. Learners have no names here: client_info is not for reading.

-- clients_by_level --
-- Learners of each level: how many, their mean rating, the share of right answers
SELECT
    l.level_id, l.lev_name, count(a.client_id) AS clients, round(avg(a.client_rating), 1) AS mean_rating,
    round(sum(a.right_answers) / nullif(sum(a.answers), 0), 3) AS right_share
FROM study_levels AS l
LEFT JOIN client_analytics AS a ON a.level_id_current = l.level_id
GROUP BY l.level_id, l.lev_name
ORDER BY l.level_id;

-- ranking --
-- Learners by rating; equal ratings share a rank
SELECT
    rank() OVER (ORDER BY client_rating DESC) AS rank, client_id, client_rating, level_id_current,
    quizzes, answers, round(right_answers::numeric / nullif(answers, 0), 3) AS right_share,
    streak_days, last_active_on
FROM client_analytics
ORDER BY rank, client_id;

-- next_level --
-- Learners with the rating that is missing to the next level, the nearest first
SELECT client_id, lev_name, client_rating, level_id_next, greatest(rating_missing, 0) AS rating_missing
FROM client_level_view
WHERE level_id_next IS NOT NULL
ORDER BY greatest(rating_missing, 0), client_id;

-- active_clients --
-- Learners who answered within the last day, 7 days, 30 days, and ever
SELECT
    count(*) FILTER (WHERE last_at > now() - interval '1 day') AS day,
    count(*) FILTER (WHERE last_at > now() - interval '7 days') AS week,
    count(*) FILTER (WHERE last_at > now() - interval '30 days') AS month,
    count(*) AS ever
FROM (SELECT max(answered_at) AS last_at FROM client_activity_words GROUP BY client_id) AS c
WHERE last_at IS NOT NULL;

-- activity_by_day --
-- The last 30 days: learners, quizzes, answers, the share of right ones
SELECT
    d.day::date, count(DISTINCT w.client_id) AS clients, count(DISTINCT w.activity_id) AS quizzes,
    count(w.answered_at) AS answers, round(avg(w.correct::int), 3) AS right_share
FROM generate_series(current_date - 29, current_date, interval '1 day') AS d (day)
LEFT JOIN client_activity_words AS w ON w.answered_at >= d.day AND w.answered_at < d.day + interval '1 day'
GROUP BY d.day
ORDER BY d.day;

-- activity_by_hour --
-- At which hour of the day learners answer
SELECT extract(hour FROM answered_at)::int AS hour, count(*) AS answers, count(DISTINCT client_id) AS clients
FROM client_activity_words
WHERE answered_at IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- quizzes --
-- Quizzes by how they ended: how many, words asked and right, minutes of answering, hints
SELECT
    status, count(*) AS quizzes, round(avg(words_asked), 1) AS words_asked,
    round(avg(words_right), 1) AS words_right, round(avg(duration_ms) / 60000, 1) AS minutes,
    sum(hints) AS hints, round(avg(quiz_weight), 1) AS mean_weight
FROM client_activity_log
GROUP BY status
ORDER BY status;

-- answers_by_question --
-- Answers by direction and kind of question: how many, the share right, forgiven accents and typos
SELECT
    direction, question, count(*) AS answers, round(avg(correct::int), 3) AS right_share,
    count(*) FILTER (WHERE verdict = 'accent') AS accents,
    count(*) FILTER (WHERE verdict = 'typo') AS typos,
    count(*) FILTER (WHERE hints > 0) AS with_hints,
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms)::numeric / 1000, 1) AS median_seconds
FROM client_activity_words
WHERE answered_at IS NOT NULL
GROUP BY direction, question
ORDER BY direction, question;

-- hardest_words --
-- The 50 words that are hardest by the answers of all learners
SELECT
    d.word, d.translation, d.level, round(r.difficulty::numeric, 2) AS difficulty,
    round(r.uncertainty::numeric, 2) AS uncertainty, r.answers,
    round(avg(w.correct::int), 3) AS right_share
FROM word_difficulty AS r
JOIN esp2rus_dictionary AS d ON d.word_id = r.word_id
LEFT JOIN client_activity_words AS w ON w.word_id = r.word_id AND w.answered_at IS NOT NULL
GROUP BY d.word_id, d.word, d.translation, d.level, r.difficulty, r.uncertainty, r.answers
ORDER BY r.difficulty DESC, d.word_id
LIMIT 50;

-- misplaced_words --
-- Words that are harder than half of the words of the level above, or easier than half of the one below
WITH rated AS (
    SELECT d.word_id, d.word, d.translation, s.level_id, s.lev_name, r.difficulty, r.uncertainty
    FROM word_difficulty AS r
    JOIN esp2rus_dictionary AS d ON d.word_id = r.word_id
    JOIN study_levels AS s ON s.lev_name = d.level
),
middle AS (
    SELECT level_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY difficulty) AS difficulty
    FROM rated GROUP BY level_id
)
SELECT
    rated.word, rated.translation, rated.lev_name, round(rated.difficulty::numeric, 2) AS difficulty,
    CASE WHEN above.level_id IS NOT NULL THEN 'harder' ELSE 'easier' END AS than_its_level
FROM rated
LEFT JOIN middle AS above
    ON above.level_id = rated.level_id + 1 AND rated.difficulty - rated.uncertainty > above.difficulty
LEFT JOIN middle AS below
    ON below.level_id = rated.level_id - 1 AND rated.difficulty + rated.uncertainty < below.difficulty
WHERE above.level_id IS NOT NULL OR below.level_id IS NOT NULL
ORDER BY rated.level_id, rated.word_id;

-- common_mistakes --
-- Wrong typed answers that at least three learners gave, the most common first
SELECT w.prompt, w.direction, lower(w.answer) AS answer, count(DISTINCT w.client_id) AS clients, count(*) AS times
FROM client_activity_words AS w
WHERE w.verdict = 'wrong' AND w.question = 'typed'
GROUP BY w.prompt, w.direction, lower(w.answer)
HAVING count(DISTINCT w.client_id) >= 3
ORDER BY clients DESC, times DESC, w.prompt, answer;

-- words_due --
-- Learners by how many of their words are about to be forgotten
SELECT
    client_id, count(*) AS words, count(*) FILTER (WHERE due_at <= now()) AS due,
    round(avg(stability)::numeric, 1) AS mean_stability_days
FROM client_word_memory
GROUP BY client_id
ORDER BY due DESC, client_id;

-- dictionary --
-- Words of the dictionary by level and category, and how many of them were ever asked
SELECT d.level, d.category, count(*) AS words, count(r.word_id) AS asked
FROM esp2rus_dictionary AS d
LEFT JOIN word_difficulty AS r ON r.word_id = d.word_id
GROUP BY d.level, d.category
ORDER BY d.level, d.category;

-- retention --
-- By the week in which learners answered first: how many, and how many answered in later weeks
WITH weeks AS (
    SELECT DISTINCT client_id, date_trunc('week', answered_at)::date AS week
    FROM client_activity_words WHERE answered_at IS NOT NULL
),
first AS (SELECT client_id, min(week) AS week FROM weeks GROUP BY client_id)
SELECT
    first.week AS first_week, (weeks.week - first.week) / 7 AS weeks_later,
    count(*) AS clients,
    round(count(*)::numeric / first_value(count(*)) OVER (PARTITION BY first.week ORDER BY weeks.week), 3) AS share
FROM first
JOIN weeks ON weeks.client_id = first.client_id
GROUP BY first.week, weeks.week
ORDER BY first.week, weeks.week;

-- unmapped_levels --
-- Levels of study without one of the dictionary, and the other way round; no row = all is well
SELECT level_id, lev_name, level_word FROM view_study_level_mapped WHERE NOT is_mapped
ORDER BY level_id, level_word;

-- unplaced_words --
-- Words whose level is none of study_levels, so that no quiz asks them; no row = all is well
SELECT d.word_id, d.word, d.level
FROM esp2rus_dictionary AS d
LEFT JOIN study_levels AS s ON s.lev_name = d.level
WHERE s.level_id IS NULL
ORDER BY d.word_id;
