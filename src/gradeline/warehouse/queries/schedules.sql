-- ls --
-- All schedules, by name
SELECT name, cron, zone, job, arguments, next_at, paused_at, origin, added_by, ended_at,
    problem
FROM schedules
ORDER BY name COLLATE "C";

-- due --
-- Schedules that are due, the longest overdue first
SELECT name, cron, zone, job, arguments, next_at, paused_at, origin, added_by, ended_at,
    problem
FROM schedules
WHERE next_at <= %(now)s AND paused_at IS NULL
ORDER BY next_at, name COLLATE "C";

-- put --
-- Insert a schedule, or change the one of that name; a pause and how its last run ended stay
INSERT INTO schedules AS old (name, cron, zone, job, arguments, next_at, origin, added_by)
VALUES (
    %(name)s, %(cron)s, %(zone)s, %(job)s, %(arguments)s::jsonb, %(next_at)s, %(origin)s, %(added_by)s
)
ON CONFLICT (name) DO UPDATE SET
    cron = excluded.cron, zone = excluded.zone, job = excluded.job,
    arguments = excluded.arguments, origin = excluded.origin, added_by = excluded.added_by,
    next_at = CASE
        WHEN old.cron = excluded.cron AND old.zone = excluded.zone THEN old.next_at
        ELSE excluded.next_at
    END;

-- move --
-- Let a schedule be due by another zone's clock
UPDATE schedules SET zone = %(zone)s, next_at = %(next_at)s WHERE name = %(name)s;

-- rm --
-- Delete a schedule; 1 row = there was one
DELETE FROM schedules WHERE name = %(name)s;

-- advance --
-- Move the instant at which a schedule is due, unless somebody else has: 1 row = it is ours to do
UPDATE schedules SET next_at = %(next_at)s
WHERE name = %(name)s AND next_at = %(due_at)s AND paused_at IS NULL;

-- pause --
-- Let a schedule not be due until it is resumed
UPDATE schedules SET paused_at = coalesce(paused_at, now()) WHERE name = %(name)s;

-- resume --
-- Let a schedule be due again, from an instant on
UPDATE schedules SET paused_at = NULL, next_at = %(next_at)s
WHERE name = %(name)s AND paused_at IS NOT NULL;

-- end_run --
-- Note how a schedule's job ended
UPDATE schedules SET ended_at = %(ended_at)s, problem = %(problem)s WHERE name = %(name)s;
