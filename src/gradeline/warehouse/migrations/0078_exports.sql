-- Exports: documents that somebody asked for, the links to them, and who used these.

CREATE FUNCTION app_login() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT coalesce(current_setting('app.login', true), '') $$;
COMMENT ON FUNCTION app_login() IS 'Who asks, by name; empty when nothing was said';

CREATE TABLE report_exports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    status text NOT NULL DEFAULT 'pending' CHECK (
        status IN ('pending', 'processing', 'ready', 'failed', 'expired')
    ),
    origin text NOT NULL DEFAULT 'request' CHECK (origin IN ('request', 'delivery')),
    requested_by text NOT NULL CHECK (requested_by <> ''),
    principal jsonb NOT NULL DEFAULT '{}',
    group_id text,
    filters jsonb NOT NULL DEFAULT '{}',
    format text NOT NULL CHECK (format IN ('csv', 'pdf', 'xlsx', 'other')),
    language text NOT NULL,
    notify jsonb,
    notified_at timestamptz,
    idempotency_key text,
    request_digest text,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    fence bigint NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    touched_at timestamptz,
    rows_written bigint,
    ready_at timestamptz,
    expires_at timestamptz,
    storage_key text,
    file_name text,
    media_type text,
    size bigint,
    sha256 text,
    error text,
    UNIQUE (requested_by, idempotency_key),
    CHECK (status <> 'ready' OR num_nulls(storage_key, file_name, media_type, size, sha256, expires_at) = 0)
);
CREATE INDEX report_exports_open ON report_exports (requested_at) WHERE status IN ('pending', 'processing');
CREATE INDEX report_exports_ready ON report_exports (expires_at) WHERE status = 'ready';
CREATE INDEX report_exports_requests ON report_exports (requested_by, requested_at);
COMMENT ON TABLE report_exports IS 'Documents that somebody asked for, and those of messages that were too large for their channel';
COMMENT ON COLUMN report_exports.origin IS 'delivery: a document of a message, ready from the start';
COMMENT ON COLUMN report_exports.requested_by IS 'The login of whoever asked; of a delivery its recipient';
COMMENT ON COLUMN report_exports.principal IS 'What they were allowed to see: role, groups, scope';
COMMENT ON COLUMN report_exports.filters IS 'topic_ids, period from and to in school days, course_id, rows';
COMMENT ON COLUMN report_exports.notify IS 'Who is told once it is ready: channel and address; null = nobody';
COMMENT ON COLUMN report_exports.idempotency_key IS 'The client''s own name of the request: one effect per login and key';
COMMENT ON COLUMN report_exports.request_digest IS 'Of what was asked, so that the key is not used for something else';
COMMENT ON COLUMN report_exports.fence IS 'Grows with every try; who tries writes only while it is theirs';
COMMENT ON COLUMN report_exports.touched_at IS 'When the try last showed that it lives';
COMMENT ON COLUMN report_exports.expires_at IS 'From then on the file is gone';
COMMENT ON COLUMN report_exports.storage_key IS 'Where the file lies in the store';

CREATE TABLE exports_generated (
    format text PRIMARY KEY,
    total bigint NOT NULL CHECK (total > 0)
);
COMMENT ON TABLE exports_generated IS 'How many exports became ready, ever';

