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

-- try_lock --
-- True when this connection may migrate the database; the lock ends with it
select pg_try_advisory_lock(7234917105)

-- lock --
-- Wait until this connection may migrate the database; the lock ends with it
select pg_advisory_lock(7234917105)
