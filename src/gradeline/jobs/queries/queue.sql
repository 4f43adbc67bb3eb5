-- waiting --
-- True where a job with that key waits
SELECT EXISTS (
    SELECT FROM procrastinate_jobs WHERE queueing_lock = %(key)s AND status = 'todo'
);

-- beat --
-- Note that a worker lives; 1 row = the others still take it for alive
UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker_id)s;

-- hold --
-- Keep a job from being taken over until the transaction ends; no row = it was taken over
SELECT id FROM procrastinate_jobs
WHERE
    id = %(job_id)s AND worker_id = %(worker_id)s AND attempts = %(tries)s AND status = 'doing'
FOR UPDATE;

-- take_over --
-- Put the jobs of workers that are gone back into the queue; one that its workers died of has failed
WITH gone AS MATERIALIZED (
    SELECT id, attempts, queueing_lock
    FROM procrastinate_jobs
    WHERE status = 'doing' AND worker_id IS NULL
    FOR UPDATE SKIP LOCKED
)
SELECT
    gone.id,
    CASE
        -- The one that waits does the same.
        WHEN
            EXISTS (
                SELECT FROM procrastinate_jobs AS waiting
                WHERE waiting.queueing_lock = gone.queueing_lock AND waiting.status = 'todo'
            )
            THEN procrastinate_finish_job_v1(gone.id, 'aborted', true)
        WHEN gone.attempts + 1 >= %(most_deaths)s
            THEN procrastinate_finish_job_v1(gone.id, 'failed', false)
        ELSE procrastinate_retry_job_v2(gone.id, now(), NULL, NULL, NULL)
    END
FROM gone;
