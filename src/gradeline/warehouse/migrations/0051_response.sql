-- What was answered, where a source knows it: personal, and under the row security of its table.

ALTER TABLE files_attempts ADD COLUMN response text;
ALTER TABLE learnworlds_responses ADD COLUMN answer text;
ALTER TABLE events_part ADD COLUMN response text;
ALTER TABLE appmetrica_events ADD COLUMN response text;
COMMENT ON COLUMN files_attempts.response IS 'What the learner answered: its first 200 characters, null where it is not known';
COMMENT ON COLUMN learnworlds_responses.answer IS 'What the learner answered: its first 200 characters, null where it is not known';
COMMENT ON COLUMN events_part.response IS 'What the learner answered: its first 200 characters, null where it is not known';
COMMENT ON COLUMN appmetrica_events.response IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE OR REPLACE VIEW amplitude_events_web WITH (security_invoker = true) AS
SELECT
    e.slice_id, e.position, false AS stray, e.uuid::text AS uuid, e.event_type, e.event_time,
    e.user_id, e.session_id, u.email, e.course_id, e.item_id, e.correct, e.score, e.duration_s,
    e.hints, p.event_properties::text AS event_properties, e.response
FROM events_part AS e
JOIN slices AS s USING (slice_id)
LEFT JOIN tmp_event_properties AS p USING (uuid)
LEFT JOIN tmp_user_properties AS u USING (uuid)
WHERE s.source = 'amplitude' AND s.stream = 'events@web';

CREATE OR REPLACE VIEW amplitude_events_mobile WITH (security_invoker = true) AS
SELECT
    e.slice_id, e.position, false AS stray, e.uuid::text AS uuid, e.event_type, e.event_time,
    e.user_id, e.session_id, u.email, e.course_id, e.item_id, e.correct, e.score, e.duration_s,
    e.hints, p.event_properties::text AS event_properties, e.response
FROM events_part AS e
JOIN slices AS s USING (slice_id)
LEFT JOIN tmp_event_properties AS p USING (uuid)
LEFT JOIN tmp_user_properties AS u USING (uuid)
WHERE s.source = 'amplitude' AND s.stream = 'events@mobile';
