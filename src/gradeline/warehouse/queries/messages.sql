-- put --
-- Insert a message that waits to be sent
INSERT INTO messages (recipient_id, channel, address, what, content, build_id)
SELECT recipient_id, channel, resolved_address, what, %(content)s::jsonb,
    (SELECT max(build_id) FROM builds)
FROM recipients WHERE recipient_id = %(recipient_id)s
RETURNING message_id;

-- put_documents --
-- Insert what a message brings, but what the recipient has or gets already; how many are new
INSERT INTO deliveries (channel, address, what, document, occasion, message_id)
SELECT m.channel, m.address, m.what, new.document, new.occasion, m.message_id
FROM messages AS m, unnest(%(documents)s::text[], %(occasions)s::text[]) AS new (document, occasion)
WHERE m.message_id = %(message_id)s
ON CONFLICT DO NOTHING;

-- rm --
-- Delete a message that brings nothing
DELETE FROM messages WHERE message_id = %(message_id)s;

-- ls --
-- The newest messages, or those of a state or a channel; with what each brings
SELECT
    m.message_id, m.recipient_id, m.channel, m.address, m.what, m.content, m.build_id, m.state,
    m.tries, m.next_try_at, m.done_steps, m.provider_id, m.url, m.error, m.created_at,
    m.tried_since, m.sent_at,
    coalesce(
        (
            SELECT array_agg(ARRAY[d.document, d.occasion] ORDER BY d.document COLLATE "C", d.occasion)
            FROM deliveries AS d WHERE d.message_id = m.message_id
        ),
        '{}'
    ) AS documents
FROM messages AS m
WHERE
    (%(message_id)s::bigint IS NULL OR m.message_id = %(message_id)s)
    AND (%(state)s::text IS NULL OR m.state = %(state)s)
    AND (%(channel)s::text IS NULL OR m.channel = %(channel)s)
ORDER BY m.message_id DESC
LIMIT %(limit)s;

-- count_sent --
-- What was sent, or may have been, about courses or their groups: channel, address, what, how often
SELECT m.channel, m.address, m.what, count(DISTINCT m.message_id)
FROM messages AS m
JOIN deliveries AS d USING (message_id)
WHERE
    m.state IN ('sent', 'unknown') AND m.what IN ('course-report', 'group-report')
    AND EXISTS (SELECT FROM unnest(%(courses)s::text[]) AS course WHERE starts_with(d.document, course))
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- hold_open --
-- Let nobody but a person send what was open in a backup
UPDATE messages SET
    state = 'unknown',
    error = 'It was open in the backup that this database was restored from, and may have been sent since.'
WHERE state IN ('waiting', 'sending');

-- due --
-- Numbers of messages to send now, or whose try may have died, oldest first; of paused addresses none.
-- Files for Drive go first, as other messages link to them
SELECT m.message_id
FROM messages AS m
WHERE
    m.state IN ('waiting', 'sending')
    AND m.next_try_at <= %(now)s
    AND NOT EXISTS (
        SELECT FROM recipients AS r
        WHERE r.channel = m.channel AND r.resolved_address = m.address AND r.paused_at IS NOT NULL
    )
ORDER BY m.channel <> 'drive', m.message_id;

-- files --
-- The newest file that a channel keeps of each document, for recipients of that role: path and ID
SELECT DISTINCT ON (step.key) step.key, step.value
FROM messages AS m
JOIN recipients AS r ON r.recipient_id = m.recipient_id AND r.role = %(role)s
CROSS JOIN jsonb_each_text(m.done_steps) AS step
WHERE m.channel = %(channel)s AND m.state = 'sent'
ORDER BY step.key, m.message_id DESC;

-- claim --
-- True when this session is now the only one that sends this message; it ends with the session
SELECT pg_try_advisory_lock(hashtextextended('gradeline message ' || %(message_id)s::text, 0));

-- release --
-- Let others send this message
SELECT pg_advisory_unlock(hashtextextended('gradeline message ' || %(message_id)s::text, 0));

-- begin --
-- Note that a try begins, before anything is sent
UPDATE messages SET state = 'sending', tries = tries + 1 WHERE message_id = %(message_id)s;

-- record_step --
-- Note a step that the service took
UPDATE messages
SET done_steps = done_steps || jsonb_build_object(%(step)s::text, %(provider_id)s::text)
WHERE message_id = %(message_id)s;

-- resume --
-- Note a try that a database before this one began, with the steps that the service took
UPDATE messages
SET state = 'sending', tries = %(tries)s, done_steps = done_steps || %(steps)s::jsonb
WHERE message_id = %(message_id)s;

-- end --
-- Note how a try ended
UPDATE messages
SET
    state = %(state)s, error = %(error)s,
    next_try_at = coalesce(%(next_try_at)s, next_try_at),
    provider_id = coalesce(%(provider_id)s, provider_id), url = coalesce(%(url)s, url),
    sent_at = CASE WHEN %(state)s = 'sent' THEN now() END
WHERE message_id = %(message_id)s;

-- retry --
-- Let a message that is not on its way be sent once more; its done steps stay done
UPDATE messages SET state = 'waiting', next_try_at = now(), tried_since = now()
WHERE message_id = %(message_id)s AND state IN ('unknown', 'refused', 'failed', 'waiting')
RETURNING message_id;

-- requeue_refused --
-- Let the messages wait again that an address refused; how many
UPDATE messages SET state = 'waiting', next_try_at = now(), tried_since = now()
WHERE channel = %(channel)s AND address = %(address)s AND state = 'refused';

-- newer --
-- Documents of a message of which the recipient has got, or waits for, a later message
SELECT d.document
FROM deliveries AS d
JOIN deliveries AS later
    ON
        later.channel = d.channel AND later.address = d.address AND later.what = d.what
        AND later.document = d.document AND later.message_id > d.message_id
WHERE d.message_id = %(message_id)s
GROUP BY d.document;

-- forget --
-- Delete messages that ended before; one with the newest delivery of something stays, so that this
-- is not due again
DELETE FROM messages AS m
WHERE
    m.created_at < %(before)s AND m.state IN ('sent', 'dropped', 'refused', 'failed')
    AND NOT EXISTS (
        SELECT FROM deliveries AS d
        WHERE
            d.message_id = m.message_id
            AND NOT EXISTS (
                SELECT FROM deliveries AS later
                WHERE
                    later.channel = d.channel AND later.address = d.address
                    AND later.what = d.what AND later.document = d.document
                    AND later.message_id > d.message_id
            )
    );

-- empty --
-- Forget what the messages that stay said
UPDATE messages SET content = '{}', error = NULL
WHERE
    created_at < %(before)s AND state IN ('sent', 'dropped')
    AND (content <> '{}' OR error IS NOT NULL);
