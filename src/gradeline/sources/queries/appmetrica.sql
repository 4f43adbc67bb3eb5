-- AppMetrica's events: from the records of a day's files to facts, and from the facts of a slice to
-- the form of Amplitude's events. Variables of the connection that reads a day: `day` (2024-01-11)
-- and `slice` (the slice's name).

-- records --
-- Records of the view `parts` with each field of the view `no_records` as text, '' where it is
-- empty or was not asked for
SELECT
    regexp_extract(filename, 'part-([0-9]+)\.parquet$', 1)::BIGINT AS _part,
    _line,
    coalesce(COLUMNS(* EXCLUDE (filename, _line)), '')
FROM (SELECT * FROM no_records UNION ALL BY NAME SELECT * FROM parts)

-- checked --
-- The view `records` with NULL for empty texts, `_digest` of all fields, `event_properties`, and
-- `fault`: what is wrong with the record, if anything is
WITH fields AS (
    SELECT
        _part,
        _line,
        nullif(COLUMNS(* EXCLUDE (_part, _line)), ''),
        sha256(concat_ws(chr(31), *COLUMNS(* EXCLUDE (_part, _line)))) AS _digest
    FROM records
)
SELECT
    *,
    -- Without what jsonb cannot keep: a zero character, half a surrogate pair, a number
    -- without end, thousands of levels.
    CASE
        WHEN json_valid(event_json)
            AND NOT regexp_matches(
                regexp_replace(
                    event_json,
                    '\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}', '', 'g'),
                '\\u0000|\\u[dD][89a-fA-F]|[eE][+-]?[0-9]{4}|[0-9]{1000}')
            AND length(regexp_replace(event_json, '[^\[{]', '', 'g')) <= 2000
        THEN event_json
    END AS event_properties,
    CASE
        WHEN event_name IS NULL THEN 'missing: event_name is required'
        -- The year 9999 ends with this second.
        WHEN NOT coalesce(
            regexp_matches(event_timestamp, '^[0-9]{1,12}$')
            AND try_cast(event_timestamp AS BIGINT) <= 253402300799, false)
        THEN 'bad_instant: event_timestamp is not a second since 1970: '''
            || substring(coalesce(event_timestamp, ''), 1, 100) || ''''
        WHEN NOT coalesce(
            regexp_matches(event_receive_timestamp, '^[0-9]{1,12}$')
            AND try_cast(event_receive_timestamp AS BIGINT) <= 253402300799, false)
        THEN 'bad_instant: event_receive_timestamp is not a second since 1970: '''
            || substring(coalesce(event_receive_timestamp, ''), 1, 100) || ''''
        -- 2^64 - 1
        WHEN NOT coalesce(
            regexp_matches(appmetrica_device_id, '^[0-9]{1,20}$')
            AND lpad(appmetrica_device_id, 20, '0') <= '18446744073709551615', true)
        THEN 'bad_id: appmetrica_device_id is not a u64: '''
            || substring(coalesce(appmetrica_device_id, ''), 1, 100) || ''''
        WHEN coalesce(
            regexp_matches(event_receive_datetime, '^[0-9]{4}-')
            AND NOT starts_with(event_receive_datetime, getvariable('day')), false)
        THEN 'outside_window: event_receive_datetime is of another day: '''
            || substring(coalesce(event_receive_datetime, ''), 1, 100) || ''''
    END AS fault
FROM fields

-- judged --
-- The view `checked`, where a number of an answer that cannot be right is a fault as well
FROM checked

-- events --
-- The sound records of the view `judged` as events. AppMetrica gives them in no order; theirs is by
-- time, then by content
WITH typed AS (
    SELECT * REPLACE (
        event_timestamp::BIGINT AS event_timestamp,
        event_receive_timestamp::BIGINT AS event_receive_timestamp
    )
    FROM judged
    WHERE fault IS NULL
),
numbered AS (
    SELECT
        *,
        getvariable('slice') AS slice,
        row_number() OVER (ORDER BY event_receive_timestamp, event_timestamp, _digest) - 1
            AS position,
        -- It follows from the content and from how many equal events stand before this one, so it
        -- stays when the day is read again with more events.
        sha256(getvariable('slice') || ':' || _digest || ':' || (
            row_number() OVER (PARTITION BY _digest ORDER BY _digest) - 1)::VARCHAR) AS _name,
        -- By the phone, unless its clock cannot be right: then when it came. A phone keeps events
        -- for a week; a clock further off than a month back or a day ahead was never set.
        to_timestamp(CASE
            WHEN event_receive_timestamp - event_timestamp <= 31 * 86400
                AND event_receive_timestamp - event_timestamp >= -86400
            THEN event_timestamp
            ELSE event_receive_timestamp
        END) AS event_at
    FROM typed
)
SELECT
    *,
    concat_ws(
        '-', substring(_name, 1, 8), substring(_name, 9, 4), substring(_name, 13, 4),
        substring(_name, 17, 4), substring(_name, 21, 12)) AS uuid
FROM numbered

-- facts --
-- The view `mapped` in the order of facts
SELECT * FROM mapped ORDER BY position

-- faulty --
-- Where the records of the view `judged` stand that are not sound, and why
SELECT _part, _line, fault FROM judged WHERE fault IS NOT NULL ORDER BY _part, _line

-- summary --
-- Rows of the view `facts`, their first and last second since 1970, and the sum of the first 60
-- bits of each row's digest, which tells of everything that may change from one reading to another
SELECT
    count(*),
    epoch(min(event_at)),
    epoch(max(event_at)),
    sum(('0x' || substring(sha256(concat_ws(
        chr(31),
        position::VARCHAR,
        uuid,
        coalesce(ehr_id, ''),
        coalesce(email, ''),
        coalesce(course_id, ''),
        coalesce(item_id, ''),
        coalesce(correct::VARCHAR, ''),
        coalesce(score::VARCHAR, ''),
        coalesce(duration_s::VARCHAR, ''),
        coalesce(hints::VARCHAR, ''),
        coalesce(response, '')
    )), 1, 15))::BIGINT::DECIMAL(38, 0))
FROM facts

-- product_events --
-- Each event of `facts` by the names of Amplitude's fields; what AppMetrica does not tell is NULL
SELECT
    position,
    false AS stray,
    event_at AS event_time,
    to_timestamp(event_receive_timestamp) AS server_upload_time,
    to_timestamp(event_receive_timestamp) AS server_received_time,
    to_timestamp(event_timestamp) AS client_event_time,
    try_cast(application_id AS BIGINT) AS app,
    try_cast(session_id AS BIGINT) AS session_id,
    -- Properties that are not an object stay in appmetrica_events alone.
    CASE WHEN regexp_matches(event_properties, '^\s*\{') THEN event_properties END
        AS event_properties,
    uuid,
    profile_id AS user_id,
    appmetrica_device_id AS device_id,
    event_name AS event_type,
    'event' AS data_type,
    os_name AS platform,
    os_name,
    os_version,
    device_manufacturer AS device_brand,
    device_manufacturer,
    device_model,
    device_type,
    operator_name AS device_carrier,
    device_locale AS language,
    app_version_name AS version_name,
    device_ipv6 AS ip_address,
    country_iso_code AS country,
    city,
    google_aid AS adid,
    ios_ifa AS idfa,
    ehr_id,
    email,
    course_id,
    item_id,
    correct,
    score,
    duration_s,
    hints,
    response,
    NULL::TIMESTAMPTZ AS client_upload_time,
    NULL::TIMESTAMPTZ AS processed_time,
    NULL::TIMESTAMPTZ AS user_creation_time,
    NULL::BIGINT AS amplitude_id,
    NULL::BIGINT AS event_id,
    NULL::BIGINT AS schema,
    NULL::DOUBLE AS location_lat,
    NULL::DOUBLE AS location_lng,
    NULL::DOUBLE AS sample_rate,
    NULL::BOOLEAN AS is_attribution_event,
    NULL::BOOLEAN AS paying,
    NULL::VARCHAR AS user_properties,
    NULL::VARCHAR AS group_properties,
    NULL::VARCHAR AS groups,
    NULL::VARCHAR AS data,
    NULL::VARCHAR AS plan,
    NULL::VARCHAR AS global_user_properties,
    NULL::VARCHAR AS insert_id,
    NULL::VARCHAR AS insert_key,
    NULL::VARCHAR AS device_family,
    NULL::VARCHAR AS library,
    NULL::VARCHAR AS start_version,
    NULL::VARCHAR AS region,
    NULL::VARCHAR AS dma,
    NULL::VARCHAR AS amplitude_attribution_ids,
    NULL::VARCHAR AS partner_id,
    NULL::VARCHAR AS source_id,
    NULL::VARCHAR AS amplitude_event_type
FROM facts;
