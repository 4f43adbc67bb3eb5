-- Operation: ticks, how jobs ended, and the figures that monitoring asks for.

-- advance --
-- Move the instant at which a tick is due, if it is by now, or data was loaded meanwhile: 1 row = it
-- is ours to do
WITH newest AS (SELECT max(loaded_at) AS loaded_at FROM slices)
UPDATE ticks
SET next_at = %(now)s + %(every)s, loaded_at = newest.loaded_at
FROM newest
WHERE
    tick = %(tick)s
    AND (
        next_at <= %(now)s
        OR next_at > %(now)s + %(every)s  -- the interval was longer before
        OR (%(live)s AND ticks.loaded_at IS DISTINCT FROM newest.loaded_at)
    );

-- note_end --
-- Count a job that ended
INSERT INTO job_counts AS old (job, status, runs, seconds, last_seconds, last_ended_at)
VALUES (%(job)s, %(status)s, 1, %(seconds)s, %(seconds)s, %(ended_at)s)
ON CONFLICT (job, status) DO UPDATE SET
    runs = old.runs + 1,
    seconds = old.seconds + excluded.seconds,
    last_seconds = excluded.last_seconds,
    last_ended_at = excluded.last_ended_at;

-- stale_since --
-- When results were last found to be up to date, if that was before an instant
SELECT max(confirmed_at) FROM builds HAVING max(confirmed_at) < %(before)s;

-- figures --
-- Figures of how the installation does: name, labels in the order that monitoring declares, value
WITH running AS (
    SELECT j.task_name AS job, max(extract(epoch FROM now() - e.at)) AS seconds
    FROM procrastinate_jobs AS j
    JOIN LATERAL (
        SELECT max(at) AS at FROM procrastinate_events WHERE job_id = j.id AND type = 'started'
    ) AS e ON true
    WHERE j.status = 'doing'
    GROUP BY 1
)
SELECT 'job_runs' AS name, ARRAY[job, status] AS labels, runs::float8 AS value FROM job_counts
UNION ALL
SELECT 'job_seconds', ARRAY[job], sum(seconds) FROM job_counts GROUP BY job
UNION ALL
SELECT 'job_last_seconds', ARRAY[coalesce(last.job, running.job)],
    greatest(last.seconds, running.seconds)
FROM (
    SELECT DISTINCT ON (job) job, last_seconds AS seconds
    FROM job_counts ORDER BY job, last_ended_at DESC
) AS last
FULL JOIN running USING (job)
UNION ALL
SELECT 'queue', ARRAY[task_name, status::text], count(*) FROM procrastinate_jobs GROUP BY task_name, status
UNION ALL
SELECT 'slices', ARRAY[source, state], count(*) FROM slices GROUP BY source, state
UNION ALL
SELECT 'loaded_age', ARRAY[source], extract(epoch FROM now() - max(loaded_at))
FROM slices WHERE loaded_at IS NOT NULL GROUP BY source
UNION ALL
SELECT 'build_age', '{}', extract(epoch FROM now() - max(published_at))
FROM builds HAVING count(*) > 0
UNION ALL
SELECT 'figures_age', '{}', extract(epoch FROM now() - max(confirmed_at))
FROM builds HAVING count(*) > 0
UNION ALL
SELECT 'exports', ARRAY[status], count(*) FROM report_exports GROUP BY status
UNION ALL
SELECT 'exports_generated', ARRAY[format], total FROM exports_generated
UNION ALL
SELECT 'messages', ARRAY[channel, state], count(*) FROM messages GROUP BY channel, state
UNION ALL
SELECT 'backup_age', '{}', extract(epoch FROM now() - max(started_at))
FROM backups WHERE problem IS NULL HAVING count(*) > 0
UNION ALL
SELECT 'backup_bytes', '{}', last.dump_bytes + last.object_bytes
FROM (
    SELECT dump_bytes, object_bytes FROM backups
    WHERE problem IS NULL ORDER BY started_at DESC LIMIT 1
) AS last
UNION ALL
SELECT 'backup_problem', '{}', (SELECT count(*) FROM backups WHERE problem IS NOT NULL AND started_at > coalesce(
    (SELECT max(started_at) FROM backups WHERE problem IS NULL), '-infinity'
))
UNION ALL
SELECT 'workers', '{}', count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute';

-- sources --
-- Sources by name: when something was last loaded, the newest instant in it, slices by state, and
-- how many records wait in quarantine
SELECT
    source, max(loaded_at) AS loaded_at, max(latest) AS latest,
    (
        SELECT jsonb_object_agg(state, slices)
        FROM (
            SELECT state, count(*) AS slices FROM slices AS own WHERE own.source = s.source GROUP BY state
        ) AS by_state
    ) AS slices,
    (
        SELECT count(*) FROM quarantine INNER JOIN slices AS own USING (slice_id)
        WHERE own.source = s.source AND closed_at IS NULL
    ) AS quarantined
FROM slices AS s
GROUP BY source
ORDER BY source COLLATE "C";

-- troubled --
-- Slices that are on hold or failed, the newest change first, with their reasons
SELECT source, stream, "window" AS slice_window, state, reason, tries, updated_at
FROM slices
WHERE state IN ('held', 'failed')
ORDER BY state DESC, updated_at DESC, slice_id
LIMIT %(most)s;
