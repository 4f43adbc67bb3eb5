-- The bot: what it keeps of Telegram. What learners learn is in the tables of vocabulary learners.

CREATE TABLE bot_updates (
    update_id bigint PRIMARY KEY,
    handled_at timestamptz NOT NULL DEFAULT now(),
    error text
);
CREATE INDEX bot_updates_handled_at ON bot_updates (handled_at);
COMMENT ON TABLE bot_updates IS 'Updates of Telegram that were handled, so that each counts once';
COMMENT ON COLUMN bot_updates.error IS 'The kind of error where handling failed; null = it did not';

CREATE TABLE bot_states (
    state_key text PRIMARY KEY CHECK (state_key <> ''),
    chat_id bigint NOT NULL,
    state text,
    data jsonb NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX bot_states_chat ON bot_states (chat_id);
COMMENT ON TABLE bot_states IS 'Where each conversation with the bot is';
COMMENT ON COLUMN bot_states.state_key IS 'Bot, chat, user and whatever else tells conversations apart';

CREATE TABLE bot_chats (
    chat_id bigint PRIMARY KEY,
    blocked_at timestamptz,
    blocked_because text,
    wrong_codes integer NOT NULL DEFAULT 0 CHECK (wrong_codes >= 0),
    wrong_code_at timestamptz,
    CHECK ((blocked_at IS NULL) = (blocked_because IS NULL))
);
COMMENT ON TABLE bot_chats IS 'Chats of the bot; a row is locked while an update of its chat is handled';
COMMENT ON COLUMN bot_chats.blocked_at IS 'Since when nothing is sent there: Telegram refused it';
COMMENT ON COLUMN bot_chats.wrong_codes IS 'Wrong group codes that came from there, one after the other';

CREATE TABLE bot_messages (
    message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('answer', 'broadcast')),
    method text NOT NULL CHECK (method <> ''),
    content jsonb,
    picture bytea,
    key text UNIQUE CHECK (key <> ''),
    status text NOT NULL DEFAULT 'waiting' CHECK (
        status IN ('waiting', 'sending', 'sent', 'refused', 'unknown')
    ),
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    due_at timestamptz NOT NULL,
    ended_at timestamptz,
    reason text,
    CHECK ((status IN ('waiting', 'sending')) = (ended_at IS NULL)),
    CHECK ((status IN ('waiting', 'sending')) = (content IS NOT NULL))
);
CREATE INDEX bot_messages_open ON bot_messages (chat_id, kind, message_id)
WHERE status IN ('waiting', 'sending');
CREATE INDEX bot_messages_ended_at ON bot_messages (ended_at) WHERE ended_at IS NOT NULL;
COMMENT ON TABLE bot_messages IS 'What the bot sends: stored with what it answers, sent afterwards';
COMMENT ON COLUMN bot_messages.kind IS 'answer: to something that the learner did; broadcast: everything else, which waits for answers';
COMMENT ON COLUMN bot_messages.method IS 'Of the Bot API';
COMMENT ON COLUMN bot_messages.content IS 'Its parameters; deleted once they were sent or given up';
COMMENT ON COLUMN bot_messages.key IS 'What is sent once: the week of a progress message, the day of a reminder';
COMMENT ON COLUMN bot_messages.status IS 'unknown: it may have arrived, and is not repeated';

CREATE TABLE bot_pause (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    until timestamptz NOT NULL
);
COMMENT ON TABLE bot_pause IS 'Until when Telegram asked the bot to send nothing';

CREATE TABLE bot_webhook (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    secret text NOT NULL CHECK (length(secret) >= 32),
    made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE bot_webhook IS 'The secret that Telegram sends with each update to the webhook';

SELECT
    protect_private_table('bot_updates'),
    protect_private_table('bot_states'),
    protect_private_table('bot_chats'),
    protect_private_table('bot_messages'),
    protect_private_table('bot_pause'),
    protect_private_table('bot_webhook');

-- The bot handles an update as the learner of its chat, and writes what is of that chat.
CREATE POLICY app ON bot_updates TO gradeline_app
USING ((SELECT app_chat()) IS NOT NULL) WITH CHECK ((SELECT app_chat()) IS NOT NULL);
CREATE POLICY app ON bot_states TO gradeline_app
USING (chat_id = (SELECT app_chat())) WITH CHECK (chat_id = (SELECT app_chat()));
CREATE POLICY app ON bot_chats TO gradeline_app
USING (chat_id = (SELECT app_chat())) WITH CHECK (chat_id = (SELECT app_chat()));
CREATE POLICY app ON bot_messages TO gradeline_app
USING (chat_id = (SELECT app_chat())) WITH CHECK (chat_id = (SELECT app_chat()));
GRANT INSERT ON bot_updates TO gradeline_app;
GRANT INSERT, UPDATE, DELETE ON bot_states TO gradeline_app;
GRANT INSERT, UPDATE, DELETE ON bot_chats TO gradeline_app;
GRANT INSERT, UPDATE, DELETE ON bot_messages TO gradeline_app;
