-- Which migrations a database has, and the lock that lets one process migrate at a time.

-- has_table --
-- Whether any migration was ever applied here
select to_regclass('public.schema_migrations') is not null

-- create_table --
-- The list of applied migrations; created before the first one is applied
create table if not exists schema_migrations (
    version int primary key,
    name text not null,
    sha256 text not null,
    written_by text not null,
    applied_at timestamptz not null default now()
);
comment on table schema_migrations is 'Migrations that this database has, and the Gradeline version that applied each.';

-- applied --
-- Applied migrations in order
select version, name, sha256, written_by from schema_migrations order by version

-- record --
-- Store that a migration was applied
insert into schema_migrations (version, name, sha256, written_by)
values (%(version)s, %(name)s, %(sha256)s, %(written_by)s)

-- taken --
-- Which of these names are taken by tables or views
select relname::text from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    and relname = any(%(names)s)
order by relname

-- act_as --
-- Act as another role until the transaction ends; none = as the login
select set_config('role', %(role)s, true)

-- create_aside --
-- Make the schema for tables that were there before ours
create schema if not exists before_gradeline

-- move_aside --
-- Move a table there, with its rows, keys, sequences and rights
alter table public.{table} set schema before_gradeline

-- try_lock --
-- True when this connection may migrate the database; the lock ends with it
select pg_try_advisory_lock(7234917105)

-- lock --
-- Wait until this connection may migrate the database; the lock ends with it
select pg_advisory_lock(7234917105)
