-- The vocabulary bot: learners, the dictionary, what a quiz can ask.

-- show_chat --
-- Let row security show the learner of a chat, until the transaction ends
SELECT set_config('app.chat', %(chat_id)s, true);

-- find_client --
-- The learner of a chat
SELECT
    client_id, chat_id, name, username, language, learner_id, is_minor, consent_at, consent_by,
    remind_at, created_at,
    ARRAY(
        SELECT g.group_id FROM client_groups AS g WHERE g.client_id = client_info.client_id
        ORDER BY g.joined_at, g.group_id COLLATE "C"
    ) AS groups
FROM client_info
WHERE chat_id = %(chat_id)s;

-- clients --
-- The learners whom whoever asks may see and who did not leave
SELECT
    client_id, chat_id, name, username, language, learner_id, is_minor, consent_at, consent_by,
    remind_at, created_at,
    ARRAY(
        SELECT g.group_id FROM client_groups AS g WHERE g.client_id = client_info.client_id
        ORDER BY g.joined_at, g.group_id COLLATE "C"
    ) AS groups
FROM client_info
WHERE chat_id IS NOT NULL
ORDER BY client_id;

-- add_client --
-- Insert a learner, unless the chat has one
INSERT INTO client_info (chat_id, name, username, language)
VALUES (%(chat_id)s, %(name)s, %(username)s, %(language)s)
ON CONFLICT DO NOTHING;

-- set_language --
-- Change the language of a learner
UPDATE client_info SET language = %(language)s WHERE client_id = %(client_id)s;

-- set_reminder --
-- Change when a learner is reminded
UPDATE client_info SET remind_at = %(remind_at)s WHERE client_id = %(client_id)s;

-- set_minor --
-- Note whether a learner is a minor
UPDATE client_info SET is_minor = %(is_minor)s WHERE client_id = %(client_id)s;

-- give_consent --
-- Note that a learner consented; 1 row = they had not before
UPDATE client_info SET consent_at = %(at)s, consent_by = %(by)s
WHERE client_id = %(client_id)s AND consent_at IS NULL;

-- confirm_consent --
-- Note that the curator who asks consented for a learner of an own group
SELECT confirm_consent(%(client_id)s, %(at)s);

-- join_group --
-- Let the learner who asks join the group of a code; no row = there is none
SELECT group_id, name FROM join_group(%(code)s, %(at)s);

-- stop_client --
-- Delete what identifies the learner who asks
SELECT stop_client(%(at)s);

-- add_code --
-- Store a code of a group, or change what is stored
INSERT INTO group_codes (code, group_id, name, expires_at, created_by)
VALUES (%(code)s, %(group_id)s, %(name)s, %(expires_at)s, %(created_by)s)
ON CONFLICT (code) DO UPDATE SET
    group_id = excluded.group_id, name = excluded.name, expires_at = excluded.expires_at,
    created_by = excluded.created_by;

-- levels --
-- The levels of study, from low to high
SELECT level_id, lev_name, cefr, min_rating, word_weight FROM study_levels ORDER BY level_id;

-- set_threshold --
-- Change from which rating a level can be reached
UPDATE study_levels SET min_rating = %(min_rating)s WHERE lev_name = %(lev_name)s;

-- standing --
-- Level and ability of a learner; no row before the first quiz
SELECT level_id_current, ability FROM client_analytics WHERE client_id = %(client_id)s;

-- candidates --
-- Words that a learner's quiz may ask: those nearest to being forgotten, new ones of the own level
-- or below and one above, and further ones asked before; of each kind those that fit best
WITH known AS (
    SELECT
        d.word_id, d.word, d.translation, s.level_id, d.category, d.word_keys, d.translation_keys,
        coalesce(r.difficulty, %(base)s + %(step)s * (s.level_id - 1)) AS difficulty,
        m.stability, m.difficulty AS memory_difficulty, m.last_review_at, m.due_at, m.reviews
    FROM esp2rus_dictionary AS d
    JOIN study_levels AS s ON s.lev_name = d.level
    LEFT JOIN word_difficulty AS r USING (word_id)
    LEFT JOIN client_word_memory AS m ON m.word_id = d.word_id AND m.client_id = %(client_id)s
),
due AS (SELECT * FROM known WHERE due_at IS NOT NULL ORDER BY due_at, word_id LIMIT %(limit)s),
new AS (
    SELECT * FROM known WHERE due_at IS NULL AND level_id <= %(level_id)s
    ORDER BY abs(difficulty - %(target)s), word_id LIMIT %(limit)s
),
above AS (
    SELECT * FROM known WHERE due_at IS NULL AND level_id > %(level_id)s
    ORDER BY level_id, abs(difficulty - %(target)s), word_id LIMIT %(limit)s
),
fitting AS (
    SELECT * FROM known WHERE due_at IS NOT NULL
    ORDER BY abs(difficulty - %(target)s), word_id LIMIT %(limit)s
)
SELECT * FROM due UNION SELECT * FROM new UNION SELECT * FROM above UNION SELECT * FROM fitting
ORDER BY word_id;

