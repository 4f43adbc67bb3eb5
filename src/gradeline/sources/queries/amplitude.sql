-- Product events as rows of the tables that they fill, over the events of one slice as `facts`.
-- What decides which of them count is found without the properties, by far the widest column,
-- and no query sorts all people. A moment is an event's time and, within it, its place: one number,
-- since what is known of each person or phone goes to the disk only where it has a fixed size.
-- {properties} is an expression made of field_mappings.yaml.
-- Facts are read twice where that takes less than keeping them; not for changes, which would no
-- longer fit beside each other where very many people change.

-- by_event --
-- Each event, named by the sixteen bytes of its uuid
SELECT
    * REPLACE (unhex(replace(uuid, '-', '')) AS uuid),
    ehr_id IS NOT NULL AS migrated
FROM facts;

-- mobile_devices --
-- Each phone as its latest event tells of it, by the event's time and place
WITH phones AS NOT MATERIALIZED (
    SELECT *, epoch_us(event_time)::HUGEINT * 1_000_000_000_000 + position AS moment
    FROM facts
    WHERE
        device_id IS NOT NULL
        AND lower(platform) IN ('ios', 'android')
        AND hash(device_id) % $parts = $part
),

latest AS (
    SELECT max(moment) AS moment
    FROM phones
    GROUP BY device_id
)

SELECT *, event_time AS seen_at
FROM phones
SEMI JOIN latest USING (moment);

-- permanent_user_properties --
-- Each person as the latest event tells of them; of the properties those of {properties}
WITH observed AS NOT MATERIALIZED (
    SELECT *, epoch_us(event_time)::HUGEINT * 1_000_000_000_000 + position AS moment
    FROM facts
    WHERE
        ehr_id IS NOT NULL
        AND user_properties IS NOT NULL
        AND user_properties <> '{{}}'
        AND hash(ehr_id) % $parts = $part
),

latest AS (
    SELECT max(moment) AS moment
    FROM observed
    GROUP BY ehr_id
)

SELECT
    ehr_id,
    event_time AS known_at,
    {properties} AS properties
FROM observed
SEMI JOIN latest USING (moment);

-- changeable_user_properties --
-- Each instant at which what is known of a person changed, by {properties} as above
WITH observed AS MATERIALIZED (
    SELECT *, epoch_us(event_time)::HUGEINT * 1_000_000_000_000 + position AS moment
    FROM facts
    WHERE
        ehr_id IS NOT NULL
        AND user_properties IS NOT NULL
        AND user_properties <> '{{}}'
        AND hash(ehr_id) % $parts = $part
),

-- Without the properties themselves, which are far wider.
narrow AS (
    SELECT ehr_id, moment, hash(user_properties) AS state
    FROM observed
),

-- Few people change within the hour: only theirs need be sorted.
states AS (
    SELECT ehr_id, min(state) AS least, max(state) AS most
    FROM narrow
    GROUP BY ehr_id
),

turns AS (
    SELECT moment
    FROM narrow
    SEMI JOIN (SELECT ehr_id FROM states WHERE least <> most) AS changing USING (ehr_id)
    WINDOW person AS (PARTITION BY ehr_id ORDER BY moment)
    QUALIFY lag(state) OVER person IS NULL OR lag(state) OVER person <> state
    UNION ALL
    SELECT min(moment)
    FROM narrow
    SEMI JOIN (SELECT ehr_id FROM states WHERE least = most) AS steady USING (ehr_id)
    GROUP BY ehr_id
),

chosen AS (
    SELECT
        moment,
        ehr_id,
        event_time,
        {properties} AS properties
    FROM observed
    SEMI JOIN turns USING (moment)
),

changed AS (
    SELECT *
    FROM chosen
    WINDOW person AS (PARTITION BY ehr_id ORDER BY moment)
    QUALIFY lag(properties) OVER person IS NULL OR lag(properties) OVER person <> properties
),

-- What changed twice within one instant counts as it was last.
latest AS (
    SELECT max(moment) AS moment
    FROM changed
    GROUP BY ehr_id, event_time
)

SELECT ehr_id, event_time AS changed_at, properties
FROM changed
SEMI JOIN latest USING (moment);

-- repeated_uuids --
-- The uuids that several rows of `facts` have; as sixteen bytes each they need half of the memory
SELECT uuid::VARCHAR AS uuid
FROM (SELECT uuid::UUID AS uuid FROM facts)
GROUP BY ALL
HAVING count(*) > 1;