CREATE TABLE file_links (
    link_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    export_id uuid NOT NULL REFERENCES report_exports ON DELETE CASCADE,
    asker text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX file_links_valid ON file_links (export_id, asker) WHERE revoked_at IS NULL;
COMMENT ON TABLE file_links IS 'Signed links to files, each made for one person';
COMMENT ON COLUMN file_links.asker IS 'The login or the recipient that it was made for';

CREATE TABLE file_link_uses (
    link_id uuid NOT NULL REFERENCES file_links ON DELETE CASCADE,
    used_at timestamptz NOT NULL DEFAULT now(),
    request_id text NOT NULL
);
CREATE INDEX file_link_uses_link ON file_link_uses (link_id);
COMMENT ON TABLE file_link_uses IS 'Each time a link gave its file';
COMMENT ON COLUMN file_link_uses.request_id IS 'Of the request, as in the log';

ALTER TABLE recipients ADD COLUMN unsubscribed_at timestamptz;
COMMENT ON COLUMN recipients.unsubscribed_at IS 'Since when they want none of these messages, by the link in one of them';

SELECT
    protect_private_table('report_exports'),
    protect_private_table('file_links'),
    protect_private_table('file_link_uses'),
    protect_table('exports_generated');

CREATE POLICY app ON report_exports FOR SELECT TO gradeline_app USING (
    (SELECT app_role()) = 'admin'
    OR (requested_by = (SELECT app_login()) AND origin = 'request')
);

-- The functions below are the only ways by which entry points change these tables. They run as the
-- owner, whom row security binds as well.
CREATE POLICY functions ON report_exports TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY functions ON file_links TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY functions ON file_link_uses TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY functions ON recipients TO gradeline_owner USING (true) WITH CHECK (true);

CREATE FUNCTION request_export(wanted jsonb, hourly_limit integer)
RETURNS TABLE (outcome text, export_id uuid, remaining integer, reset_s double precision)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    caller text := public.app_login();
    known public.report_exports;
    at timestamptz;
    accepted integer;
BEGIN
    IF caller = '' THEN
        RAISE EXCEPTION 'nobody asks by name';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('gradeline exports ' || caller, 0));
    at := clock_timestamp();  -- after the wait for the lock, as the next in line counts from it
    SELECT count(*) INTO accepted FROM public.report_exports AS e
    WHERE e.requested_by = caller AND e.origin = 'request' AND e.requested_at > at - interval '1 hour';
    remaining := greatest(0, hourly_limit - accepted);
    SELECT e.* INTO known FROM public.report_exports AS e
    WHERE e.requested_by = caller AND e.idempotency_key = wanted ->> 'idempotency_key';
    IF known.id IS NOT NULL THEN
        export_id := known.id;
        outcome := CASE WHEN known.request_digest = wanted ->> 'request_digest' THEN 'known' ELSE 'other' END;
    ELSIF accepted >= hourly_limit THEN
        outcome := 'too-many';
    ELSE
        outcome := 'accepted';
        remaining := remaining - 1;
        INSERT INTO public.report_exports (
            requested_by, principal, group_id, filters, format, language, notify,
            idempotency_key, request_digest, requested_at
        )
        VALUES (
            caller, wanted -> 'principal', wanted ->> 'group_id', wanted -> 'filters',
            wanted ->> 'format', wanted ->> 'language', nullif(wanted -> 'notify', 'null'),
            wanted ->> 'idempotency_key', wanted ->> 'request_digest', at
        )
        RETURNING id INTO export_id;
    END IF;
    -- A place is free again when the oldest of those that fill the limit is an hour old.
    SELECT extract(epoch FROM e.requested_at + interval '1 hour' - at) INTO reset_s
    FROM public.report_exports AS e
    WHERE e.requested_by = caller AND e.origin = 'request' AND e.requested_at > at - interval '1 hour'
    ORDER BY e.requested_at DESC
    OFFSET CASE WHEN outcome = 'too-many' THEN hourly_limit - 1 ELSE 0 END
    LIMIT 1;
    reset_s := coalesce(reset_s, 0);
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION request_export(jsonb, integer) IS 'Stores an export that whoever asks by name wants, unless as many as the limit were stored within an hour';

