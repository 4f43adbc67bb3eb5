-- Row security: who sees which rows.
--
-- A migration gives a table row security with one line after it made the table:
--
--     select protect_table('grader_attempts');                      -- the doors: admins only
--     select protect_table('memberships', 'group_id');              -- the doors: own groups, admins all
--
-- which means: ENABLE and FORCE row security; `gradeline_loader` may do everything;
-- `gradeline_backup` and `gradeline_reader` read everything; `gradeline_app`, whom all doors act
-- as, sees (and may only write) rows of the groups in `app.groups`, or all where `app.role` is
-- admin. A door sets both inside the request's transaction only:
--
--     select set_config('app.role', 'teacher', true), set_config('app.groups', '["g1","g2"]', true)
--
-- (`app.groups` is a JSON array of group ids.) What is missing or malformed gives no rows.
-- FORCE binds the owner as well: a migration that has to change rows of a protected table says
-- `alter table t no force row level security` before and `force` after. Grants are not its
-- business: queries/grants.sql gives them after every run.

create function app_groups() returns text[]
language plpgsql stable parallel restricted
set search_path = pg_catalog
as $$
begin
    return coalesce(
        (
            select array_agg(value)
            from jsonb_array_elements_text(nullif(current_setting('app.groups', true), '')::jsonb)
        ),
        '{}'
    );
exception
    when data_exception then return '{}';
end
$$;
comment on function app_groups() is 'Groups that whoever asks may see; empty when nothing was said.';

create function app_role() returns text
language sql stable parallel safe
set search_path = pg_catalog
as $$ select coalesce(current_setting('app.role', true), '') $$;
comment on function app_role() is 'Role of whoever asks: admin, teacher, ...; empty when nothing was said.';

create function protect_table(protected regclass, group_column name default null) returns void
language plpgsql
as $$
declare
    rows_of_app text := '(select app_role()) = ''admin''';
begin
    if group_column is not null then
        rows_of_app := rows_of_app || format(' or %I = any((select app_groups())::text[])', group_column);
    end if;
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format('create policy loader on %s to gradeline_loader using (true) with check (true)', protected);
    execute format('create policy readers on %s for select to gradeline_backup, gradeline_reader using (true)', protected);
    execute format('create policy app on %s to gradeline_app using (%s) with check (%2$s)', protected, rows_of_app);
end
$$;
comment on function protect_table(regclass, name) is 'Gives a table row security as all our tables have it.';
