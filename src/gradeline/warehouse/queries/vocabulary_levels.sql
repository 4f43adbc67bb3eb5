-- Levels of learners, once a day; and everything that quizzes changed, computed again.

-- note_update --
-- Note that levels are updated, in the order in which quizzes are counted
INSERT INTO level_updates (at, day) VALUES (%(at)s, %(day)s);

-- lock_learners --
-- The rating and level of all learners, held until the transaction ends
SELECT client_id, client_rating, level_id_current, level_changed_on
FROM client_analytics ORDER BY client_id FOR UPDATE;

-- set_level --
-- Store the level of a learner
UPDATE client_analytics SET
    level_id_current = %(level_id)s, level_changed_on = %(changed_on)s, computed_at = %(at)s
WHERE client_id = %(client_id)s;

-- hold_quizzes --
-- Let no quiz be counted until the transaction ends
LOCK TABLE client_analytics IN SHARE ROW EXCLUSIVE MODE;

-- events --
-- All quizzes that were counted and all updates of levels, in their order
SELECT number, client_id, activity_id, finished_at FROM client_activity_log WHERE status <> 'open'
UNION ALL
SELECT number, NULL, NULL, at FROM level_updates
ORDER BY number;

-- all_answers --
-- The answers of all quizzes that were counted, by quiz and position
SELECT
    w.activity_id, w.position, w.word_id, s.level_id, s.word_weight, w.question,
    cardinality(w.options), w.verdict, w.hints, w.answered_at
FROM client_activity_words AS w
JOIN client_activity_log AS q USING (activity_id)
JOIN esp2rus_dictionary AS d USING (word_id)
JOIN study_levels AS s ON s.lev_name = d.level
WHERE w.answered_at IS NOT NULL AND q.status <> 'open'
ORDER BY q.number, w.position;

-- set_weight --
-- Store the weight of a quiz, where it is another one
UPDATE client_activity_log SET quiz_weight = %(weight)s
WHERE activity_id = %(activity_id)s AND quiz_weight <> %(weight)s;

-- clear_memories --
-- Delete what is known of a learner's memory
DELETE FROM client_word_memory WHERE client_id = %(client_id)s;

-- clear_words --
-- Delete the difficulty of all words
DELETE FROM word_difficulty;

-- clear_others --
-- Delete the figures of learners without a quiz
DELETE FROM client_analytics WHERE NOT client_id = ANY(%(client_ids)s);

-- put_difficulty --
-- Store the difficulty of a word
INSERT INTO word_difficulty (word_id, difficulty, variance, answers)
VALUES (%(word_id)s, %(mean)s, %(variance)s, %(answers)s);

-- standing --
-- What the quizzes of one learner tell, by the id that canonical tables have
SELECT
    a.client_rating AS rating, l.lev_name AS level, l.cefr,
    (
        SELECT n.min_rating FROM study_levels AS n
        WHERE n.level_id > a.level_id_current ORDER BY n.level_id LIMIT 1
    ) - a.client_rating AS rating_missing,
    a.ability, a.ability_uncertainty, a.answers, a.right_answers, a.quizzes, a.streak_days,
    a.last_active_on
FROM client_info AS c
JOIN client_analytics AS a USING (client_id)
JOIN study_levels AS l ON l.level_id = a.level_id_current
WHERE c.learner_id = %(learner_id)s;
