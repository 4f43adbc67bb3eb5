-- The vocabulary bot: the dictionary, learners, their quizzes, what these tell about them.

CREATE TABLE study_levels (
    level_id smallint PRIMARY KEY CHECK (level_id BETWEEN 1 AND 100),
    lev_name text NOT NULL UNIQUE CHECK (lev_name <> ''),
    cefr text NOT NULL CHECK (cefr IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    min_rating integer NOT NULL CHECK (min_rating >= 0),
    word_weight integer NOT NULL CHECK (word_weight > 0)
);
COMMENT ON TABLE study_levels IS 'The levels of study; a school may change their names, thresholds and weights';
COMMENT ON COLUMN study_levels.lev_name IS 'As study_level.level_word names it';
COMMENT ON COLUMN study_levels.min_rating IS 'client_rating from which the level can be reached';
COMMENT ON COLUMN study_levels.word_weight IS 'What a word of the level answered right adds to quiz_weight';
-- Each threshold is the one before and 200, 300, 400, 500, 600 right answers of the level before.
INSERT INTO study_levels (level_id, lev_name, cefr, min_rating, word_weight) VALUES
    (1, 'A1', 'A1', 0, 1),
    (2, 'A2', 'A2', 200, 2),
    (3, 'B1', 'B1', 800, 3),
    (4, 'B2', 'B2', 2000, 4),
    (5, 'C1', 'C1', 4000, 5),
    (6, 'C2', 'C2', 7000, 6);

CREATE TABLE study_level (level_word text PRIMARY KEY CHECK (level_word <> ''));
COMMENT ON TABLE study_level IS 'Levels as the dictionary names them; level_word = lev_name of study_levels, unless something is wrong';
INSERT INTO study_level (level_word) SELECT lev_name FROM study_levels;

CREATE TABLE word_category (
    category_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name <> '')
);
COMMENT ON TABLE word_category IS 'Categories of words';

CREATE TABLE esp2rus_dictionary (
    word_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    word text NOT NULL CHECK (word <> ''),
    translation text NOT NULL CHECK (translation <> ''),
    level text NOT NULL,
    category text,
    word_keys text[] NOT NULL DEFAULT '{}',
    translation_keys text[] NOT NULL DEFAULT '{}',
    UNIQUE (word, translation)
);
CREATE INDEX esp2rus_dictionary_level ON esp2rus_dictionary (level);
CREATE INDEX esp2rus_dictionary_word_keys ON esp2rus_dictionary USING gin (word_keys);
CREATE INDEX esp2rus_dictionary_translation_keys ON esp2rus_dictionary USING gin (translation_keys);
COMMENT ON TABLE esp2rus_dictionary IS 'Spanish words with their Russian translations';
COMMENT ON COLUMN esp2rus_dictionary.translation IS 'Several are separated by comma or slash; each is right';
COMMENT ON COLUMN esp2rus_dictionary.level IS 'level_word of study_level, by name';
COMMENT ON COLUMN esp2rus_dictionary.word_keys IS 'Right answers in Spanish as judging compares them: lower case, without accents and articles';
COMMENT ON COLUMN esp2rus_dictionary.translation_keys IS 'And in Russian: lower case, е for ё';

CREATE TABLE client_info (
    client_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id bigint UNIQUE,
    learner_id text GENERATED ALWAYS AS ('vocabulary:' || client_id) STORED UNIQUE,
    name text,
    username text,
    language text NOT NULL CHECK (language <> ''),
    is_minor boolean,
    consent_at timestamptz,
    consent_by text,
    remind_at time,
    created_at timestamptz NOT NULL DEFAULT now(),
    stopped_at timestamptz,
    CHECK ((consent_at IS NULL) = (consent_by IS NULL)),
    CHECK (stopped_at IS NULL OR num_nonnulls(chat_id, name, username, remind_at) = 0)
);
COMMENT ON TABLE client_info IS 'Learners who practise with the bot';
COMMENT ON COLUMN client_info.chat_id IS 'Of the private chat with the bot; null = they left';
COMMENT ON COLUMN client_info.learner_id IS 'Who they are in canonical tables';
COMMENT ON COLUMN client_info.is_minor IS 'By their own word; null = not asked yet';
COMMENT ON COLUMN client_info.consent_by IS 'Who consented: self, or the curator who confirmed it for a minor';
COMMENT ON COLUMN client_info.remind_at IS 'When to remind them, on the school''s wall clock; null = never';
COMMENT ON COLUMN client_info.stopped_at IS 'When they asked to be erased; the worker does it and deletes the row';

