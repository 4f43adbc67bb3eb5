-- Rows that were posted over HTTP: slices of the source `posted`.

CREATE INDEX slices_posted ON slices (stream, planned_fingerprint) WHERE source = 'posted';

-- Posted events as their facts have them.
CREATE VIEW posted_events WITH (security_invoker = true) AS
SELECT
    e.slice_id, e.position, e.uuid::text AS uuid, e.event_type, e.event_time, e.user_id, e.ehr_id,
    e.session_id, e.course_id, e.item_id, e.correct, e.score, e.duration_s, e.hints, e.response
FROM events_part AS e
JOIN slices AS s USING (slice_id)
WHERE s.source = 'posted';
COMMENT ON VIEW posted_events IS 'Events that were posted over HTTP';
