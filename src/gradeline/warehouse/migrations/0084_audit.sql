-- Audit: who wrote what through the entry points, and who read much at once.

CREATE TABLE audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL DEFAULT now(),
    login text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    subject text NOT NULL,
    rows bigint CHECK (rows >= 0),
    request_id text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_happened_at ON audit (happened_at);
COMMENT ON TABLE audit IS 'Who wrote what through the entry points, and who read much at once';
COMMENT ON COLUMN audit.login IS 'As the sign-in names them; empty = a token without a name';
COMMENT ON COLUMN audit.action IS 'What was done: read, post, export, upload …';
COMMENT ON COLUMN audit.subject IS 'What it was done to: a table, the key of a file, a system';
COMMENT ON COLUMN audit.rows IS 'How many rows, records or files; null = not counted';
COMMENT ON COLUMN audit.request_id IS 'As in the answer and in each line of the log';

SELECT protect_private_table('audit');
CREATE POLICY app ON audit FOR SELECT TO gradeline_app USING ((SELECT app_role()) = 'admin');
-- The function below acts as the owner, whom FORCE binds.
CREATE POLICY owner ON audit FOR INSERT TO gradeline_owner WITH CHECK (true);

-- Entry points add rows and change none: whoever could would not be in it.
CREATE FUNCTION note_audit(
    login text, action text, subject text, rows bigint, request_id text, detail jsonb
) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
INSERT INTO public.audit (login, action, subject, rows, request_id, detail)
VALUES (login, action, subject, rows, request_id, detail)
$$;
COMMENT ON FUNCTION note_audit(text, text, text, bigint, text, jsonb) IS 'Adds a row to the audit';
REVOKE ALL ON FUNCTION note_audit(text, text, text, bigint, text, jsonb) FROM public;
GRANT EXECUTE ON FUNCTION note_audit(text, text, text, bigint, text, jsonb)
TO gradeline_app, gradeline_loader;