CREATE TABLE group_codes (
    code text PRIMARY KEY CHECK (code <> ''),
    group_id text NOT NULL CHECK (group_id <> ''),
    name text NOT NULL,
    expires_at timestamptz,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE group_codes IS 'Codes by which learners join groups: /start CODE';
COMMENT ON COLUMN group_codes.name IS 'Of the group, as learners read it';
COMMENT ON COLUMN group_codes.expires_at IS 'From then on it is refused; null = never';

CREATE TABLE client_groups (
    client_id bigint NOT NULL REFERENCES client_info ON DELETE CASCADE,
    group_id text NOT NULL CHECK (group_id <> ''),
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, group_id)
);
CREATE INDEX client_groups_group ON client_groups (group_id);
COMMENT ON TABLE client_groups IS 'Groups that learners joined by a code';

-- The order in which quizzes were counted. It is taken while the learner and all words of the quiz
-- are locked, so of two quizzes that share one of these the later one has the larger number.
CREATE SEQUENCE client_activity_number;

CREATE TABLE client_activity_log (
    activity_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id bigint NOT NULL REFERENCES client_info ON DELETE CASCADE,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'finished', 'abandoned')),
    number bigint UNIQUE,
    words_asked integer NOT NULL CHECK (words_asked > 0),
    words_right integer,
    hints integer,
    duration_ms bigint,
    quiz_weight integer,
    UNIQUE (activity_id, client_id),
    CHECK (
        CASE WHEN status = 'open' THEN num_nonnulls(finished_at, number, words_right, hints, quiz_weight) = 0
            ELSE num_nulls(finished_at, number, words_right, hints, quiz_weight) = 0 END
    )
);
CREATE UNIQUE INDEX client_activity_log_open ON client_activity_log (client_id) WHERE status = 'open';
CREATE INDEX client_activity_log_client ON client_activity_log (client_id, number);
COMMENT ON TABLE client_activity_log IS 'Quizzes, one row each';
COMMENT ON COLUMN client_activity_log.status IS 'abandoned = it ended before every question was answered; the answers given count';
COMMENT ON COLUMN client_activity_log.number IS 'The order in which quizzes were counted';
COMMENT ON COLUMN client_activity_log.duration_ms IS 'Sum over the answers whose time is known; null = none is';
COMMENT ON COLUMN client_activity_log.quiz_weight IS 'Sum of the weights of the words answered right';

CREATE TABLE client_activity_words (
    activity_id bigint NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    client_id bigint NOT NULL,
    word_id bigint NOT NULL REFERENCES esp2rus_dictionary,
    direction text NOT NULL CHECK (direction IN ('es2ru', 'ru2es')),
    question text NOT NULL CHECK (question IN ('choice', 'typed')),
    prompt text NOT NULL,
    expected text[] NOT NULL CHECK (expected <> '{}'),
    options text[] NOT NULL DEFAULT '{}',
    asked_at timestamptz,
    answered_at timestamptz,
    answer text,
    verdict text CHECK (verdict IN ('right', 'accent', 'typo', 'wrong')),
    correct boolean GENERATED ALWAYS AS (verdict <> 'wrong') STORED,
    hints integer NOT NULL DEFAULT 0 CHECK (hints >= 0),
    duration_ms bigint CHECK (duration_ms >= 0),
    PRIMARY KEY (activity_id, position),
    UNIQUE (activity_id, word_id),
    FOREIGN KEY (activity_id, client_id) REFERENCES client_activity_log (activity_id, client_id) ON DELETE CASCADE,
    CHECK (num_nulls(answered_at, answer, verdict) IN (0, 3))
);
CREATE INDEX client_activity_words_client ON client_activity_words (client_id, answered_at);
CREATE INDEX client_activity_words_word ON client_activity_words (word_id);
COMMENT ON TABLE client_activity_words IS 'Questions of quizzes with their answers, one row each';
COMMENT ON COLUMN client_activity_words.direction IS 'From which language into which: es2ru, ru2es';
COMMENT ON COLUMN client_activity_words.question IS 'choice: one of the options; typed';
COMMENT ON COLUMN client_activity_words.expected IS 'All right answers, the dictionary''s own first';
COMMENT ON COLUMN client_activity_words.answered_at IS 'Null = not yet; an answer is stored once';
COMMENT ON COLUMN client_activity_words.verdict IS 'right; accent or typo: right but for that, which is forgiven; wrong';
COMMENT ON COLUMN client_activity_words.duration_ms IS 'From question to answer; null = unknown';

