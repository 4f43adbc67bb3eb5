-- What product analytics tells: eight tables that each Amplitude and AppMetrica event fills.
--
-- Five have a row for each event, named by its uuid, so an event that comes twice is there once.
-- The others tell of devices and people; of slices that tell of one, the one with the greater name
-- is believed, so that the order of loading changes nothing.

CREATE TABLE events_part (
    uuid uuid PRIMARY KEY,
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    app bigint,
    event_type text NOT NULL,
    event_time timestamptz NOT NULL,
    server_upload_time timestamptz,
    user_id text,
    ehr_id text,
    device_id text,
    session_id bigint,
    platform text,
    version_name text,
    course_id text,
    item_id text,
    correct boolean,
    score numeric(9, 6),
    duration_s numeric(12, 3),
    hints integer
);
COMMENT ON TABLE events_part IS 'What people did in the product: who, when, on what device, in which session';
COMMENT ON COLUMN events_part.position IS 'Its place in its slice';
COMMENT ON COLUMN events_part.app IS 'The project at the system it came from';
COMMENT ON COLUMN events_part.ehr_id IS 'Who the person is across systems, as field_mappings.yaml says';
COMMENT ON COLUMN events_part.session_id IS 'When the session began, in milliseconds since 1970; -1 = none';
COMMENT ON COLUMN events_part.item_id IS 'What was answered, where field_mappings.yaml calls the event an answer';

CREATE TABLE technical_data (
    uuid uuid PRIMARY KEY,
    slice_id bigint NOT NULL,
    amplitude_id bigint,
    event_id bigint,
    insert_id text,
    insert_key text,
    schema bigint,
    data_type text,
    amplitude_event_type text,
    library text,
    language text,
    os_name text,
    os_version text,
    start_version text,
    client_event_time timestamptz,
    client_upload_time timestamptz,
    server_received_time timestamptz,
    processed_time timestamptz,
    user_creation_time timestamptz,
    is_attribution_event boolean,
    amplitude_attribution_ids text,
    partner_id text,
    source_id text,
    paying boolean,
    sample_rate double precision,
    data jsonb,
    groups jsonb,
    group_properties jsonb,
    plan jsonb,
    global_user_properties jsonb
);
COMMENT ON TABLE technical_data IS 'How an event was recorded, sent and processed';

CREATE TABLE user_locations (
    uuid uuid PRIMARY KEY,
    slice_id bigint NOT NULL,
    ip_address text,
    country text,
    region text,
    city text,
    dma text,
    location_lat double precision,
    location_lng double precision
);
COMMENT ON TABLE user_locations IS 'Where an event came from';

CREATE TABLE tmp_event_properties (
    uuid uuid PRIMARY KEY,
    slice_id bigint NOT NULL,
    event_properties jsonb
);
COMMENT ON TABLE tmp_event_properties IS 'What an event says, as it was sent';

CREATE TABLE tmp_user_properties (
    uuid uuid PRIMARY KEY,
    slice_id bigint NOT NULL,
    ehr_id text,
    email text,
    user_properties jsonb,
    migrated boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE tmp_user_properties IS 'What was known of the person at the time of an event';
COMMENT ON COLUMN tmp_user_properties.migrated IS 'Whether permanent_ and changeable_user_properties have it';

CREATE TABLE mobile_devices (
    device_id text PRIMARY KEY,
    slice_id bigint NOT NULL,
    platform text,
    device_brand text,
    device_manufacturer text,
    device_model text,
    device_family text,
    device_type text,
    device_carrier text,
    os_name text,
    os_version text,
    language text,
    adid text,
    idfa text,
    seen_at timestamptz
);
COMMENT ON TABLE mobile_devices IS 'Phones and tablets as they were seen last';

CREATE TABLE permanent_user_properties (
    ehr_id text PRIMARY KEY,
    slice_id bigint NOT NULL,
    known_at timestamptz,
    properties jsonb NOT NULL
);
COMMENT ON TABLE permanent_user_properties IS 'What does not change about a person';
COMMENT ON COLUMN permanent_user_properties.properties IS 'Those that field_mappings.yaml calls permanent';

CREATE TABLE changeable_user_properties (
    ehr_id text NOT NULL,
    changed_at timestamptz NOT NULL,
    slice_id bigint NOT NULL,
    properties jsonb NOT NULL,
    PRIMARY KEY (ehr_id, changed_at)
);
COMMENT ON TABLE changeable_user_properties IS 'What changes about a person: a row for each change within a slice, and its first';
COMMENT ON COLUMN changeable_user_properties.properties IS 'Those that field_mappings.yaml calls changeable';

-- Rows of a slice lie together, so a summary of blocks finds them and costs next to nothing.
CREATE INDEX events_part_slice ON events_part USING brin (slice_id int8_minmax_multi_ops);
CREATE INDEX technical_data_slice ON technical_data USING brin (slice_id int8_minmax_multi_ops);
CREATE INDEX user_locations_slice ON user_locations USING brin (slice_id int8_minmax_multi_ops);
CREATE INDEX tmp_event_properties_slice
ON tmp_event_properties USING brin (slice_id int8_minmax_multi_ops);
CREATE INDEX tmp_user_properties_slice
ON tmp_user_properties USING brin (slice_id int8_minmax_multi_ops);

SELECT
    protect_table('events_part'),
    protect_table('technical_data'),
    protect_table('user_locations'),
    protect_table('tmp_event_properties'),
    protect_table('tmp_user_properties'),
    protect_table('mobile_devices'),
    protect_table('permanent_user_properties'),
    protect_table('changeable_user_properties');

-- The events of one project with all that the canonical views ask of them, as its facts have it.
CREATE VIEW amplitude_events_web WITH (security_invoker = true) AS
SELECT
    e.slice_id, e.position, false AS stray, e.uuid::text AS uuid, e.event_type, e.event_time,
    e.user_id, e.session_id, u.email, e.course_id, e.item_id, e.correct, e.score, e.duration_s,
    e.hints, p.event_properties::text AS event_properties
FROM events_part AS e
JOIN slices AS s USING (slice_id)
LEFT JOIN tmp_event_properties AS p USING (uuid)
LEFT JOIN tmp_user_properties AS u USING (uuid)
WHERE s.source = 'amplitude' AND s.stream = 'events@web';
COMMENT ON VIEW amplitude_events_web IS 'Events of the Amplitude web project';

CREATE VIEW amplitude_events_mobile WITH (security_invoker = true) AS
SELECT
    e.slice_id, e.position, false AS stray, e.uuid::text AS uuid, e.event_type, e.event_time,
    e.user_id, e.session_id, u.email, e.course_id, e.item_id, e.correct, e.score, e.duration_s,
    e.hints, p.event_properties::text AS event_properties
FROM events_part AS e
JOIN slices AS s USING (slice_id)
LEFT JOIN tmp_event_properties AS p USING (uuid)
LEFT JOIN tmp_user_properties AS u USING (uuid)
WHERE s.source = 'amplitude' AND s.stream = 'events@mobile';
COMMENT ON VIEW amplitude_events_mobile IS 'Events of the Amplitude mobile project';
