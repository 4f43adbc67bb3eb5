-- The eight tables of product events over HTTP: who may read them, and ids of rows of history.

CREATE FUNCTION app_warehouse() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT coalesce(current_setting('app.warehouse', true), '') $$;
COMMENT ON FUNCTION app_warehouse() IS 'What whoever asks may do to product tables: read, write; empty = nothing.';

-- Entry points write none of them: what is posted comes in as a slice, by loading.
CREATE FUNCTION show_to_warehouse_readers(shown regclass) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY warehouse ON %s FOR SELECT TO gradeline_app'
        ' USING ((SELECT app_warehouse()) IN (''read'', ''write''))', shown
    );
END
$$;
COMMENT ON FUNCTION show_to_warehouse_readers(regclass) IS 'Lets those read a table who may read the warehouse.';

SELECT
    show_to_warehouse_readers('events_part'),
    show_to_warehouse_readers('technical_data'),
    show_to_warehouse_readers('user_locations'),
    show_to_warehouse_readers('tmp_event_properties'),
    show_to_warehouse_readers('tmp_user_properties'),
    show_to_warehouse_readers('mobile_devices'),
    show_to_warehouse_readers('permanent_user_properties'),
    show_to_warehouse_readers('changeable_user_properties');

-- The same in every database, so that rows can be compared.
ALTER TABLE changeable_user_properties ADD COLUMN uuid uuid NOT NULL GENERATED ALWAYS AS (
    md5(ehr_id || '@' || extract(EPOCH FROM changed_at AT TIME ZONE 'UTC')::text)::uuid
) STORED;
COMMENT ON COLUMN changeable_user_properties.uuid IS 'The id of the row: made from ehr_id and changed_at';
