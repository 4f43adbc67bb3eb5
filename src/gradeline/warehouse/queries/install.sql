-- Tables that are made, dropped and restored together. {table} and the like are filled in.

-- lock --
-- Let one process install at a time, until its transaction ends; false = another one does
select pg_try_advisory_xact_lock(7234917106);

-- lock_tables --
-- Let nobody else write these tables until the transaction ends; reading goes on
lock table {tables} in exclusive mode;

-- wait_briefly --
-- Wait so long for a lock and no longer
select set_config('lock_timeout', '30s', true);

-- creates_databases --
-- Whether the login may create databases
select rolcreatedb or rolsuper from pg_roles where rolname = current_user;

-- allow_databases --
-- What an administrator runs so that the login may create databases
alter role {login} createdb;

-- trust_functions --
-- Do not check functions as they are made: what they name may come later
select set_config('check_function_bodies', 'off', true);

-- present --
-- Which of these tables and views exist
select c.relname::text from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and c.relname = any(%(names)s);

-- parts --
-- What stands on these tables: the kind as statements have it, table, name
select 'foreign key' as kind, r.relname::text, k.conname::text
from pg_constraint as k join pg_class as r on r.oid = k.conrelid
where k.contype = 'f' and r.relnamespace = 'public'::regnamespace and r.relname = any(%(names)s)
union all
select 'policy', r.relname::text, p.polname::text
from pg_policy as p join pg_class as r on r.oid = p.polrelid
where r.relnamespace = 'public'::regnamespace and r.relname = any(%(names)s);

-- shape --
-- The tables as they are, a line for each column, constraint, index, policy, trigger and right
with t as (
    select c.oid, c.relname::text as name from pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname = any(%(names)s)
)
select
    t.name,
    'column ' || a.attname,
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
from t
join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef as d on d.adrelid = t.oid and d.adnum = a.attnum
union all
select t.name, 'row security', concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity)
from t join pg_class as c on c.oid = t.oid
union all
select t.name, 'comment ' || d.objsubid, d.description
from t join pg_description as d on d.objoid = t.oid and d.classoid = 'pg_class'::regclass
union all
select
    t.name,
    concat_ws(' ', 'right', coalesce(a.attname, ''), coalesce(g.rolname, 'public'), r.privilege_type),
    r.is_grantable::text
from t
join pg_class as c on c.oid = t.oid
left join pg_attribute as a on a.attrelid = t.oid and a.attacl is not null
cross join lateral (
    select * from aclexplode(c.relacl) union all select * from aclexplode(a.attacl)
) as r
left join pg_roles as g on g.oid = r.grantee
union all
select t.name, 'constraint ' || k.conname, pg_get_constraintdef(k.oid)
from t join pg_constraint as k on k.conrelid = t.oid and k.contype <> 'n'
union all
select t.name, 'index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
from t join pg_index as i on i.indrelid = t.oid
union all
select t.name, 'policy ' || p.polname, coalesce(pg_get_expr(p.polqual, p.polrelid), '')
from t join pg_policy as p on p.polrelid = t.oid
union all
select t.name, 'trigger ' || g.tgname, pg_get_triggerdef(g.oid)
from t join pg_trigger as g on g.tgrelid = t.oid and not g.tgisinternal;

-- dependents --
-- What would go with these tables and is not theirs, nor a foreign key: description, and a policy's table, name
select distinct
    pg_describe_object(d.classid, d.objid, d.objsubid), coalesce(po.relname, '')::text, coalesce(p.polname, '')::text
from pg_depend as d
join pg_class as c on d.refclassid = 'pg_class'::regclass and c.oid = d.refobjid
left join pg_constraint as k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
left join pg_rewrite as w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
left join pg_class as v on v.oid = w.ev_class
left join pg_policy as p on d.classid = 'pg_policy'::regclass and p.oid = d.objid
left join pg_class as po on po.oid = p.polrelid
left join pg_attrdef as f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
left join pg_class as o on o.oid = coalesce(p.polrelid, f.adrelid)
where c.relnamespace = 'public'::regnamespace and c.relname = any(%(names)s)
    and d.deptype = 'n'
    and coalesce(k.contype, '') <> 'f'
    and coalesce(v.relname, '') <> all(%(views)s)
    and coalesce(o.relname, '') <> all(%(names)s)
    and not (d.classid = 'pg_constraint'::regclass and k.conrelid = c.oid);

