-- Rights on what migrations created; run as the owner after migrations, safe to repeat.

-- grant_all --
-- Loader reads and writes, backup and reader read, entry points read tables with row security.
-- Views are not for entry points: what a view joins they see by its own policy, so it could lack
-- parts and give wrong rows. A table of secrets or addresses names neither in a policy: both are
-- refused there, and do not meet a table that looks empty.
do $grants$
declare
    thing record;
begin
    for thing in
        select
            c.oid::regclass as name,
            c.relkind = 'S' as sequence,
            c.relname = 'schema_migrations' as ours_alone,
            c.relrowsecurity and c.relforcerowsecurity as protected,
            array(
                select unnest(p.polroles) from pg_policy as p where p.polrelid = c.oid
            ) as named
        from pg_class as c
        where c.relnamespace = 'public'::regnamespace
          and pg_get_userbyid(c.relowner) = current_user
          and c.relkind in ('r', 'p', 'v', 'm', 'S')
    loop
        if thing.sequence then
            execute format('grant usage, select, update on sequence %s to gradeline_loader', thing.name);
            execute format('grant select on sequence %s to gradeline_backup, gradeline_reader', thing.name);
            continue;
        end if;
        execute format('grant select on %s to gradeline_loader, gradeline_backup, gradeline_reader', thing.name);
        if thing.protected and not 'gradeline_reader'::regrole = any(thing.named) then
            execute format('revoke all on %s from gradeline_reader', thing.name);
        end if;
        if not thing.ours_alone then
            execute format('grant insert, update, delete, truncate on %s to gradeline_loader', thing.name);
        end if;
        if thing.protected and 'gradeline_app'::regrole = any(thing.named) then
            execute format('grant select on %s to gradeline_app', thing.name);
        else
            execute format('revoke all on %s from gradeline_app', thing.name);
        end if;
    end loop;
end
$grants$;
alter default privileges in schema public grant select on tables to gradeline_backup, gradeline_reader;
alter default privileges in schema public
    grant select, insert, update, delete, truncate on tables to gradeline_loader;
alter default privileges in schema public grant usage, select, update on sequences to gradeline_loader;
alter default privileges in schema public grant select on sequences to gradeline_backup;