CREATE TABLE client_analytics (
    client_id bigint PRIMARY KEY REFERENCES client_info ON DELETE CASCADE,
    client_rating bigint NOT NULL DEFAULT 0 CHECK (client_rating >= 0),
    level_id_current smallint NOT NULL DEFAULT 1 REFERENCES study_levels,
    level_changed_on date,
    ability double precision NOT NULL,
    ability_variance double precision NOT NULL CHECK (ability_variance > 0),
    ability_uncertainty double precision GENERATED ALWAYS AS (1.959964 * sqrt(ability_variance)) STORED,
    ability_at timestamptz,
    answers bigint NOT NULL DEFAULT 0,
    right_answers bigint NOT NULL DEFAULT 0,
    quizzes bigint NOT NULL DEFAULT 0,
    streak_days integer NOT NULL DEFAULT 0,
    longest_streak_days integer NOT NULL DEFAULT 0,
    last_active_on date,
    computed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE client_analytics IS 'What the quizzes of a learner tell';
COMMENT ON COLUMN client_analytics.client_rating IS 'Sum of quiz_weight';
COMMENT ON COLUMN client_analytics.level_id_current IS 'See the metrics of vocabulary learners; at most one step on a school day';
COMMENT ON COLUMN client_analytics.level_changed_on IS 'School day of the last step';
COMMENT ON COLUMN client_analytics.ability IS 'In logits, by Elo: a learner knows a word of equal difficulty with chance 0.5';
COMMENT ON COLUMN client_analytics.ability_uncertainty IS 'Half of the 95 % interval of ability';
COMMENT ON COLUMN client_analytics.ability_at IS 'Of the answer after which ability was rated last';
COMMENT ON COLUMN client_analytics.streak_days IS 'School days in a row with an answer, up to last_active_on';

CREATE TABLE level_updates (
    number bigint PRIMARY KEY DEFAULT nextval('client_activity_number'),
    at timestamptz NOT NULL,
    day date NOT NULL
);
COMMENT ON TABLE level_updates IS 'When the daily update of levels ran; a step that was due then counts on that day';
COMMENT ON COLUMN level_updates.number IS 'Its place in the order in which quizzes were counted';
COMMENT ON COLUMN level_updates.day IS 'The school day';

CREATE TABLE client_word_memory (
    client_id bigint NOT NULL REFERENCES client_info ON DELETE CASCADE,
    word_id bigint NOT NULL REFERENCES esp2rus_dictionary,
    stability double precision NOT NULL CHECK (stability > 0),
    difficulty double precision NOT NULL,
    last_review_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    reviews integer NOT NULL CHECK (reviews > 0),
    PRIMARY KEY (client_id, word_id)
);
CREATE INDEX client_word_memory_due ON client_word_memory (client_id, due_at);
COMMENT ON TABLE client_word_memory IS 'How well a learner remembers a word, by FSRS';
COMMENT ON COLUMN client_word_memory.stability IS 'Days until the chance of remembering falls to 0.9';
COMMENT ON COLUMN client_word_memory.difficulty IS '1 (easy) to 10';

CREATE TABLE word_difficulty (
    word_id bigint PRIMARY KEY REFERENCES esp2rus_dictionary ON DELETE CASCADE,
    difficulty double precision NOT NULL,
    variance double precision NOT NULL CHECK (variance > 0),
    uncertainty double precision GENERATED ALWAYS AS (1.959964 * sqrt(variance)) STORED,
    answers bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE word_difficulty IS 'How difficult words are, by Elo over all learners';
COMMENT ON COLUMN word_difficulty.difficulty IS 'In logits, on the scale of client_analytics.ability';
COMMENT ON COLUMN word_difficulty.uncertainty IS 'Half of the 95 % interval of difficulty';

-- Who asks: a bot's transaction says whose chat it answers (app.chat), others name a learner.
CREATE FUNCTION app_chat() RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$
BEGIN
    RETURN CASE WHEN public.app_role() = 'learner' THEN nullif(current_setting('app.chat', true), '')::bigint END;
EXCEPTION
    WHEN data_exception THEN RETURN NULL;
END
$$;
COMMENT ON FUNCTION app_chat() IS 'The chat that the bot answers; null = it is not the bot who asks';

CREATE FUNCTION app_client() RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT c.client_id FROM public.client_info AS c
    WHERE c.chat_id = public.app_chat() OR c.learner_id = public.app_learner()
    LIMIT 1
$$;
COMMENT ON FUNCTION app_client() IS 'The learner of the bot who asks; null = it is none';
REVOKE EXECUTE ON FUNCTION app_client() FROM public;
GRANT EXECUTE ON FUNCTION app_client() TO gradeline_app, gradeline_loader;

CREATE FUNCTION app_sees_vocabulary() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$
    SELECT public.app_courses() IS NULL
        OR EXISTS (SELECT FROM unnest(public.app_courses()) AS c (course_id) WHERE course_id LIKE 'vocabulary/%')
$$;
COMMENT ON FUNCTION app_sees_vocabulary() IS 'Whether the courses of whoever asks include those of the bot';

-- Codes, names and chats: no SQL shell reads them.
SELECT
    protect_private_table('client_info'),
    protect_private_table('group_codes'),
    protect_table('client_groups'),
    protect_table('level_updates'),
    protect_table('client_activity_log'),
    protect_table('client_activity_words'),
    protect_table('client_analytics'),
    protect_table('client_word_memory'),
    protect_table('word_difficulty'),
    protect_table('study_levels'),
    protect_table('study_level'),
    protect_table('word_category'),
    protect_table('esp2rus_dictionary');
DROP POLICY app ON client_groups;
DROP POLICY app ON client_activity_log;
DROP POLICY app ON client_activity_words;
DROP POLICY app ON client_analytics;
DROP POLICY app ON client_word_memory;
DROP POLICY app ON word_difficulty;
DROP POLICY app ON study_levels;
DROP POLICY app ON study_level;
DROP POLICY app ON word_category;
DROP POLICY app ON esp2rus_dictionary;

CREATE POLICY app ON study_levels FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');
CREATE POLICY app ON study_level FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');
CREATE POLICY app ON word_category FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');
CREATE POLICY app ON esp2rus_dictionary FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');
CREATE POLICY app ON word_difficulty FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');

CREATE POLICY app ON client_groups FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN (SELECT app_sees_vocabulary())
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[]) AND (SELECT app_sees_vocabulary())
        WHEN 'learner' THEN client_id = (SELECT app_client())
        ELSE false
    END
);