-- clear_rights --
-- Take away what the owner's default rights gave to new tables and views
revoke all on {tables} from gradeline_app, gradeline_loader, gradeline_backup, gradeline_reader;

-- drop_tables --
-- Drop tables with all that stands on them
drop table {tables} cascade;

-- digest --
-- How many rows a table has, and a sum that differs where one of them does
select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text from public.{table} as t;

-- count --
-- How many rows a table has
select count(*) from public.{table};

-- sequences --
-- The sequences of these tables: its table, its column, the next value that it gives
select t.relname::text, a.attname::text, s.oid::regclass::text
from pg_class as s
join pg_depend as d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype in ('a', 'i')
join pg_class as t on t.oid = d.refobjid
join pg_attribute as a on a.attrelid = t.oid and a.attnum = d.refobjsubid
where s.relkind = 'S' and t.relnamespace = 'public'::regnamespace and t.relname = any(%(names)s);

-- next_value --
-- The next value that a sequence gives, without taking it
select case when is_called then last_value + 1 else last_value end from {sequence};

-- raise_sequence --
-- Let a sequence give at least this value next
select setval(%(sequence)s::regclass, greatest(%(next)s::bigint, (
    select case when is_called then last_value + 1 else last_value end from {sequence}
)), false);

-- raise_above_rows --
-- Let a sequence give more than any row has
select setval(%(sequence)s::regclass, greatest(
    (select coalesce(max({column}), 0) + 1 from public.{table}),
    (select case when is_called then last_value + 1 else last_value end from {sequence})
), false);

-- columns --
-- The columns of a table that take values, in order: name, whether it is of the primary key
select a.attname::text, coalesce(a.attnum = any(k.conkey), false)
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
left join pg_constraint as k on k.conrelid = c.oid and k.contype = 'p'
where c.relnamespace = 'public'::regnamespace and c.relname = %(table)s
order by a.attnum;

-- make_stage --
-- A table for rows on their way, without the rules of the table that they are for
create temporary table {stage} as select {columns} from public.{table} limit 0;

-- drop_stage --
-- Drop it
drop table {stage};

-- read_rows --
-- The rows of a table, as COPY writes them
copy (select {columns} from public.{table}) to stdout;

-- take_rows --
-- The rows as they come
copy {stage} ({columns}) from stdin;

-- leave_out --
-- Leave out the rows of clients who were forgotten
delete from {stage} where client_id = any(%(clients)s);

-- clients --
-- The clients of the rows
select distinct client_id::bigint from {stage};

-- add_rows --
-- Add the rows whose key is not there; how many
insert into public.{table} ({columns}) overriding system value
select {columns} from {stage} on conflict ({key}) do nothing;

-- notes --
-- What was dropped and restored, oldest first: what was done, the table, its rows, its details
select action, subject, rows, detail from audit
where action in ('drop table', 'restore table') and subject = any(%(names)s)
order by audit_id;

-- old_columns --
-- The columns of tables that were there before ours: table, column
select c.relname::text, a.attname::text
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = to_regnamespace('before_gradeline') and c.relkind = 'r' and c.relname = any(%(names)s)
order by 1, a.attnum;

-- old_rows --
-- The rows of such a table, its columns as text
select {columns} from before_gradeline.{table};

-- taken_over --
-- Which tables were taken over
select subject from audit where action = 'take over table';

-- put_level --
-- Add a level of the dictionary
insert into study_level (level_word) values (%(level_word)s) on conflict do nothing;

-- put_category --
-- Add a category of words
insert into word_category (name) values (%(name)s) on conflict do nothing;

-- put_client --
-- Add a client, who is asked for consent when they write next
insert into client_info (chat_id, name, username, language) values (
    %(chat_id)s, nullif(%(name)s, ''), nullif(%(username)s, ''), %(language)s
) on conflict (chat_id) do nothing;

-- mismatches --
-- Levels that one of the two lists lacks: the name, where it stands, where it is missing
select lev_name, 'study_levels.lev_name', 'study_level.level_word' from study_levels
where lev_name not in (select level_word from study_level)
union all
select level_word, 'study_level.level_word', 'study_levels.lev_name' from study_level
where level_word not in (select lev_name from study_levels)
union all
select distinct level, 'esp2rus_dictionary.level', 'study_level.level_word' from esp2rus_dictionary
where level not in (select level_word from study_level)
order by 2, 1;

-- scratch_databases --
-- Databases that an install that was killed left behind
select datname::text from pg_database where starts_with(datname, %(prefix)s);
