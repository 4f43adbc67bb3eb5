-- put --
-- Store how a run ended
INSERT INTO runs (run_id, ended_at, summary) VALUES (%(run_id)s, %(ended_at)s, %(summary)s::jsonb)
ON CONFLICT (run_id) DO UPDATE SET ended_at = excluded.ended_at, summary = excluded.summary;

-- last --
-- How the last run ended
SELECT summary FROM runs ORDER BY ended_at DESC, run_id LIMIT 1;