-- others --
-- Words that a wrong option may be, some of each level and category, and all that share a spelling
-- or a translation with a word that may be asked
WITH ranked AS (
    SELECT
        d.word_id, d.word, d.translation, s.level_id, d.category, d.word_keys, d.translation_keys,
        row_number() OVER (PARTITION BY d.level, d.category ORDER BY md5(d.word_id || %(seed)s)) AS place,
        d.word_keys && %(keys)s::text[] OR d.translation_keys && %(translation_keys)s::text[] AS related
    FROM esp2rus_dictionary AS d
    JOIN study_levels AS s ON s.lev_name = d.level
)
SELECT word_id, word, translation, level_id, category, word_keys, translation_keys, 0.0 AS difficulty
FROM ranked
WHERE NOT word_id = ANY(%(word_ids)s) AND (related OR place <= %(limit)s)
ORDER BY word_id;

-- is_word --
-- Whether a text is a word of the dictionary, Spanish or Russian
SELECT EXISTS (
    SELECT FROM esp2rus_dictionary
    WHERE CASE WHEN %(spanish)s THEN word_keys ELSE translation_keys END @> ARRAY[%(key)s::text]
);

-- find_words --
-- Entries that begin with a text in either language, as judging compares them
SELECT d.word_id, d.word, d.translation, s.level_id, d.category
FROM esp2rus_dictionary AS d
JOIN study_levels AS s ON s.lev_name = d.level
WHERE EXISTS (
    SELECT FROM unnest(d.word_keys || d.translation_keys) AS k (key) WHERE starts_with(k.key, %(key)s)
)
ORDER BY s.level_id, d.word COLLATE "C", d.translation COLLATE "C"
LIMIT %(limit)s;

-- due_words --
-- The words of a learner that are nearest to being forgotten
SELECT
    d.word_id, d.word, d.translation, s.level_id, d.category,
    m.stability, m.difficulty, m.last_review_at, m.due_at, m.reviews
FROM client_word_memory AS m
JOIN esp2rus_dictionary AS d USING (word_id)
JOIN study_levels AS s ON s.lev_name = d.level
WHERE m.client_id = %(client_id)s
ORDER BY m.due_at, m.word_id
LIMIT %(limit)s;

-- known_levels --
-- The levels that dictionary files may name
SELECT l.lev_name FROM study_levels AS l
JOIN study_level AS w ON w.level_word = l.lev_name ORDER BY l.level_id;

-- put_categories --
-- Insert categories that are new
INSERT INTO word_category (name)
SELECT DISTINCT new.name FROM unnest(%(names)s::text[]) AS new (name) ORDER BY new.name
ON CONFLICT DO NOTHING;

-- known_entries --
-- Which of these entries are in the dictionary
SELECT d.word, d.translation FROM esp2rus_dictionary AS d
JOIN unnest(%(words)s::text[], %(translations)s::text[]) AS new (word, translation)
    ON new.word = d.word AND new.translation = d.translation;

-- put_entry --
-- Insert an entry, unless it is there
INSERT INTO esp2rus_dictionary (word, translation, level, category, word_keys, translation_keys)
VALUES (%(word)s, %(translation)s, %(level)s, %(category)s, %(word_keys)s, %(translation_keys)s)
ON CONFLICT (word, translation) DO NOTHING;

-- known_as --
-- The learners of the bot who have one of these ids in canonical tables
SELECT client_id FROM client_info WHERE learner_id = ANY(%(learner_ids)s) ORDER BY client_id;

-- stopped --
-- The ids in canonical tables of learners who asked to be erased, the first one first
SELECT learner_id FROM client_info WHERE stopped_at IS NOT NULL ORDER BY stopped_at, client_id;

-- about --
-- What a table has about learners. {table} is filled in
SELECT to_jsonb(t) FROM {table} AS t WHERE t.client_id = ANY(%(client_ids)s) ORDER BY 1;

-- erase --
-- Delete learners with all that names them
DELETE FROM client_info WHERE client_id = ANY(%(client_ids)s);

-- codes --
-- Codes of groups that are good still
SELECT code, group_id, name, expires_at, created_by FROM group_codes
WHERE expires_at IS NULL OR expires_at > %(at)s
ORDER BY name, created_at;

-- remove_code --
-- Delete a code; who joined by it stays
DELETE FROM group_codes WHERE code = %(code)s;

-- count_entries --
-- How many entries the dictionary has
SELECT count(*) FROM esp2rus_dictionary;