CREATE FUNCTION link_to_export(wanted uuid, lives interval)
RETURNS TABLE (link_id uuid, asker text, sha256 text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
#variable_conflict use_column
DECLARE
    own text := public.app_login();
    found public.report_exports;
BEGIN
    SELECT e.* INTO found FROM public.report_exports AS e
    WHERE e.id = wanted AND e.status = 'ready' AND e.expires_at > now()
        AND (public.app_role() = 'admin' OR (e.requested_by = own AND e.origin = 'request'));
    IF found.id IS NULL OR own = '' THEN
        RETURN;
    END IF;
    INSERT INTO public.file_links AS l (export_id, asker, expires_at)
    VALUES (wanted, own, least(found.expires_at, now() + lives))
    ON CONFLICT (export_id, asker) WHERE revoked_at IS NULL
    DO UPDATE SET expires_at = excluded.expires_at WHERE l.expires_at <= now();
    RETURN QUERY
    SELECT l.link_id, l.asker, found.sha256, l.expires_at FROM public.file_links AS l
    WHERE l.export_id = wanted AND l.asker = own AND l.revoked_at IS NULL;
END
$$;
COMMENT ON FUNCTION link_to_export(uuid, interval) IS 'The link of whoever asks to an export of theirs that is ready; made where there is none';

CREATE FUNCTION revoke_export(wanted uuid, its_file boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM public.report_exports AS e
    WHERE e.id = wanted
        AND (
            public.app_role() = 'admin'
            OR (e.requested_by = public.app_login() AND e.origin = 'request')
        )
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE public.file_links AS l SET revoked_at = now()
    WHERE l.export_id = wanted AND l.revoked_at IS NULL;
    IF its_file THEN
        UPDATE public.report_exports AS e
        SET
            expires_at = least(e.expires_at, now()),
            status = CASE WHEN e.status = 'ready' THEN 'ready' ELSE 'expired' END,
            fence = e.fence + 1
        WHERE e.id = wanted AND e.status <> 'expired';
    END IF;
    RETURN true;
END
$$;
COMMENT ON FUNCTION revoke_export(uuid, boolean) IS 'Ends all links to an export of whoever asks, and its file if wanted; false = there is none such';

CREATE FUNCTION find_link(wanted uuid)
RETURNS TABLE (
    export_id uuid, asker text, expires_at timestamptz, revoked_at timestamptz,
    status text, file_expires_at timestamptz, storage_key text, file_name text, media_type text,
    sha256 text
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT
        l.export_id, l.asker, l.expires_at, l.revoked_at, e.status, e.expires_at, e.storage_key,
        e.file_name, e.media_type, e.sha256
    FROM public.file_links AS l
    JOIN public.report_exports AS e ON e.id = l.export_id
    WHERE l.link_id = wanted
$$;
COMMENT ON FUNCTION find_link(uuid) IS 'What the signature of a link covers, and the file that it gives';

CREATE FUNCTION use_link(wanted uuid, request text) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$ INSERT INTO public.file_link_uses (link_id, request_id) VALUES (wanted, request) $$;
COMMENT ON FUNCTION use_link(uuid, text) IS 'Records that a link gave its file';

CREATE FUNCTION find_subscription(wanted bigint)
RETURNS TABLE (what text, language text, is_unsubscribed boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT r.what, r.language, r.unsubscribed_at IS NOT NULL
    FROM public.recipients AS r WHERE r.recipient_id = wanted
$$;
COMMENT ON FUNCTION find_subscription(bigint) IS 'What the page to unsubscribe shows of a recipient, whose link was verified';

CREATE FUNCTION unsubscribe(wanted bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    UPDATE public.recipients SET unsubscribed_at = now()
    WHERE recipient_id = wanted AND unsubscribed_at IS NULL
$$;
COMMENT ON FUNCTION unsubscribe(bigint) IS 'Ends the messages to a recipient, whose link was verified';

REVOKE EXECUTE ON FUNCTION request_export(jsonb, integer) FROM public;
REVOKE EXECUTE ON FUNCTION link_to_export(uuid, interval) FROM public;
REVOKE EXECUTE ON FUNCTION revoke_export(uuid, boolean) FROM public;
REVOKE EXECUTE ON FUNCTION find_link(uuid) FROM public;
REVOKE EXECUTE ON FUNCTION use_link(uuid, text) FROM public;
REVOKE EXECUTE ON FUNCTION find_subscription(bigint) FROM public;
REVOKE EXECUTE ON FUNCTION unsubscribe(bigint) FROM public;
GRANT EXECUTE ON FUNCTION
    request_export(jsonb, integer),
    link_to_export(uuid, interval),
    revoke_export(uuid, boolean),
    find_link(uuid),
    use_link(uuid, text),
    find_subscription(bigint),
    unsubscribe(bigint)
TO gradeline_app;
