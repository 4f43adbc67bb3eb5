-- What AppMetrica tells about the app: one row for each event.
--
-- Rows carry no id of their own, and two equal ones in a second are two events. A row is named by
-- its slice (a day of receiving) and its place there; a day read again replaces its rows.

CREATE TABLE appmetrica_events (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    uuid text NOT NULL,
    event_at timestamptz NOT NULL,
    event_datetime text,
    event_json text,
    event_name text NOT NULL,
    event_receive_datetime text,
    event_receive_timestamp bigint NOT NULL,
    event_timestamp bigint NOT NULL,
    session_id text,
    installation_id text,
    appmetrica_device_id text,
    city text,
    connection_type text,
    country_iso_code text,
    device_ipv6 text,
    device_locale text,
    device_manufacturer text,
    device_model text,
    device_type text,
    google_aid text,
    ios_ifa text,
    ios_ifv text,
    mcc text,
    mnc text,
    operator_name text,
    original_device_model text,
    os_name text,
    os_version text,
    profile_id text,
    windows_aid text,
    app_build_number text,
    app_package_name text,
    app_version_name text,
    application_id text,
    event_properties jsonb,
    ehr_id text,
    email text,
    course_id text,
    item_id text,
    correct boolean,
    score numeric(9, 6),
    duration_s numeric(12, 3),
    hints integer,
    PRIMARY KEY (slice_id, position)
);
CREATE INDEX appmetrica_events_event_at ON appmetrica_events (event_at);
COMMENT ON TABLE appmetrica_events IS 'Events of the mobile app as AppMetrica tells them';
COMMENT ON COLUMN appmetrica_events.slice_id IS 'The slice it came in, as in slices';
COMMENT ON COLUMN appmetrica_events.position IS 'Its place in that slice: by time, then by content';
COMMENT ON COLUMN appmetrica_events.uuid IS 'Made from slice, content and how many equal events stand before it';
COMMENT ON COLUMN appmetrica_events.event_at IS 'When it happened by the phone, or came where its clock cannot be right';
COMMENT ON COLUMN appmetrica_events.event_json IS 'Its properties as received';
COMMENT ON COLUMN appmetrica_events.event_properties IS 'event_json where it is JSON that PostgreSQL can keep, else null';
COMMENT ON COLUMN appmetrica_events.ehr_id IS 'Who the person is across systems, as field_mappings.yaml says; so email, course_id and the parts of an answer';
COMMENT ON COLUMN appmetrica_events.appmetrica_device_id IS 'Digits: an unsigned 64-bit number, too great for bigint';
COMMENT ON COLUMN appmetrica_events.event_datetime IS 'Wall time in the app''s zone; event_at is the instant';
COMMENT ON COLUMN appmetrica_events.profile_id IS 'Who had signed in; null = nobody in particular';

SELECT protect_table('appmetrica_events');
