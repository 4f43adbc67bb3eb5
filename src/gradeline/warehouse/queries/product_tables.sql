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
    ) AS told
    WHERE before IS NULL OR before <> properties
)

-- after --
-- Rows behind a row in the order, where no value of the column is null
{column} {reaches} {value} AND ({column} {passes} {value} OR ({column} = {value} AND {rest}))

-- after_nullable --
-- Rows behind a row in the order, in which nulls come last
({column} {passes} {value} OR ({column} = {value} AND {rest}) OR {column} IS NULL)

-- after_null --
-- Rows behind a row that has no value
({column} IS NULL AND {rest})
