-- The roles of Gradeline. {login} and {database} are filled in as identifiers.

-- audit --
-- What the current login may do, and which of our roles are missing or incomplete
select
    current_user::text as login,
    current_database()::text as database,
    me.rolsuper as superuser,
    me.rolcreaterole or me.rolsuper as creates_roles,
    pg_has_role(current_user, d.datdba, 'USAGE') as owns_database,
    array(
        select r from unnest(%(roles)s::text[]) as r
        where not exists (select from pg_roles where rolname = r)
    ) as missing,
    -- MEMBER is also true for a right to administer, so ask for the right to act (SET) where
    -- the server knows it (16 and later).
    array(
        select rolname::text from pg_roles
        where rolname = any(%(roles)s::text[])
          and not pg_has_role(
              current_user, oid,
              case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end
          )
    ) as foreign,
    array(
        select rolname::text from pg_roles
        where rolname in ('gradeline_loader', 'gradeline_backup') and not rolbypassrls
        order by rolname
    ) as bound,
    array(
        select rolname::text from pg_roles
        where rolname = any(%(roles)s::text[]) and not rolcanlogin
    ) as locked,
    has_database_privilege('public', current_database(), 'TEMPORARY')
        or has_function_privilege('public', 'pg_catalog.lo_create(oid)', 'EXECUTE')
        or has_function_privilege('public', 'pg_catalog.pg_advisory_lock(bigint)', 'EXECUTE')
        as exposed,
    not coalesce(
        (
            select has_schema_privilege(oid, 'public', 'CREATE')
                and has_database_privilege(oid, current_database(), 'CREATE')
            from pg_roles where rolname = 'gradeline_owner'
        ),
        false
    ) as unprepared
from pg_roles as me
join pg_database as d on d.datname = current_database()
where me.rolname = current_user

-- create_roles --
-- Create the roles that are missing; none can log in until it is given a password
do $roles$
declare
    wanted text;
begin
    foreach wanted in array array[
        'gradeline_owner', 'gradeline_app', 'gradeline_loader', 'gradeline_backup', 'gradeline_reader'
    ] loop
        if not exists (select from pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
end
$roles$;

-- grant_roles --
-- Let the login act as each of the roles
grant gradeline_owner, gradeline_app, gradeline_loader, gradeline_backup, gradeline_reader to {login};

-- grant_database --
-- Let the owner role create our tables in this database, and the loader temporary tables
grant create on database {database} to gradeline_owner;
grant temporary on database {database} to gradeline_loader;
grant connect on database {database}
    to gradeline_owner, gradeline_app, gradeline_loader, gradeline_backup, gradeline_reader;
grant create, usage on schema public to gradeline_owner;
grant usage on schema public to gradeline_app, gradeline_loader, gradeline_backup, gradeline_reader;

-- bypass --
-- Let loading and backups bypass row security, which allows COPY straight into the tables
alter role gradeline_loader bypassrls;
alter role gradeline_backup bypassrls;

-- set_password --
-- Let a role log in with this password, or the hash of one
alter role {role} login password {password}

-- close_database --
-- Temporary tables are the loader's alone
revoke temporary on database {database} from public;
grant temporary on database {database} to gradeline_owner, gradeline_loader

-- close_functions --
-- Nobody else makes large objects, which stay, or takes the advisory locks that runs wait for
do $functions$
declare
    called regprocedure;
begin
    for called in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and (
              proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lowrite', 'lo_truncate', 'lo_truncate64')
              or proname like 'pg\_advisory\_%' or proname like 'pg\_try\_advisory\_%'
          )
    loop
        execute format('revoke execute on function %s from public', called);
        execute format('grant execute on function %s to gradeline_owner, gradeline_loader', called);
    end loop;
end
$functions$;

-- lock --
-- Wait until no other process creates roles from this database; ends with the connection
select pg_advisory_lock(7234917104)
