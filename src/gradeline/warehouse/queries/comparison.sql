-- What is compared of two databases: everything of ours, which gradeline_owner owns.

-- tables --
-- Our tables: schema, name
select n.nspname::text, c.relname::text
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'r' and pg_get_userbyid(c.relowner) = 'gradeline_owner'
order by 1, 2;

-- rows --
-- How many rows a table has, and a sum that differs where one of them does. {table} is filled in
select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from {table} as t;

-- sequences --
-- Our sequences: name, last value
select format('%I.%I', schemaname, sequencename), coalesce(last_value, 0)
from pg_sequences where sequenceowner = 'gradeline_owner' order by 1;

-- shape --
-- What else there is of ours: kind, name, and what it is like. The right to maintain came with
-- PostgreSQL 17, and not-null constraints with 18, so neither is among it
with ours as (
    select oid, relname::text as name, relkind, relowner, relacl, relrowsecurity, relforcerowsecurity
    from pg_class
    where relnamespace = 'public'::regnamespace
        and pg_get_userbyid(relowner) = 'gradeline_owner' and relkind in ('r', 'p', 'v', 'm', 'S')
)
select 'column' as kind, o.name || '.' || a.attname as name, concat_ws(
    ' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
    pg_get_expr(d.adbin, d.adrelid), a.attacl::text
) as detail
from ours as o
join pg_attribute as a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef as d on d.adrelid = o.oid and d.adnum = a.attnum
where o.relkind <> 'S'
union all
select 'constraint', o.name || '.' || c.conname, pg_get_constraintdef(c.oid)
from ours as o join pg_constraint as c on c.conrelid = o.oid and c.contype <> 'n'
union all
select 'index', o.name || '.' || i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from ours as o join pg_index as i on i.indrelid = o.oid
union all
select 'trigger', o.name || '.' || t.tgname, pg_get_triggerdef(t.oid)
from ours as o join pg_trigger as t on t.tgrelid = o.oid and not t.tgisinternal
union all
select 'row security', name, concat_ws(' ', relrowsecurity, relforcerowsecurity)
from ours where relkind in ('r', 'p')
union all
select 'policy', o.name || '.' || p.polname, concat_ws(
    ' ', p.polcmd, p.polpermissive,
    array(select pg_get_userbyid(r) from unnest(p.polroles) as r order by 1)::text,
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
)
from ours as o join pg_policy as p on p.polrelid = o.oid
union all
select 'rights', o.name, (
    select string_agg(concat_ws(' ', who.name, acl.privilege_type, acl.is_grantable), ', ' order by who.name, acl.privilege_type)
    from aclexplode(coalesce(o.relacl, acldefault(case o.relkind when 'S' then 's' else 'r' end::"char", o.relowner))) as acl
    cross join lateral (
        select case acl.grantee when 0 then 'public' else pg_get_userbyid(acl.grantee)::text end as name
    ) as who
    where acl.privilege_type <> 'MAINTAIN'
)
from ours as o
union all
select 'function', p.oid::regprocedure::text, concat_ws(
    ' ', md5(p.prosrc), p.prosecdef, p.provolatile, p.proconfig::text, (
        select string_agg(concat_ws(' ', who.name, acl.privilege_type), ', ' order by who.name)
        from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl
        cross join lateral (
            select case acl.grantee when 0 then 'public' else pg_get_userbyid(acl.grantee)::text end as name
        ) as who
    )
)
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and pg_get_userbyid(p.proowner) = 'gradeline_owner'
union all
select 'view', name, md5(pg_get_viewdef(oid)) from ours where relkind in ('v', 'm')
order by 1, 2;

-- is_empty --
-- Whether nobody has made a table, view or sequence in the schema
select not exists (
    select from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
);

-- others --
-- What is not ours and is not dumped: whether it is a whole schema, its name
select true, n.nspname::text
from pg_namespace as n
where n.nspname <> 'public' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (
        select from pg_class
        where relnamespace = n.oid and pg_get_userbyid(relowner) = 'gradeline_owner'
    )
union all
select false, relname::text
from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    and pg_get_userbyid(relowner) <> 'gradeline_owner'
order by 1, 2;

-- hidden --
-- Our tables of which row security could hide rows from gradeline_backup; none for one who bypasses it
select c.relname::text
from pg_class as c
where c.relrowsecurity and pg_get_userbyid(c.relowner) = 'gradeline_owner'
    and not (select rolbypassrls or rolsuper from pg_roles where rolname = 'gradeline_backup')
    and (
        not exists (
            select from pg_policy as p
            where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
                and pg_get_expr(p.polqual, p.polrelid) = 'true'
                and (p.polroles = '{0}' or 'gradeline_backup'::regrole = any(p.polroles))
        )
        or exists (select from pg_policy as p where p.polrelid = c.oid and not p.polpermissive)
    )
order by 1;

-- bypasses --
-- Whether gradeline_backup bypasses row security
select rolbypassrls or rolsuper from pg_roles where rolname = 'gradeline_backup';

-- export_snapshot --
-- Let other sessions see what this transaction sees
select pg_export_snapshot();
