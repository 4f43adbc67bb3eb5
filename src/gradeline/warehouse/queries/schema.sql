-- What a database's schema is: its tables, their columns, and what refers to what.

-- columns --
-- The columns of our tables in order: table, its comment, name, type, never null, in the primary key
select
    c.relname::text,
    coalesce(obj_description(c.oid, 'pg_class'), ''),
    a.attname::text,
    format_type(a.atttypid, a.atttypmod),
    a.attnotnull,
    coalesce(a.attnum = any(k.conkey), false)
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_constraint as k on k.conrelid = c.oid and k.contype = 'p'
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
order by c.relname, a.attnum;

-- foreign_keys --
-- The columns of foreign keys: table, column, table referred to, its column
select
    t.relname::text, a.attname::text, r.relname::text, b.attname::text
from pg_constraint as k
join pg_class as t on t.oid = k.conrelid
join pg_class as r on r.oid = k.confrelid
cross join lateral unnest(k.conkey, k.confkey) as pair (own, other)
join pg_attribute as a on a.attrelid = t.oid and a.attnum = pair.own
join pg_attribute as b on b.attrelid = r.oid and b.attnum = pair.other
where k.contype = 'f' and t.relnamespace = 'public'::regnamespace and r.relnamespace = 'public'::regnamespace
order by 1, 2, 3, 4;
