-- columns --
-- Every column of our tables and views, in order
SELECT c.relname, a.attname
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
ORDER BY c.relname COLLATE "C", a.attnum;

-- digest --
-- Rows of a table and the sum of their digests, which no order changes
SELECT
    count(*),
    coalesce(sum(('x' || left(md5(rows::text), 16))::bit(64)::bigint::numeric), 0)
FROM (SELECT {columns} FROM {table} WHERE {counted}) AS rows;