-- client_groups shows a curator the own groups alone, so these show their learners alone.
CREATE FUNCTION protect_client_table(protected regclass) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY app ON %s FOR SELECT TO gradeline_app USING (
            CASE (SELECT app_role())
                WHEN ''admin'' THEN (SELECT app_sees_vocabulary())
                WHEN ''curator'' THEN client_id IN (SELECT g.client_id FROM client_groups AS g)
                WHEN ''learner'' THEN client_id = (SELECT app_client())
                ELSE false
            END
        )',
        protected
    );
END
$$;
COMMENT ON FUNCTION protect_client_table(regclass) IS 'Shows entry points the rows of a learner of the bot: themselves, their curators, administrators';

SELECT
    protect_client_table('client_info'),
    protect_client_table('client_activity_log'),
    protect_client_table('client_activity_words'),
    protect_client_table('client_analytics'),
    protect_client_table('client_word_memory');

-- What the bot writes for the learner whose chat it answers, and nobody else by any entry point.
CREATE POLICY bot_meets ON client_info FOR INSERT TO gradeline_app
WITH CHECK (chat_id = (SELECT app_chat()) AND stopped_at IS NULL);
CREATE POLICY bot_changes ON client_info FOR UPDATE TO gradeline_app
USING (chat_id = (SELECT app_chat())) WITH CHECK (chat_id = (SELECT app_chat()));
GRANT INSERT (chat_id, name, username, language) ON client_info TO gradeline_app;
GRANT UPDATE (name, username, language, is_minor, consent_at, consent_by, remind_at) ON client_info TO gradeline_app;

CREATE FUNCTION allow_bot(written regclass) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    own text := '(SELECT app_chat()) IS NOT NULL AND client_id = (SELECT app_client())';
BEGIN
    EXECUTE format('CREATE POLICY bot_adds ON %s FOR INSERT TO gradeline_app WITH CHECK (%s)', written, own);
    EXECUTE format('CREATE POLICY bot_changes ON %s FOR UPDATE TO gradeline_app USING (%s) WITH CHECK (%2$s)', written, own);
    EXECUTE format('GRANT INSERT, UPDATE ON %s TO gradeline_app', written);
