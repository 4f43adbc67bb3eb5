-- Properties of people: what became of moving them into their two tables.

-- Sources bring rows that are migrated, or have nobody: this indexes what was posted, and costs
-- loading nothing.
CREATE INDEX tmp_user_properties_waiting ON tmp_user_properties (slice_id)
WHERE NOT migrated AND ehr_id IS NOT NULL;

CREATE TABLE transform_reports (
    report_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    source text NOT NULL CHECK (source IN ('all', 'amplitude', 'appmetrica', 'posted')),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'done', 'failed')),
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    slices bigint NOT NULL DEFAULT 0 CHECK (slices >= 0),
    migrated bigint NOT NULL DEFAULT 0 CHECK (migrated >= 0),
    permanent bigint NOT NULL DEFAULT 0 CHECK (permanent >= 0),
    changeable bigint NOT NULL DEFAULT 0 CHECK (changeable >= 0),
    left_rows jsonb NOT NULL DEFAULT '{}',
    error text,
    CHECK ((status IN ('done', 'failed')) = (ended_at IS NOT NULL))
);
CREATE INDEX transform_reports_pending ON transform_reports (asked_at) WHERE status = 'pending';
COMMENT ON TABLE transform_reports IS 'What became of moving user properties into their two tables';
COMMENT ON COLUMN transform_reports.slices IS 'Slices whose rows were moved';
COMMENT ON COLUMN transform_reports.migrated IS 'Rows of tmp_user_properties that were moved';
COMMENT ON COLUMN transform_reports.permanent IS 'Rows of permanent_user_properties that were written';
COMMENT ON COLUMN transform_reports.changeable IS 'Rows of changeable_user_properties that were written';
COMMENT ON COLUMN transform_reports.left_rows IS 'Why → how many rows of tmp_user_properties were left';

SELECT protect_table('transform_reports'), show_to_warehouse_readers('transform_reports');
-- The function below acts as the owner, whom FORCE binds.
CREATE POLICY owner ON transform_reports FOR INSERT TO gradeline_owner WITH CHECK (true);
CREATE POLICY owner_reads ON transform_reports FOR SELECT TO gradeline_owner USING (true);

-- Entry points ask for a transform, and change nothing themselves.
CREATE FUNCTION ask_transform(wanted text, login text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
INSERT INTO public.transform_reports (source, asked_by) VALUES (wanted, login) RETURNING report_id
$$;
COMMENT ON FUNCTION ask_transform(text, text) IS 'Asks for a transform of user properties; the id of its report';
REVOKE ALL ON FUNCTION ask_transform(text, text) FROM public;
GRANT EXECUTE ON FUNCTION ask_transform(text, text) TO gradeline_app, gradeline_loader;
