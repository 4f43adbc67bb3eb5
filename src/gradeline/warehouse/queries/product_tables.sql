-- The eight tables of product events. {…} are identifiers and clauses of our own declarations.

-- copy_json --
-- Rows as JSON objects, one in each line
COPY (SELECT row_to_json(page)::text FROM ({page}) AS page) TO STDOUT;

-- copy_csv --
-- Rows as CSV; null is an empty field without quotes
COPY ({page}) TO STDOUT WITH (FORMAT csv, HEADER);

-- page --
-- Some rows in an order
SELECT {columns} FROM {relation} AS rows WHERE {filters} ORDER BY {order} LIMIT {limit}

-- instant --
-- An instant of UTC as RFC 3339 writes it
overlay(left({column}::text, -3) PLACING 'T' FROM 11 FOR 1) || 'Z'

-- changes --
-- History without the rows that say what the row before them said: each slice begins with one
(
    SELECT *
    FROM (
        SELECT *, lag(properties) OVER (PARTITION BY ehr_id ORDER BY changed_at) AS before
        FROM changeable_user_properties
    ) AS stated
    WHERE before IS NULL OR before <> properties
)

-- history_ids --
-- For each person and instant the id of the change that is in force then, in their order
WITH sent AS (
    SELECT ehr_id, changed_at, number
    FROM unnest(%(people)s::text[], %(instants)s::timestamptz[])
        WITH ORDINALITY AS given (ehr_id, changed_at, number)
),

stated AS (
    SELECT
        ehr_id, changed_at, uuid,
        properties IS DISTINCT FROM lag(properties) OVER (PARTITION BY ehr_id ORDER BY changed_at)
            AS is_change
    FROM changeable_user_properties
    WHERE ehr_id = ANY(%(people)s)
),

numbered AS (
    SELECT
        ehr_id, changed_at, uuid,
        count(*) FILTER (WHERE is_change) OVER (PARTITION BY ehr_id ORDER BY changed_at) AS change
    FROM stated
),

in_force AS (
    SELECT
        ehr_id, changed_at,
        first_value(uuid) OVER (PARTITION BY ehr_id, change ORDER BY changed_at) AS uuid
    FROM numbered
)

-- A forgotten person has no history, and the row that was sent an id all the same.
SELECT coalesce(
    in_force.uuid,
    md5(sent.ehr_id || '@' || extract(EPOCH FROM sent.changed_at AT TIME ZONE 'UTC')::text)::uuid
)::text
FROM sent
LEFT JOIN in_force USING (ehr_id, changed_at)
ORDER BY sent.number;

-- after --
-- Rows behind a row in the order, where no value of the column is null
{column} {reaches} {value} AND ({column} {passes} {value} OR ({column} = {value} AND {rest}))

-- after_nullable --
-- Rows behind a row in the order, in which nulls come last
({column} {passes} {value} OR ({column} = {value} AND {rest}) OR {column} IS NULL)

-- after_null --
-- Rows behind a row that has no value
({column} IS NULL AND {rest})