END
$$;
COMMENT ON FUNCTION allow_bot(regclass) IS 'Lets the bot write the rows of the learner whose chat it answers';

SELECT
    allow_bot('client_activity_log'),
    allow_bot('client_activity_words'),
    allow_bot('client_analytics'),
    allow_bot('client_word_memory');
GRANT USAGE ON SEQUENCE client_activity_number TO gradeline_app;

-- Words are rated by whoever answers them.
CREATE POLICY bot_adds ON word_difficulty FOR INSERT TO gradeline_app WITH CHECK ((SELECT app_client()) IS NOT NULL);
CREATE POLICY bot_changes ON word_difficulty FOR UPDATE TO gradeline_app
USING ((SELECT app_client()) IS NOT NULL) WITH CHECK ((SELECT app_client()) IS NOT NULL);
GRANT INSERT, UPDATE ON word_difficulty TO gradeline_app;

-- The functions below act as the owner, whom FORCE binds.
CREATE POLICY functions ON client_info TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY functions ON client_groups TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY functions ON group_codes TO gradeline_owner USING (true) WITH CHECK (true);

CREATE FUNCTION join_group(wanted text, at timestamptz) RETURNS TABLE (group_id text, name text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    found public.group_codes;
    own bigint := public.app_client();
BEGIN
    SELECT c.* INTO found FROM public.group_codes AS c
    WHERE c.code = wanted AND (c.expires_at IS NULL OR c.expires_at > at);
    IF found.code IS NULL OR own IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO public.client_groups (client_id, group_id, joined_at) VALUES (own, found.group_id, at)
    ON CONFLICT DO NOTHING;
    group_id := found.group_id;
    name := found.name;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION join_group(text, timestamptz) IS 'Lets the learner who asks join the group of a code; no row = there is none, or it expired';

CREATE FUNCTION stop_client(at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    UPDATE public.client_info AS c
    SET stopped_at = at, chat_id = NULL, name = NULL, username = NULL, remind_at = NULL
    WHERE c.client_id = public.app_client();
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION stop_client(timestamptz) IS 'Deletes what identifies the learner who asks; the worker erases the rest';

CREATE FUNCTION confirm_consent(wanted bigint, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    UPDATE public.client_info AS c SET consent_at = at, consent_by = public.app_login()
    WHERE c.client_id = wanted AND c.stopped_at IS NULL AND public.app_login() <> ''
        AND (
            public.app_role() = 'admin'
            OR EXISTS (
                SELECT FROM public.client_groups AS g
                WHERE g.client_id = wanted AND g.group_id = ANY(public.app_groups())
            )
        );
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION confirm_consent(bigint, timestamptz) IS 'Notes that the curator who asks confirmed the consent for a learner of an own group';

REVOKE EXECUTE ON FUNCTION join_group(text, timestamptz) FROM public;
REVOKE EXECUTE ON FUNCTION stop_client(timestamptz) FROM public;
REVOKE EXECUTE ON FUNCTION confirm_consent(bigint, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION
    join_group(text, timestamptz), stop_client(timestamptz), confirm_consent(bigint, timestamptz)
TO gradeline_app;

CREATE VIEW view_study_level_mapped WITH (security_invoker) AS
SELECT
    l.level_id, l.lev_name, w.level_word, l.cefr, l.min_rating, l.word_weight,
    l.lev_name IS NOT DISTINCT FROM w.level_word AS is_mapped
FROM study_levels AS l
FULL JOIN study_level AS w ON w.level_word = l.lev_name;
COMMENT ON VIEW view_study_level_mapped IS 'Levels of study beside those of the dictionary; is_mapped = false where one lacks the other';

CREATE VIEW client_level_view WITH (security_invoker) AS
SELECT
    a.client_id, a.client_rating, a.level_id_current, l.lev_name, l.cefr, a.level_changed_on,
    above.level_id AS level_id_next, above.min_rating - a.client_rating AS rating_missing
FROM client_analytics AS a
JOIN study_levels AS l ON l.level_id = a.level_id_current
LEFT JOIN LATERAL (
    SELECT n.level_id, n.min_rating FROM study_levels AS n
    WHERE n.level_id > a.level_id_current ORDER BY n.level_id LIMIT 1
) AS above ON true;
COMMENT ON VIEW client_level_view IS 'Learners of the bot with rating and level, and what is missing to the next one';
