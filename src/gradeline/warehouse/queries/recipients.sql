-- ls --
-- All recipients, or those of a channel, in the order in which they were added
SELECT
    recipient_id, channel, address, resolved_address, what, role, staff_id, groups, categories,
    courses, language, cron, next_at, origin, added_by, owner_id, paused_because,
    unsubscribed_at IS NOT NULL AS is_unsubscribed
FROM recipients
WHERE %(channel)s::text IS NULL OR channel = %(channel)s
ORDER BY recipient_id;

-- find --
-- One recipient
SELECT
    recipient_id, channel, address, resolved_address, what, role, staff_id, groups, categories,
    courses, language, cron, next_at, origin, added_by, owner_id, paused_because,
    unsubscribed_at IS NOT NULL AS is_unsubscribed
FROM recipients
WHERE recipient_id = %(recipient_id)s;

-- put --
-- Insert a recipient, or change the one with the same channel, address and what; a pause stays.
-- Whom a person adds again gets messages again, though they had unsubscribed
INSERT INTO recipients AS old (
    channel, address, resolved_address, what, role, staff_id, groups, categories, courses, language,
    cron, next_at, origin, added_by, owner_id
)
VALUES (
    %(channel)s, %(address)s, %(resolved_address)s, %(what)s, %(role)s, %(staff_id)s, %(groups)s,
    %(categories)s, %(courses)s, %(language)s, %(cron)s, %(next_at)s, %(origin)s, %(added_by)s,
    %(owner_id)s
)
ON CONFLICT (channel, resolved_address, what) DO UPDATE SET
    address = excluded.address, role = excluded.role, staff_id = excluded.staff_id,
    groups = excluded.groups, categories = excluded.categories, courses = excluded.courses,
    language = excluded.language, cron = excluded.cron,
    next_at = CASE WHEN old.cron = excluded.cron THEN old.next_at ELSE excluded.next_at END,
    origin = excluded.origin, added_by = excluded.added_by, owner_id = excluded.owner_id,
    unsubscribed_at = CASE WHEN excluded.origin = 'settings' THEN old.unsubscribed_at END
RETURNING recipient_id;

-- rm --
-- Delete a recipient; the messages that went to them stay
DELETE FROM recipients WHERE recipient_id = %(recipient_id)s;

-- pause --
-- Send nothing more to an address, whatever it gets, until a person says so
UPDATE recipients SET paused_at = now(), paused_because = %(because)s
WHERE channel = %(channel)s AND resolved_address = %(address)s AND paused_at IS NULL;

-- resume --
-- Let messages go to a recipient's address again; how many recipients that concerns
UPDATE recipients AS r SET paused_at = NULL, paused_because = NULL
FROM recipients AS chosen
WHERE
    chosen.recipient_id = %(recipient_id)s
    AND r.channel = chosen.channel AND r.resolved_address = chosen.resolved_address
    AND r.paused_at IS NOT NULL;

-- move_deliveries --
-- What an old address got counts as got by the new one, so nothing of it is due again
UPDATE deliveries AS d SET address = %(new)s
WHERE
    d.channel = %(channel)s AND d.address = %(old)s
    AND NOT EXISTS (
        SELECT FROM deliveries AS there
        WHERE
            there.channel = d.channel AND there.address = %(new)s AND there.what = d.what
            AND there.document = d.document AND there.occasion = d.occasion
    );

-- move_messages --
-- Messages to an old address go to the new one, for the recipient that stays
UPDATE messages AS m SET
    address = %(new)s,
    recipient_id = coalesce(
        (
            SELECT r.recipient_id FROM recipients AS r
            WHERE r.channel = m.channel AND r.resolved_address = %(new)s AND r.what = m.what
        ),
        m.recipient_id
    )
WHERE m.channel = %(channel)s AND m.address = %(old)s;

-- rm_moved --
-- Delete the recipients of an old address that are recipients of the new one already
DELETE FROM recipients AS r
WHERE
    r.channel = %(channel)s AND r.resolved_address = %(old)s
    AND EXISTS (
        SELECT FROM recipients AS there
        WHERE
            there.channel = r.channel AND there.resolved_address = %(new)s AND there.what = r.what
    );

-- move --
-- Keep another address for those who were known by an old one
UPDATE recipients SET resolved_address = %(new)s
WHERE channel = %(channel)s AND resolved_address = %(old)s;

-- advance --
-- Move a recipient's next instant, unless somebody else has: 1 row = the occasion is ours
UPDATE recipients SET next_at = %(next_at)s
WHERE recipient_id = %(recipient_id)s AND next_at = %(due_at)s;

-- any_due --
-- True where the schedule of a recipient is due
SELECT EXISTS (
    SELECT FROM recipients
    WHERE next_at <= %(now)s AND paused_at IS NULL AND unsubscribed_at IS NULL
);
