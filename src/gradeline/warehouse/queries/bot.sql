-- What the bot keeps of Telegram.

-- note_update --
-- Note an update; no row where it was noted before
INSERT INTO bot_updates (update_id, error) VALUES (%(update_id)s, %(error)s)
ON CONFLICT DO NOTHING
RETURNING update_id;

-- lock_chat --
-- Let one transaction at a time work for a chat, whose learner does something, so is there
INSERT INTO bot_chats (chat_id) VALUES (%(chat_id)s)
ON CONFLICT (chat_id) DO UPDATE SET blocked_at = NULL, blocked_because = NULL;

-- block_chat --
-- Send nothing to a chat until its learner writes again
INSERT INTO bot_chats AS c (chat_id, blocked_at, blocked_because)
VALUES (%(chat_id)s, %(at)s, %(because)s)
ON CONFLICT (chat_id) DO UPDATE
SET
    blocked_at = coalesce(c.blocked_at, excluded.blocked_at),
    blocked_because = coalesce(c.blocked_because, excluded.blocked_because);

-- refuse_messages --
-- Give up what waits for a chat that takes nothing
UPDATE bot_messages
SET status = 'refused', reason = %(because)s, ended_at = %(at)s, content = NULL, picture = NULL
WHERE chat_id = %(chat_id)s AND status = 'waiting';

-- note_wrong_code --
-- Count a wrong group code; those of more than an hour before are over
UPDATE bot_chats
SET
    wrong_codes = CASE
        WHEN wrong_code_at > %(at)s - interval '1 hour' THEN wrong_codes + 1 ELSE 1
    END,
    wrong_code_at = %(at)s
WHERE chat_id = %(chat_id)s;

-- wrong_codes --
-- How many wrong group codes came from a chat within an hour
SELECT wrong_codes FROM bot_chats
WHERE chat_id = %(chat_id)s AND wrong_code_at > %(at)s - interval '1 hour';

-- forget_chat --
-- Delete what is kept of a chat
WITH states AS (
    DELETE FROM bot_states WHERE chat_id = %(chat_id)s
),
messages AS (
    DELETE FROM bot_messages WHERE chat_id = %(chat_id)s
)
DELETE FROM bot_chats WHERE chat_id = %(chat_id)s;

-- read_state --
-- The state of a conversation and its data
SELECT state, data FROM bot_states WHERE state_key = %(key)s;

-- set_state --
-- Set the state of a conversation
INSERT INTO bot_states (state_key, chat_id, state) VALUES (%(key)s, %(chat_id)s, %(state)s)
ON CONFLICT (state_key) DO UPDATE SET state = excluded.state, changed_at = now();

-- set_data --
-- Set the data of a conversation
INSERT INTO bot_states (state_key, chat_id, data) VALUES (%(key)s, %(chat_id)s, %(data)s)
ON CONFLICT (state_key) DO UPDATE SET data = excluded.data, changed_at = now();

-- delete_state --
-- Delete a conversation that has neither state nor data
DELETE FROM bot_states WHERE state_key = %(key)s AND state IS NULL AND data = '{}';

-- put_message --
-- Store what is to be sent, unless its key is known or its chat takes nothing
INSERT INTO bot_messages (chat_id, kind, method, content, picture, key, due_at)
SELECT %(chat_id)s, %(kind)s, %(method)s, %(content)s, %(picture)s, %(key)s, %(at)s
WHERE NOT EXISTS (
    SELECT FROM bot_chats WHERE chat_id = %(chat_id)s AND blocked_at IS NOT NULL
)
ON CONFLICT DO NOTHING;

-- claim_messages --
-- Take the first message of each chat that nothing is being sent to, answers first
WITH firsts AS (
    SELECT DISTINCT ON (chat_id) message_id, chat_id, kind, due_at, status
    FROM bot_messages
    WHERE status IN ('waiting', 'sending')
    -- What is being sent comes first, and hides the rest of its chat.
    ORDER BY chat_id, status, kind, message_id
)
UPDATE bot_messages AS m
SET status = 'sending', tries = m.tries + 1
FROM (
    SELECT f.message_id FROM firsts AS f
    WHERE f.status = 'waiting' AND f.due_at <= %(at)s AND f.chat_id <> ALL(%(resting)s)
    ORDER BY f.kind, f.message_id
    LIMIT %(most)s
) AS next
WHERE m.message_id = next.message_id
RETURNING m.message_id, m.chat_id, m.kind, m.method, m.content, m.picture, m.tries;

