-- How each of our connections begins.

-- set_up --
-- Act as a role (none = as the login), in UTC, in our schema, without notices
select
    set_config('role', %(role)s, false),
    set_config('TimeZone', 'UTC', false),
    set_config('DateStyle', 'ISO, YMD', false),
    set_config('IntervalStyle', 'postgres', false),
    set_config('search_path', 'public', false),
    set_config('client_min_messages', 'warning', false),
    set_config('client_encoding', 'UTF8', false)

-- entry --
-- Why the session of an entry point could leave row security; no row where it could not
select case
        when session_user <> %(role)s then 'the session is ' || session_user || ' there'
        when me.rolsuper then 'it is a superuser'
        when me.rolbypassrls then 'it bypasses row security'
        when me.rolcreaterole or me.rolcreatedb or me.rolreplication then 'it may create roles or databases'
        when exists (select from pg_class where relowner = me.oid) then 'it owns tables'
        else 'it may act as ' || other.rolname
    end
from pg_roles as me
left join pg_roles as other
    on other.oid <> me.oid and pg_has_role(session_user, other.oid, 'MEMBER')
        and (other.rolname like 'gradeline\_%%' or other.rolsuper or other.rolbypassrls)
where me.rolname = session_user
  and (
      session_user <> %(role)s or me.rolsuper or me.rolbypassrls or me.rolcreaterole or me.rolcreatedb
      or me.rolreplication or other.oid is not null or exists (select from pg_class where relowner = me.oid)
  )
limit 1

-- show_only --
-- Let row security show what one principal may see, until the transaction ends
select
    set_config('app.role', %(role)s, true),
    set_config('app.groups', %(groups)s, true),
    set_config('app.learner', %(learner)s, true),
    set_config('app.courses', %(courses)s, true),
    set_config('app.login', %(login)s, true),
    set_config('app.warehouse', %(warehouse)s, true)

-- one_moment --
-- Let everything that the transaction reads be of one moment
set transaction isolation level repeatable read

-- known_courses --
-- The ids of all courses
select known_courses()

-- database_exists --
-- Whether the server has a database of that name
select exists (select from pg_database where datname = %(name)s)

-- drop_database --
-- Delete a database, whoever is connected to it. {database} is filled in
drop database if exists {database} with (force)

-- clock --
-- The server's time
select clock_timestamp()

-- about_server --
-- What is checked first: version, encoding, whether the server takes writes
select
    current_setting('server_version_num')::int as version,
    current_setting('server_version') as version_text,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as standby

-- process --
-- The process of the server that works for this connection
select pg_backend_pid()

-- reader --
-- Who a session is, and whether it takes no writes
select current_user::text, current_setting('transaction_read_only')

-- discard --
-- Reset everything that a pooled connection's last user may have left: role, settings, locks
DISCARD ALL

-- next_transaction --
-- A number that grows with every transaction that wrote something
select pg_snapshot_xmax(pg_current_snapshot())::text::bigint
