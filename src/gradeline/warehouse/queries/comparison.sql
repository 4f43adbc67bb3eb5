-- What is compared of two databases.

-- tables --
-- The tables of a database: schema, name
select n.nspname::text, c.relname::text
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
order by 1, 2;

-- rows --
-- How many rows a table has, and a sum that differs where one of them does. {table} is filled in
select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from {table} as t;

-- sequences --
-- The sequences of a database: name, its last value
select format('%I.%I', schemaname, sequencename), coalesce(last_value, 0) from pg_sequences order by 1;