-- end_sent --
-- A message was sent; only its key is kept
WITH unkeyed AS (
    DELETE FROM bot_messages WHERE message_id = %(message_id)s AND key IS NULL
)
UPDATE bot_messages
SET status = 'sent', ended_at = %(at)s, content = NULL, picture = NULL
WHERE message_id = %(message_id)s AND key IS NOT NULL;

-- end_unsent --
-- A message was given up, or nobody knows whether it arrived
UPDATE bot_messages
SET status = %(status)s, reason = %(reason)s, ended_at = %(at)s, content = NULL, picture = NULL
WHERE message_id = %(message_id)s;

-- postpone --
-- Send a message later
UPDATE bot_messages SET status = 'waiting', due_at = %(due_at)s WHERE message_id = %(message_id)s;

-- recover_answers --
-- Answers that were being sent when the bot died are sent again
UPDATE bot_messages SET status = 'waiting' WHERE status = 'sending' AND kind = 'answer';

-- recover_broadcasts --
-- Of everything else nobody knows whether it arrived
UPDATE bot_messages
SET status = 'unknown', reason = 'the bot stopped', ended_at = %(at)s, content = NULL, picture = NULL
WHERE status = 'sending' AND kind = 'broadcast';

-- pause --
-- Send nothing until then
INSERT INTO bot_pause AS p (until) VALUES (%(until)s)
ON CONFLICT (single) DO UPDATE SET until = greatest(p.until, excluded.until);

-- paused_until --
-- Until when nothing is sent
SELECT until FROM bot_pause;

-- keep_secret --
-- Keep the secret of the webhook, unless one is kept
INSERT INTO bot_webhook (secret) VALUES (%(secret)s) ON CONFLICT DO NOTHING;

-- webhook_secret --
-- The secret of the webhook
SELECT secret FROM bot_webhook;

-- delete_secret --
-- Delete the secret of the webhook
DELETE FROM bot_webhook;

-- lock_bot --
-- Whether this connection is the bot's from now on; another process may hold it
SELECT pg_try_advisory_lock(hashtextextended('gradeline bot', 0));

-- prune --
-- Delete updates that Telegram has forgotten, and what is left of messages
WITH updates AS (
    DELETE FROM bot_updates WHERE handled_at < %(at)s - interval '3 days'
)
DELETE FROM bot_messages WHERE ended_at < %(at)s - interval '30 days';

-- to_remind --
-- Learners whose reminder is due and who have not practised on this school day
SELECT c.client_id, c.chat_id, c.language, c.name
FROM client_info AS c
WHERE c.chat_id IS NOT NULL AND c.consent_at IS NOT NULL
    AND c.remind_at <= %(clock)s AND c.remind_at > %(clock_before)s
    AND NOT EXISTS (
        SELECT FROM client_activity_words AS w
        WHERE w.client_id = c.client_id AND w.answered_at >= %(day_began_at)s
    )
    AND NOT EXISTS (SELECT FROM bot_messages AS m WHERE m.key = %(prefix)s || c.client_id)
    AND NOT EXISTS (SELECT FROM bot_chats AS b WHERE b.chat_id = c.chat_id AND b.blocked_at IS NOT NULL)
ORDER BY c.client_id
LIMIT %(most)s;

-- to_tell --
-- Learners who were not told yet what has this key
SELECT c.client_id, c.chat_id, c.language, c.name
FROM client_info AS c
WHERE c.chat_id IS NOT NULL AND c.consent_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM bot_messages AS m WHERE m.key = %(prefix)s || c.client_id)
    AND NOT EXISTS (SELECT FROM bot_chats AS b WHERE b.chat_id = c.chat_id AND b.blocked_at IS NOT NULL)
ORDER BY c.client_id
LIMIT %(most)s;
