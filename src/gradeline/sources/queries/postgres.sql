-- Tables of another PostgreSQL. {table}, {cursor} and {columns} are filled in as identifiers.

-- set --
-- Set settings until the transaction ends
SELECT set_config(name, value, true)
FROM unnest(%(names)s::text[], %(values)s::text[]) AS settings (name, value);

-- settings --
-- What settings are now
SELECT name, current_setting(name) FROM unnest(%(names)s::text[]) AS name;

-- encoding --
-- The encoding of the database
SELECT current_setting('server_encoding');

-- columns --
-- The columns of a table in their order: name, type, and of a decimal its digits
SELECT
    a.attname,
    t.typname,
    CASE WHEN a.atttypmod >= 4 THEN (a.atttypmod - 4) >> 16 END,
    CASE WHEN a.atttypmod >= 4 THEN (a.atttypmod - 4) & 2047 END
FROM pg_attribute AS a
JOIN pg_type AS t ON t.oid = a.atttypid
WHERE
    a.attrelid = to_regclass(format('%%I.%%I', %(schema)s::text, %(table)s::text))
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attnum;

-- key --
-- The columns of a table's primary key
SELECT a.attname
FROM pg_index AS i
JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE
    i.indrelid = to_regclass(format('%%I.%%I', %(schema)s::text, %(table)s::text))
    AND i.indisprimary
ORDER BY array_position(i.indkey::int2[], a.attnum);

-- days --
-- Days of UTC that have rows: first instant, how many, the last value of the cursor and their sum
-- The sum tells of a change within the day that is neither its last nor one in number.
SELECT
    date_trunc('day', {instant}) AS day, count(*),
    max({cursor})::text || ' ' || sum(extract(EPOCH FROM {cursor})::numeric)
FROM {table}
WHERE
    {dated}
    AND (%(since)s::timestamp IS NULL OR {instant} >= date_trunc('day', %(since)s::timestamp))
    AND (%(until)s::timestamp IS NULL OR {instant} < %(until)s::timestamp)
GROUP BY 1
ORDER BY 1;

-- ids --
-- Ranges of ids that have rows: first id of the range, how many, the last id and their sum
SELECT
    greatest(floor({cursor}::numeric / %(step)s) * %(step)s, -9223372036854775808)::bigint AS start, count(*),
    max({cursor})::text || ' ' || sum({cursor}::numeric)
FROM {table}
WHERE {cursor} IS NOT NULL
GROUP BY 1
ORDER BY 1;

-- others --
-- How many rows no range holds: those whose cursor is null or no day of a calendar
SELECT count(*) FROM {table} WHERE {without};

-- rows --
-- The rows of one range, in an order that does not change
SELECT {columns} FROM {table} WHERE {range} ORDER BY {order};

-- in_days --
-- Whether a row lies in a day
{instant} >= %(low)s::timestamp AND {instant} < %(high)s::timestamp

-- in_ids --
-- Whether a row lies in a range of ids
{cursor} BETWEEN %(low)s::bigint AND %(high)s::bigint

-- without_time --
-- Whether a row's time says no day
({dated}) IS NOT TRUE

-- without_id --
-- Whether a row has no id
{cursor} IS NULL

-- utc --
-- An instant as its wall time in UTC
({cursor} AT TIME ZONE 'UTC')

-- dated --
-- Whether a time is one that Python can hold, with a day after it; infinity is none
{column} >= '0001-01-02' AND {column} < '9999-12-31'

-- time --
-- A time that Python can hold; any other is null
CASE WHEN {dated} THEN {column} END

-- double --
-- A decimal as a double, which can be NaN
{column}::float8

-- number --
-- A decimal that is a number; more digits than a double keeps, so NaN is null
CASE WHEN {column}::text NOT IN ('NaN', 'Infinity', '-Infinity') THEN {column} END

-- text --
-- Anything else as PostgreSQL writes it
{column}::text

-- bytes --
-- The bytes of a text as the database holds them, for it may take some that are no text
convert_to({column}::text, getdatabaseencoding())
