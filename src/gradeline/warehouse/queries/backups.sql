-- What became of backups.

-- note --
-- Store what became of a backup
INSERT INTO backups (
    backup_id, place, started_at, ended_at, rows, dump_bytes, objects, object_bytes, problem
) VALUES (
    %(backup_id)s, %(place)s, %(started_at)s, %(ended_at)s, %(rows)s, %(dump_bytes)s, %(objects)s,
    %(object_bytes)s, %(problem)s
) ON CONFLICT (backup_id) DO UPDATE SET problem = excluded.problem;

-- newest --
-- The newest backup
SELECT backup_id, place, started_at, ended_at, rows, dump_bytes, objects, object_bytes, problem
FROM backups ORDER BY started_at DESC LIMIT 1;

-- newest_good --
-- The newest backup without a problem
SELECT backup_id, place, started_at, ended_at, rows, dump_bytes, objects, object_bytes, problem
FROM backups WHERE problem IS NULL ORDER BY started_at DESC LIMIT 1;

-- first_bad --
-- The first backup with a problem since the newest good one
SELECT backup_id FROM backups
WHERE problem IS NOT NULL AND started_at > coalesce(
    (SELECT max(started_at) FROM backups WHERE problem IS NULL), '-infinity'
)
ORDER BY started_at LIMIT 1;

-- forget_old --
-- Delete notes of backups before an instant; the newest good one stays
DELETE FROM backups
WHERE started_at < %(before)s
    AND backup_id <> (
        SELECT backup_id FROM backups WHERE problem IS NULL ORDER BY started_at DESC LIMIT 1
    );

-- begun_at --
-- When the database was made
SELECT min(applied_at) FROM schema_migrations;

-- try_lock --
-- Take the right to back up, until the session ends; false = somebody else has it
SELECT pg_try_advisory_lock(7234917190);

-- unlock --
-- Give that right back
SELECT pg_advisory_unlock(7234917190);
