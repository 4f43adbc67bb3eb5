-- What all migrations add up to. Written by `make docs` (docs/build_schema.py).

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.allow_bot(written regclass) RETURNS void
    LANGUAGE plpgsql
    AS $_$
DECLARE
    own text := '(SELECT app_chat()) IS NOT NULL AND client_id = (SELECT app_client())';
BEGIN
    EXECUTE format('CREATE POLICY bot_adds ON %s FOR INSERT TO gradeline_app WITH CHECK (%s)', written, own);
    EXECUTE format('CREATE POLICY bot_changes ON %s FOR UPDATE TO gradeline_app USING (%s) WITH CHECK (%2$s)', written, own);
    EXECUTE format('GRANT INSERT, UPDATE ON %s TO gradeline_app', written);
END
$_$;

COMMENT ON FUNCTION public.allow_bot(written regclass) IS 'Lets the bot write the rows of the learner whose chat it answers';

CREATE FUNCTION public.app_chat() RETURNS bigint
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RETURN CASE WHEN public.app_role() = 'learner' THEN nullif(current_setting('app.chat', true), '')::bigint END;
EXCEPTION
    WHEN data_exception THEN RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.app_chat() IS 'The chat that the bot answers; null = it is not the bot who asks';

CREATE FUNCTION public.app_client() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT c.client_id FROM public.client_info AS c
    WHERE c.chat_id = public.app_chat() OR c.learner_id = public.app_learner()
    LIMIT 1
$$;

COMMENT ON FUNCTION public.app_client() IS 'The learner of the bot who asks; null = it is none';

CREATE FUNCTION public.app_courses() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT CASE
        WHEN coalesce(current_setting('app.courses', true), '') <> '' THEN public.app_list('app.courses')
    END
$$;

COMMENT ON FUNCTION public.app_courses() IS 'The only courses that whoever asks may see; null = all.';

CREATE FUNCTION public.app_groups() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$ SELECT CASE WHEN public.app_role() = 'curator' THEN public.app_list('app.groups') ELSE '{}' END $$;

COMMENT ON FUNCTION public.app_groups() IS 'Groups whose learners whoever asks may see: those of a curator, nobody else''s.';

CREATE FUNCTION public.app_learner() RETURNS text
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$ SELECT CASE WHEN public.app_role() = 'learner' THEN nullif(current_setting('app.learner', true), '') END $$;

COMMENT ON FUNCTION public.app_learner() IS 'The learner who asks; null = it is none.';

CREATE FUNCTION public.app_list(setting text) RETURNS text[]
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    RETURN coalesce(
        (
            SELECT array_agg(value)
            FROM jsonb_array_elements_text(nullif(current_setting(setting, true), '')::jsonb)
        ),
        '{}'
    );
EXCEPTION
    WHEN data_exception THEN RETURN '{}';
END
$$;

COMMENT ON FUNCTION public.app_list(setting text) IS 'The texts of a setting that is a JSON list; empty when nothing was said.';

CREATE FUNCTION public.app_login() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT coalesce(current_setting('app.login', true), '') $$;

COMMENT ON FUNCTION public.app_login() IS 'Who asks, by name; empty when nothing was said';

CREATE FUNCTION public.app_only_groups() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT CASE
        WHEN coalesce(current_setting('app.groups', true), '') NOT IN ('', '[]') THEN public.app_list('app.groups')
    END
$$;

COMMENT ON FUNCTION public.app_only_groups() IS 'The only groups that a reader sees figures of; null = all.';

CREATE FUNCTION public.app_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ select coalesce(current_setting('app.role', true), '') $$;

COMMENT ON FUNCTION public.app_role() IS 'Role of whoever asks: admin, teacher, ...; empty when nothing was said.';

CREATE FUNCTION public.app_sees_vocabulary() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT public.app_courses() IS NULL
        OR EXISTS (SELECT FROM unnest(public.app_courses()) AS c (course_id) WHERE course_id LIKE 'vocabulary/%')
$$;

COMMENT ON FUNCTION public.app_sees_vocabulary() IS 'Whether the courses of whoever asks include those of the bot';

CREATE FUNCTION public.app_warehouse() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT coalesce(current_setting('app.warehouse', true), '') $$;

COMMENT ON FUNCTION public.app_warehouse() IS 'What whoever asks may do to product tables: read, write; empty = nothing.';

CREATE FUNCTION public.ask_transform(wanted text, login text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
INSERT INTO public.transform_reports (source, asked_by) VALUES (wanted, login) RETURNING report_id
$$;

COMMENT ON FUNCTION public.ask_transform(wanted text, login text) IS 'Asks for a transform of user properties; the id of its report';

CREATE FUNCTION public.confirm_consent(wanted bigint, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    UPDATE public.client_info AS c SET consent_at = at, consent_by = public.app_login()
    WHERE c.client_id = wanted AND c.stopped_at IS NULL AND public.app_login() <> ''
        AND (
            public.app_role() = 'admin'
            OR EXISTS (
                SELECT FROM public.client_groups AS g
                WHERE g.client_id = wanted AND g.group_id = ANY(public.app_groups())
            )
        );
    RETURN FOUND;
END
$$;

COMMENT ON FUNCTION public.confirm_consent(wanted bigint, at timestamp with time zone) IS 'Notes that the curator who asks confirmed the consent for a learner of an own group';

CREATE FUNCTION public.course_outlines() RETURNS TABLE(course_id text, title text, starts_on date, ends_on date, today date, due bigint, items jsonb, topic_titles jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
SELECT
    c.course_id, c.figures ->> 'title', (c.figures ->> 'starts_on')::date,
    (c.figures ->> 'ends_on')::date, (c.figures ->> 'today')::date,
    (c.figures -> 'plan' ->> 'due')::bigint,
    coalesce(
        (
            SELECT jsonb_agg(
                jsonb_build_object(
                    'item_id', i -> 'item_id', 'title', i -> 'title', 'topic_id', i -> 'topic_id',
                    'level_id', i -> 'level_id', 'kind', i -> 'kind', 'due_on', i -> 'due_on',
                    'weight', i -> 'weight'
                )
                ORDER BY place
            )
            FROM jsonb_array_elements(c.figures -> 'item_standings') WITH ORDINALITY AS e(i, place)
        ),
        '[]'
    ),
    coalesce(c.figures -> 'topic_titles', '{}')
FROM public.course_figures AS c
WHERE
    (public.app_courses() IS NULL OR c.course_id = ANY(public.app_courses()))
    AND CASE public.app_role()
        WHEN 'admin' THEN true
        WHEN 'reader' THEN true
        WHEN 'curator' THEN EXISTS (
            SELECT FROM public.group_figures AS g
            WHERE g.course_id = c.course_id AND g.group_id = ANY(public.app_groups())
        )
        ELSE false
    END
$$;

COMMENT ON FUNCTION public.course_outlines() IS 'What each course that whoever asks sees something of consists of: its days, and its items by name; no figures';

CREATE FUNCTION public.epoch_us(at timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((EXTRACT(epoch FROM at) * (1000000)::numeric))::bigint;

COMMENT ON FUNCTION public.epoch_us(at timestamp with time zone) IS 'Microseconds since 1970';

CREATE FUNCTION public.find_link(wanted uuid) RETURNS TABLE(export_id uuid, asker text, expires_at timestamp with time zone, revoked_at timestamp with time zone, status text, file_expires_at timestamp with time zone, storage_key text, file_name text, media_type text, sha256 text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT
        l.export_id, l.asker, l.expires_at, l.revoked_at, e.status, e.expires_at, e.storage_key,
        e.file_name, e.media_type, e.sha256
    FROM public.file_links AS l
    JOIN public.report_exports AS e ON e.id = l.export_id
    WHERE l.link_id = wanted
$$;

COMMENT ON FUNCTION public.find_link(wanted uuid) IS 'What the signature of a link covers, and the file that it gives';

CREATE FUNCTION public.find_subscription(wanted bigint) RETURNS TABLE(what text, language text, is_unsubscribed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT r.what, r.language, r.unsubscribed_at IS NOT NULL
    FROM public.recipients AS r WHERE r.recipient_id = wanted
$$;

COMMENT ON FUNCTION public.find_subscription(wanted bigint) IS 'What the page to unsubscribe shows of a recipient, whose link was verified';

CREATE FUNCTION public.join_group(wanted text, at timestamp with time zone) RETURNS TABLE(group_id text, name text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
#variable_conflict use_column
DECLARE
    found public.group_codes;
    own bigint := public.app_client();
BEGIN
    SELECT c.* INTO found FROM public.group_codes AS c
    WHERE c.code = wanted AND (c.expires_at IS NULL OR c.expires_at > at);
    IF found.code IS NULL OR own IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO public.client_groups (client_id, group_id, joined_at) VALUES (own, found.group_id, at)
    ON CONFLICT DO NOTHING;
    group_id := found.group_id;
    name := found.name;
    RETURN NEXT;
END
$$;

COMMENT ON FUNCTION public.join_group(wanted text, at timestamp with time zone) IS 'Lets the learner who asks join the group of a code; no row = there is none, or it expired';

CREATE FUNCTION public.known_courses() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ SELECT course_id FROM public.course_keys WHERE course_id <> '' $$;

COMMENT ON FUNCTION public.known_courses() IS 'The ids of all courses, to find those that a scope names.';

CREATE FUNCTION public.link_to_export(wanted uuid, lives interval) RETURNS TABLE(link_id uuid, asker text, sha256 text, expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
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

COMMENT ON FUNCTION public.link_to_export(wanted uuid, lives interval) IS 'The link of whoever asks to an export of theirs that is ready; made where there is none';

CREATE FUNCTION public.may_look_after(wanted_group text, wanted_course text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog'
    AS $$
    SELECT
        CASE public.app_role()
            WHEN 'admin' THEN true
            WHEN 'curator' THEN wanted_group = ANY(public.app_groups())
            ELSE false
        END
        AND (public.app_courses() IS NULL OR wanted_course = ANY(public.app_courses()))
$$;

COMMENT ON FUNCTION public.may_look_after(wanted_group text, wanted_course text) IS 'Whether whoever asks looks after a group of a course';

CREATE FUNCTION public.note_audit(login text, action text, subject text, rows bigint, request_id text, detail jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
INSERT INTO public.audit (login, action, subject, rows, request_id, detail)
VALUES (login, action, subject, rows, request_id, detail)
$$;

COMMENT ON FUNCTION public.note_audit(login text, action text, subject text, rows bigint, request_id text, detail jsonb) IS 'Adds a row to the audit';

CREATE FUNCTION public.note_contact(wanted jsonb) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
INSERT INTO public.contacts (learner_id, course_id, group_id, kind, reasons, note, quiet_until, noted_by)
SELECT
    p.learner_id, p.course_id, wanted ->> 'group_id', wanted ->> 'kind', p.at_risk, wanted ->> 'note',
    (wanted ->> 'quiet_until')::date, public.app_login()
FROM public.progress_summary AS p
WHERE p.learner_id = wanted ->> 'learner_id' AND p.course_id = wanted ->> 'course_id'
    AND wanted ->> 'group_id' = ANY(p.group_ids)
    AND public.may_look_after(wanted ->> 'group_id', p.course_id)
RETURNING contact_id
$$;

COMMENT ON FUNCTION public.note_contact(wanted jsonb) IS 'Notes what whoever asks did about a learner of a group that they look after; null = of no such group';

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

ALTER TABLE ONLY public.procrastinate_jobs FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.procrastinate_jobs IS 'Jobs that wait, run or failed; those that succeeded are deleted';

COMMENT ON COLUMN public.procrastinate_jobs.args IS 'The arguments of the job, as jobs/names.py declares them';

COMMENT ON COLUMN public.procrastinate_jobs.attempts IS 'With worker_id: who holds the job; it grows whenever the job goes back to the queue';

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.protect_client_table(protected regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY app ON %s FOR SELECT TO gradeline_app USING (
            CASE (SELECT app_role())
                WHEN ''admin'' THEN (SELECT app_sees_vocabulary())
                WHEN ''curator'' THEN client_id IN (SELECT g.client_id FROM client_groups AS g)
                WHEN ''learner'' THEN client_id = (SELECT app_client())
                ELSE false
            END
        )',
        protected
    );
END
$$;

COMMENT ON FUNCTION public.protect_client_table(protected regclass) IS 'Shows entry points the rows of a learner of the bot: themselves, their curators, administrators';

CREATE FUNCTION public.protect_private_table(protected regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('CREATE POLICY loader ON %s TO gradeline_loader USING (true) WITH CHECK (true)', protected);
    EXECUTE format('CREATE POLICY backup ON %s FOR SELECT TO gradeline_backup USING (true)', protected);
END
$$;

COMMENT ON FUNCTION public.protect_private_table(protected regclass) IS 'Gives a table row security under which only runs and backups see its rows';

CREATE FUNCTION public.protect_table(protected regclass, group_column name DEFAULT NULL::name) RETURNS void
    LANGUAGE plpgsql
    AS $_$
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
$_$;

COMMENT ON FUNCTION public.protect_table(protected regclass, group_column name) IS 'Gives a table row security as all our tables have it.';

CREATE FUNCTION public.request_export(wanted jsonb, hourly_limit integer) RETURNS TABLE(outcome text, export_id uuid, remaining integer, reset_s double precision)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
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

COMMENT ON FUNCTION public.request_export(wanted jsonb, hourly_limit integer) IS 'Stores an export that whoever asks by name wants, unless as many as the limit were stored within an hour';

CREATE FUNCTION public.revoke_export(wanted uuid, its_file boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
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

COMMENT ON FUNCTION public.revoke_export(wanted uuid, its_file boolean) IS 'Ends all links to an export of whoever asks, and its file if wanted; false = there is none such';

CREATE FUNCTION public.sha256(told text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT encode(sha256(convert_to(told, 'UTF8')), 'hex') $$;

COMMENT ON FUNCTION public.sha256(told text) IS 'The SHA-256 of a text in UTF-8, in hex';

CREATE FUNCTION public.short_key(id text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$ SELECT left(md5(id), 16) $$;

COMMENT ON FUNCTION public.short_key(id text) IS 'A short name of an id that is the same always, for addresses in which the id cannot stand';

CREATE FUNCTION public.show_to_warehouse_readers(shown regclass) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY warehouse ON %s FOR SELECT TO gradeline_app'
        ' USING ((SELECT app_warehouse()) IN (''read'', ''write''))', shown
    );
END
$$;

COMMENT ON FUNCTION public.show_to_warehouse_readers(shown regclass) IS 'Lets those read a table who may read the warehouse.';

CREATE FUNCTION public.stop_client(at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    UPDATE public.client_info AS c
    SET stopped_at = at, chat_id = NULL, name = NULL, username = NULL, remind_at = NULL
    WHERE c.client_id = public.app_client();
    RETURN FOUND;
END
$$;

COMMENT ON FUNCTION public.stop_client(at timestamp with time zone) IS 'Deletes what identifies the learner who asks; the worker erases the rest';

CREATE FUNCTION public.undo_contact(wanted bigint) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
WITH undone AS (
    UPDATE public.contacts SET undone_at = now()
    WHERE contact_id = wanted AND undone_at IS NULL AND public.may_look_after(group_id, course_id)
    RETURNING 1
)
SELECT exists(SELECT FROM undone)
$$;

COMMENT ON FUNCTION public.undo_contact(wanted bigint) IS 'Takes back what was noted of a group that whoever asks looks after; false = there is none such';

CREATE FUNCTION public.unsubscribe(wanted bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    UPDATE public.recipients SET unsubscribed_at = now()
    WHERE recipient_id = wanted AND unsubscribed_at IS NULL
$$;

COMMENT ON FUNCTION public.unsubscribe(wanted bigint) IS 'Ends the messages to a recipient, whose link was verified';

CREATE FUNCTION public.use_link(wanted uuid, request text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ INSERT INTO public.file_link_uses (link_id, request_id) VALUES (wanted, request) $$;

COMMENT ON FUNCTION public.use_link(wanted uuid, request text) IS 'Records that a link gave its file';

CREATE TABLE public.events_part (
    uuid uuid NOT NULL,
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    app bigint,
    event_type text NOT NULL,
    event_time timestamp with time zone NOT NULL,
    server_upload_time timestamp with time zone,
    user_id text,
    ehr_id text,
    device_id text,
    session_id bigint,
    platform text,
    version_name text,
    course_id text,
    item_id text,
    correct boolean,
    score numeric(9,6),
    duration_s numeric(12,3),
    hints integer,
    response text
);

ALTER TABLE ONLY public.events_part FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.events_part IS 'What people did in the product: who, when, on what device, in which session';

COMMENT ON COLUMN public.events_part."position" IS 'Its place in its slice';

COMMENT ON COLUMN public.events_part.app IS 'The project at the system it came from';

COMMENT ON COLUMN public.events_part.ehr_id IS 'Who the person is across systems, as field_mappings.yaml says';

COMMENT ON COLUMN public.events_part.session_id IS 'When the session began, in milliseconds since 1970; -1 = none';

COMMENT ON COLUMN public.events_part.item_id IS 'What was answered, where field_mappings.yaml calls the event an answer';

COMMENT ON COLUMN public.events_part.response IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE TABLE public.slices (
    slice_id bigint NOT NULL,
    source text NOT NULL,
    stream text NOT NULL,
    "window" text NOT NULL,
    name text GENERATED ALWAYS AS (((((source || '/'::text) || stream) || '/'::text) || "window")) STORED NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    planned_fingerprint text NOT NULL,
    landed_fingerprint text,
    raw_keys text[] DEFAULT '{}'::text[] NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    reason text,
    held_received bigint,
    held_quarantined bigint,
    released boolean DEFAULT false NOT NULL,
    gone_at timestamp with time zone,
    fingerprint text,
    received bigint DEFAULT 0 NOT NULL,
    stored bigint DEFAULT 0 NOT NULL,
    already_there bigint DEFAULT 0 NOT NULL,
    quarantined bigint DEFAULT 0 NOT NULL,
    checksum text,
    fact_key text,
    loaded_raw_keys text[] DEFAULT '{}'::text[] NOT NULL,
    courses text[],
    earliest timestamp with time zone,
    latest timestamp with time zone,
    planned_at timestamp with time zone DEFAULT now() NOT NULL,
    landed_at timestamp with time zone,
    loaded_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    by_run boolean DEFAULT false NOT NULL,
    open boolean DEFAULT false NOT NULL,
    forgotten bigint DEFAULT 0 NOT NULL,
    raw_gone_at timestamp with time zone,
    raw_gone_why text,
    notes jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT slices_already_there_check CHECK ((already_there >= 0)),
    CONSTRAINT slices_empty CHECK (((state <> 'empty'::text) OR ((received = 0) AND (fact_key IS NULL)))),
    CONSTRAINT slices_facts CHECK (((stored = 0) OR (fact_key IS NOT NULL))),
    CONSTRAINT slices_forgotten_check CHECK ((forgotten >= 0)),
    CONSTRAINT slices_held CHECK (((state <> 'held'::text) OR ((held_received IS NOT NULL) AND (held_quarantined IS NOT NULL)))),
    CONSTRAINT slices_held_quarantined_check CHECK ((held_quarantined >= 0)),
    CONSTRAINT slices_held_received_check CHECK ((held_received >= 0)),
    CONSTRAINT slices_law CHECK ((received = ((stored + already_there) + quarantined))),
    CONSTRAINT slices_quarantined_check CHECK ((quarantined >= 0)),
    CONSTRAINT slices_raw_gone_with_a_word CHECK (((raw_gone_at IS NULL) = (raw_gone_why IS NULL))),
    CONSTRAINT slices_received_check CHECK ((received >= 0)),
    CONSTRAINT slices_settled CHECK (((state <> ALL (ARRAY['loaded'::text, 'empty'::text])) OR ((loaded_at IS NOT NULL) AND (fingerprint IS NOT NULL)))),
    CONSTRAINT slices_slice_id_check CHECK ((slice_id > 0)),
    CONSTRAINT slices_source_check CHECK (((source <> ''::text) AND (strpos(source, '/'::text) = 0))),
    CONSTRAINT slices_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'landed'::text, 'loaded'::text, 'empty'::text, 'not_ready'::text, 'failed'::text, 'held'::text]))),
    CONSTRAINT slices_stored_check CHECK ((stored >= 0)),
    CONSTRAINT slices_stream_check CHECK (((stream <> ''::text) AND (strpos(stream, '/'::text) = 0))),
    CONSTRAINT slices_tries_check CHECK ((tries >= 0)),
    CONSTRAINT slices_window_check CHECK (("window" <> ''::text))
);

ALTER TABLE ONLY public.slices FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.slices IS 'The ledger: where the work on each slice stands, and what of it is loaded';

COMMENT ON COLUMN public.slices.slice_id IS 'The first 63 bits of the SHA-256 of its name: the same in every database';

COMMENT ON COLUMN public.slices.name IS 'source/stream/window, as the column slice of its facts says';

COMMENT ON COLUMN public.slices.detail IS 'What the source wants back when it is asked for the slice';

COMMENT ON COLUMN public.slices.planned_fingerprint IS 'Hash of all that its content depends on now; work is done when that is settled';

COMMENT ON COLUMN public.slices.landed_fingerprint IS 'The fingerprint that raw_keys were fetched for';

COMMENT ON COLUMN public.slices.raw_keys IS 'Raw objects fetched last';

COMMENT ON COLUMN public.slices.tries IS 'Tries that ended, since it was planned with this fingerprint';

COMMENT ON COLUMN public.slices.reason IS 'Why it failed, is not ready, is held or was dropped';

COMMENT ON COLUMN public.slices.held_received IS 'Records in the reading that was held';

COMMENT ON COLUMN public.slices.held_quarantined IS 'Broken ones among them';

COMMENT ON COLUMN public.slices.released IS 'A person let this content pass: it is not held again';

COMMENT ON COLUMN public.slices.gone_at IS 'Since when its source no longer has it; what is loaded still counts';

COMMENT ON COLUMN public.slices.fingerprint IS 'The fingerprint of what is loaded';

COMMENT ON COLUMN public.slices.fact_key IS 'The lake object that holds its facts';

COMMENT ON COLUMN public.slices.loaded_raw_keys IS 'Raw objects that its facts were read from';

COMMENT ON COLUMN public.slices.courses IS 'Courses its facts touch; null = cannot tell: all';

COMMENT ON COLUMN public.slices.earliest IS 'Oldest instant among its facts';

COMMENT ON COLUMN public.slices.latest IS 'Newest instant among its facts';

COMMENT ON COLUMN public.slices.by_run IS 'A run planned it for itself: once settled it moves the watermark; a backfill''s never does';

COMMENT ON COLUMN public.slices.open IS 'Its content may still change: the watermark stays before it';

COMMENT ON COLUMN public.slices.forgotten IS 'Records of forgotten learners that were left out of its raw bytes; received does not count them';

COMMENT ON COLUMN public.slices.raw_gone_at IS 'Since when its raw bytes are no longer kept: it cannot be read again without its source';

COMMENT ON COLUMN public.slices.raw_gone_why IS 'retention: they were older than RAW_RETENTION_DAYS; forgotten: they could not be rewritten without a learner';

COMMENT ON COLUMN public.slices.notes IS 'What reading it showed: under encodings, each text file with the name of its encoding and by: found, set or guessed';

CREATE TABLE public.tmp_event_properties (
    uuid uuid NOT NULL,
    slice_id bigint NOT NULL,
    event_properties jsonb
);

ALTER TABLE ONLY public.tmp_event_properties FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.tmp_event_properties IS 'What an event says, as it was sent';

CREATE TABLE public.tmp_user_properties (
    uuid uuid NOT NULL,
    slice_id bigint NOT NULL,
    ehr_id text,
    email text,
    user_properties jsonb,
    migrated boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.tmp_user_properties FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.tmp_user_properties IS 'What was known of the person at the time of an event';

COMMENT ON COLUMN public.tmp_user_properties.migrated IS 'Whether permanent_ and changeable_user_properties have it';

CREATE VIEW public.amplitude_events_mobile WITH (security_invoker='true') AS
 SELECT e.slice_id,
    e."position",
    false AS stray,
    (e.uuid)::text AS uuid,
    e.event_type,
    e.event_time,
    e.user_id,
    e.session_id,
    u.email,
    e.course_id,
    e.item_id,
    e.correct,
    e.score,
    e.duration_s,
    e.hints,
    (p.event_properties)::text AS event_properties,
    e.response
   FROM (((public.events_part e
     JOIN public.slices s USING (slice_id))
     LEFT JOIN public.tmp_event_properties p USING (uuid))
     LEFT JOIN public.tmp_user_properties u USING (uuid))
  WHERE ((s.source = 'amplitude'::text) AND (s.stream = 'events@mobile'::text));

COMMENT ON VIEW public.amplitude_events_mobile IS 'Events of the Amplitude mobile project';

CREATE VIEW public.amplitude_events_web WITH (security_invoker='true') AS
 SELECT e.slice_id,
    e."position",
    false AS stray,
    (e.uuid)::text AS uuid,
    e.event_type,
    e.event_time,
    e.user_id,
    e.session_id,
    u.email,
    e.course_id,
    e.item_id,
    e.correct,
    e.score,
    e.duration_s,
    e.hints,
    (p.event_properties)::text AS event_properties,
    e.response
   FROM (((public.events_part e
     JOIN public.slices s USING (slice_id))
     LEFT JOIN public.tmp_event_properties p USING (uuid))
     LEFT JOIN public.tmp_user_properties u USING (uuid))
  WHERE ((s.source = 'amplitude'::text) AND (s.stream = 'events@web'::text));

COMMENT ON VIEW public.amplitude_events_web IS 'Events of the Amplitude web project';

CREATE TABLE public.api_tokens (
    token_id bigint NOT NULL,
    name text NOT NULL,
    shown_as text NOT NULL,
    token_hash bytea NOT NULL,
    staff_id bigint,
    role text,
    groups text[] DEFAULT '{}'::text[] NOT NULL,
    warehouse text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_tokens_check CHECK (((staff_id IS NULL) <> (role IS NULL))),
    CONSTRAINT api_tokens_name_check CHECK ((name <> ''::text)),
    CONSTRAINT api_tokens_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'curator'::text, 'reader'::text, 'guest'::text]))),
    CONSTRAINT api_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT api_tokens_warehouse_check CHECK ((warehouse = ANY (ARRAY['none'::text, 'read'::text, 'write'::text])))
);

ALTER TABLE ONLY public.api_tokens FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.api_tokens IS 'Tokens that scripts sign in with';

COMMENT ON COLUMN public.api_tokens.shown_as IS 'How the token begins, which is no secret';

COMMENT ON COLUMN public.api_tokens.token_hash IS 'SHA-256 of the token, which is 32 random bytes and kept nowhere';

COMMENT ON COLUMN public.api_tokens.staff_id IS 'As whom it acts, with the rights of that person on each day; null: it has a role of its own';

COMMENT ON COLUMN public.api_tokens.role IS 'guest: no figures, only what warehouse says';

COMMENT ON COLUMN public.api_tokens.groups IS 'Of a curator the own ones; of a reader the only ones, none = all';

COMMENT ON COLUMN public.api_tokens.warehouse IS 'What it may do with tables and files of the warehouse; write includes read';

COMMENT ON COLUMN public.api_tokens.last_used_at IS 'To the hour';

ALTER TABLE public.api_tokens ALTER COLUMN token_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_tokens_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.appmetrica_events (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    uuid text NOT NULL,
    event_at timestamp with time zone NOT NULL,
    event_datetime text,
    event_json text,
    event_name text NOT NULL,
    event_receive_datetime text,
    event_receive_timestamp bigint NOT NULL,
    event_timestamp bigint NOT NULL,
    session_id text,
    installation_id text,
    appmetrica_device_id text,
    city text,
    connection_type text,
    country_iso_code text,
    device_ipv6 text,
    device_locale text,
    device_manufacturer text,
    device_model text,
    device_type text,
    google_aid text,
    ios_ifa text,
    ios_ifv text,
    mcc text,
    mnc text,
    operator_name text,
    original_device_model text,
    os_name text,
    os_version text,
    profile_id text,
    windows_aid text,
    app_build_number text,
    app_package_name text,
    app_version_name text,
    application_id text,
    event_properties jsonb,
    ehr_id text,
    email text,
    course_id text,
    item_id text,
    correct boolean,
    score numeric(9,6),
    duration_s numeric(12,3),
    hints integer,
    response text
);

ALTER TABLE ONLY public.appmetrica_events FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.appmetrica_events IS 'Events of the mobile app as AppMetrica tells them';

COMMENT ON COLUMN public.appmetrica_events.slice_id IS 'The slice it came in, as in slices';

COMMENT ON COLUMN public.appmetrica_events."position" IS 'Its place in that slice: by time, then by content';

COMMENT ON COLUMN public.appmetrica_events.uuid IS 'Made from slice, content and how many equal events stand before it';

COMMENT ON COLUMN public.appmetrica_events.event_at IS 'When it happened by the phone, or came where its clock cannot be right';

COMMENT ON COLUMN public.appmetrica_events.event_datetime IS 'Wall time in the app''s zone; event_at is the instant';

COMMENT ON COLUMN public.appmetrica_events.event_json IS 'Its properties as received';

COMMENT ON COLUMN public.appmetrica_events.appmetrica_device_id IS 'Digits: an unsigned 64-bit number, too great for bigint';

COMMENT ON COLUMN public.appmetrica_events.profile_id IS 'Who had signed in; null = nobody in particular';

COMMENT ON COLUMN public.appmetrica_events.event_properties IS 'event_json where it is JSON that PostgreSQL can keep, else null';

COMMENT ON COLUMN public.appmetrica_events.ehr_id IS 'Who the person is across systems, as field_mappings.yaml says; so email, course_id and the parts of an answer';

COMMENT ON COLUMN public.appmetrica_events.response IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE TABLE public.audit (
    audit_id bigint NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    login text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    rows bigint,
    request_id text DEFAULT ''::text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_action_check CHECK ((action <> ''::text)),
    CONSTRAINT audit_rows_check CHECK ((rows >= 0))
);

ALTER TABLE ONLY public.audit FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.audit IS 'Who wrote what through the entry points, and who read much at once';

COMMENT ON COLUMN public.audit.login IS 'As the sign-in names them; empty = a token without a name';

COMMENT ON COLUMN public.audit.action IS 'What was done: read, post, export, upload …';

COMMENT ON COLUMN public.audit.subject IS 'What it was done to: a table, the key of a file, a system';

COMMENT ON COLUMN public.audit.rows IS 'How many rows, records or files; null = not counted';

COMMENT ON COLUMN public.audit.request_id IS 'As in the answer and in each line of the log';

ALTER TABLE public.audit ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.backups (
    backup_id text NOT NULL,
    place text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    rows bigint,
    dump_bytes bigint,
    objects bigint,
    object_bytes bigint,
    problem text,
    CONSTRAINT backups_backup_id_check CHECK ((backup_id <> ''::text)),
    CONSTRAINT backups_check CHECK (((problem IS NOT NULL) OR (rows IS NOT NULL))),
    CONSTRAINT backups_dump_bytes_check CHECK ((dump_bytes >= 0)),
    CONSTRAINT backups_object_bytes_check CHECK ((object_bytes >= 0)),
    CONSTRAINT backups_objects_check CHECK ((objects >= 0)),
    CONSTRAINT backups_problem_check CHECK ((problem <> ''::text)),
    CONSTRAINT backups_rows_check CHECK ((rows >= 0))
);

ALTER TABLE ONLY public.backups FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.backups IS 'What became of each backup; a copy of it in a backup ends before that one';

COMMENT ON COLUMN public.backups.place IS 'Where backups are: a folder or a bucket';

COMMENT ON COLUMN public.backups.rows IS 'Rows of all tables; null = it ended before it was made';

COMMENT ON COLUMN public.backups.dump_bytes IS 'Size of the dump of the database';

COMMENT ON COLUMN public.backups.objects IS 'Objects of the lake and files of people in it';

COMMENT ON COLUMN public.backups.object_bytes IS 'Their size together';

COMMENT ON COLUMN public.backups.problem IS 'What a person has to look at; null = it is good';

CREATE TABLE public.bot_chats (
    chat_id bigint NOT NULL,
    blocked_at timestamp with time zone,
    blocked_because text,
    wrong_codes integer DEFAULT 0 NOT NULL,
    wrong_code_at timestamp with time zone,
    CONSTRAINT bot_chats_check CHECK (((blocked_at IS NULL) = (blocked_because IS NULL))),
    CONSTRAINT bot_chats_wrong_codes_check CHECK ((wrong_codes >= 0))
);

ALTER TABLE ONLY public.bot_chats FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_chats IS 'Chats of the bot; a row is locked while an update of its chat is handled';

COMMENT ON COLUMN public.bot_chats.blocked_at IS 'Since when nothing is sent there: Telegram refused it';

COMMENT ON COLUMN public.bot_chats.wrong_codes IS 'Wrong group codes that came from there, one after the other';

CREATE TABLE public.bot_messages (
    message_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    kind text NOT NULL,
    method text NOT NULL,
    content jsonb,
    picture bytea,
    key text,
    status text DEFAULT 'waiting'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    reason text,
    CONSTRAINT bot_messages_check CHECK (((status = ANY (ARRAY['waiting'::text, 'sending'::text])) = (ended_at IS NULL))),
    CONSTRAINT bot_messages_check1 CHECK (((status = ANY (ARRAY['waiting'::text, 'sending'::text])) = (content IS NOT NULL))),
    CONSTRAINT bot_messages_key_check CHECK ((key <> ''::text)),
    CONSTRAINT bot_messages_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'broadcast'::text]))),
    CONSTRAINT bot_messages_method_check CHECK ((method <> ''::text)),
    CONSTRAINT bot_messages_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'refused'::text, 'unknown'::text]))),
    CONSTRAINT bot_messages_tries_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY public.bot_messages FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_messages IS 'What the bot sends: stored with what it answers, sent afterwards';

COMMENT ON COLUMN public.bot_messages.kind IS 'answer: to something that the learner did; broadcast: everything else, which waits for answers';

COMMENT ON COLUMN public.bot_messages.method IS 'Of the Bot API';

COMMENT ON COLUMN public.bot_messages.content IS 'Its parameters; deleted once they were sent or given up';

COMMENT ON COLUMN public.bot_messages.key IS 'What is sent once: the week of a progress message, the day of a reminder';

COMMENT ON COLUMN public.bot_messages.status IS 'unknown: it may have arrived, and is not repeated';

ALTER TABLE public.bot_messages ALTER COLUMN message_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bot_messages_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bot_pause (
    single boolean DEFAULT true NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT bot_pause_single_check CHECK (single)
);

ALTER TABLE ONLY public.bot_pause FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_pause IS 'Until when Telegram asked the bot to send nothing';

CREATE TABLE public.bot_states (
    state_key text NOT NULL,
    chat_id bigint NOT NULL,
    state text,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bot_states_state_key_check CHECK ((state_key <> ''::text))
);

ALTER TABLE ONLY public.bot_states FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_states IS 'Where each conversation with the bot is';

COMMENT ON COLUMN public.bot_states.state_key IS 'Bot, chat, user and whatever else tells conversations apart';

CREATE TABLE public.bot_updates (
    update_id bigint NOT NULL,
    handled_at timestamp with time zone DEFAULT now() NOT NULL,
    error text
);

ALTER TABLE ONLY public.bot_updates FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_updates IS 'Updates of Telegram that were handled, so that each counts once';

COMMENT ON COLUMN public.bot_updates.error IS 'The kind of error where handling failed; null = it did not';

CREATE TABLE public.bot_webhook (
    single boolean DEFAULT true NOT NULL,
    secret text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bot_webhook_secret_check CHECK ((length(secret) >= 32)),
    CONSTRAINT bot_webhook_single_check CHECK (single)
);

ALTER TABLE ONLY public.bot_webhook FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.bot_webhook IS 'The secret that Telegram sends with each update to the webhook';

CREATE TABLE public.builds (
    build_id bigint NOT NULL,
    as_of timestamp with time zone NOT NULL,
    terms jsonb NOT NULL,
    courses integer NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT builds_courses_check CHECK ((courses >= 0))
);

ALTER TABLE ONLY public.builds FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.builds IS 'Each time results were published, in one transaction';

COMMENT ON COLUMN public.builds.as_of IS 'Facts later than this did not exist for it';

COMMENT ON COLUMN public.builds.terms IS 'The settings that its numbers depend on';

COMMENT ON COLUMN public.builds.courses IS 'Courses whose numbers it replaced';

COMMENT ON COLUMN public.builds.confirmed_at IS 'When it was last found that nothing had changed since; older than a day is stale';

ALTER TABLE public.builds ALTER COLUMN build_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.builds_build_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.changeable_user_properties (
    ehr_id text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    slice_id bigint NOT NULL,
    properties jsonb NOT NULL,
    uuid uuid GENERATED ALWAYS AS ((md5(((ehr_id || '@'::text) || (EXTRACT(epoch FROM (changed_at AT TIME ZONE 'UTC'::text)))::text)))::uuid) STORED NOT NULL
);

ALTER TABLE ONLY public.changeable_user_properties FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.changeable_user_properties IS 'What changes about a person: a row for each change within a slice, and its first';

COMMENT ON COLUMN public.changeable_user_properties.properties IS 'Those that field_mappings.yaml calls changeable';

COMMENT ON COLUMN public.changeable_user_properties.uuid IS 'The id of the row: made from ehr_id and changed_at';

CREATE TABLE public.client_activity_log (
    activity_id bigint NOT NULL,
    client_id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    status text DEFAULT 'open'::text NOT NULL,
    number bigint,
    words_asked integer NOT NULL,
    words_right integer,
    hints integer,
    duration_ms bigint,
    quiz_weight integer,
    CONSTRAINT client_activity_log_check CHECK (
CASE
    WHEN (status = 'open'::text) THEN (num_nonnulls(finished_at, number, words_right, hints, quiz_weight) = 0)
    ELSE (num_nulls(finished_at, number, words_right, hints, quiz_weight) = 0)
END),
    CONSTRAINT client_activity_log_status_check CHECK ((status = ANY (ARRAY['open'::text, 'finished'::text, 'abandoned'::text]))),
    CONSTRAINT client_activity_log_words_asked_check CHECK ((words_asked > 0))
);

ALTER TABLE ONLY public.client_activity_log FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_activity_log IS 'Quizzes, one row each';

COMMENT ON COLUMN public.client_activity_log.status IS 'abandoned = it ended before every question was answered; the answers given count';

COMMENT ON COLUMN public.client_activity_log.number IS 'The order in which quizzes were counted';

COMMENT ON COLUMN public.client_activity_log.duration_ms IS 'Sum over the answers whose time is known; null = none is';

COMMENT ON COLUMN public.client_activity_log.quiz_weight IS 'Sum of the weights of the words answered right';

ALTER TABLE public.client_activity_log ALTER COLUMN activity_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.client_activity_log_activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.client_activity_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.client_activity_words (
    activity_id bigint NOT NULL,
    "position" integer NOT NULL,
    client_id bigint NOT NULL,
    word_id bigint NOT NULL,
    direction text NOT NULL,
    question text NOT NULL,
    prompt text NOT NULL,
    expected text[] NOT NULL,
    options text[] DEFAULT '{}'::text[] NOT NULL,
    asked_at timestamp with time zone,
    answered_at timestamp with time zone,
    answer text,
    verdict text,
    correct boolean GENERATED ALWAYS AS ((verdict <> 'wrong'::text)) STORED,
    hints integer DEFAULT 0 NOT NULL,
    duration_ms bigint,
    CONSTRAINT client_activity_words_check CHECK ((num_nulls(answered_at, answer, verdict) = ANY (ARRAY[0, 3]))),
    CONSTRAINT client_activity_words_direction_check CHECK ((direction = ANY (ARRAY['es2ru'::text, 'ru2es'::text]))),
    CONSTRAINT client_activity_words_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT client_activity_words_expected_check CHECK ((expected <> '{}'::text[])),
    CONSTRAINT client_activity_words_hints_check CHECK ((hints >= 0)),
    CONSTRAINT client_activity_words_position_check CHECK (("position" > 0)),
    CONSTRAINT client_activity_words_question_check CHECK ((question = ANY (ARRAY['choice'::text, 'typed'::text]))),
    CONSTRAINT client_activity_words_verdict_check CHECK ((verdict = ANY (ARRAY['right'::text, 'accent'::text, 'typo'::text, 'wrong'::text])))
);

ALTER TABLE ONLY public.client_activity_words FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_activity_words IS 'Questions of quizzes with their answers, one row each';

COMMENT ON COLUMN public.client_activity_words.direction IS 'From which language into which: es2ru, ru2es';

COMMENT ON COLUMN public.client_activity_words.question IS 'choice: one of the options; typed';

COMMENT ON COLUMN public.client_activity_words.expected IS 'All right answers, the dictionary''s own first';

COMMENT ON COLUMN public.client_activity_words.answered_at IS 'Null = not yet; an answer is stored once';

COMMENT ON COLUMN public.client_activity_words.verdict IS 'right; accent or typo: right but for that, which is forgiven; wrong';

COMMENT ON COLUMN public.client_activity_words.duration_ms IS 'From question to answer; null = unknown';

CREATE TABLE public.client_analytics (
    client_id bigint NOT NULL,
    client_rating bigint DEFAULT 0 NOT NULL,
    level_id_current smallint DEFAULT 1 NOT NULL,
    level_changed_on date,
    ability double precision NOT NULL,
    ability_variance double precision NOT NULL,
    ability_uncertainty double precision GENERATED ALWAYS AS (((1.959964)::double precision * sqrt(ability_variance))) STORED,
    ability_at timestamp with time zone,
    answers bigint DEFAULT 0 NOT NULL,
    right_answers bigint DEFAULT 0 NOT NULL,
    quizzes bigint DEFAULT 0 NOT NULL,
    streak_days integer DEFAULT 0 NOT NULL,
    longest_streak_days integer DEFAULT 0 NOT NULL,
    last_active_on date,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT client_analytics_ability_variance_check CHECK ((ability_variance > (0)::double precision)),
    CONSTRAINT client_analytics_client_rating_check CHECK ((client_rating >= 0))
);

ALTER TABLE ONLY public.client_analytics FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_analytics IS 'What the quizzes of a learner tell';

COMMENT ON COLUMN public.client_analytics.client_rating IS 'Sum of quiz_weight';

COMMENT ON COLUMN public.client_analytics.level_id_current IS 'See the metrics of vocabulary learners; at most one step on a school day';

COMMENT ON COLUMN public.client_analytics.level_changed_on IS 'School day of the last step';

COMMENT ON COLUMN public.client_analytics.ability IS 'In logits, by Elo: a learner knows a word of equal difficulty with chance 0.5';

COMMENT ON COLUMN public.client_analytics.ability_uncertainty IS 'Half of the 95 % interval of ability';

COMMENT ON COLUMN public.client_analytics.ability_at IS 'Of the answer after which ability was rated last';

COMMENT ON COLUMN public.client_analytics.streak_days IS 'School days in a row with an answer, up to last_active_on';

CREATE TABLE public.client_groups (
    client_id bigint NOT NULL,
    group_id text NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    CONSTRAINT client_groups_group_id_check CHECK ((group_id <> ''::text))
);

ALTER TABLE ONLY public.client_groups FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_groups IS 'Groups that learners joined by a code';

CREATE TABLE public.client_info (
    client_id bigint NOT NULL,
    chat_id bigint,
    learner_id text GENERATED ALWAYS AS (('vocabulary:'::text || client_id)) STORED,
    name text,
    username text,
    language text NOT NULL,
    is_minor boolean,
    consent_at timestamp with time zone,
    consent_by text,
    remind_at time without time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    stopped_at timestamp with time zone,
    CONSTRAINT client_info_check CHECK (((consent_at IS NULL) = (consent_by IS NULL))),
    CONSTRAINT client_info_check1 CHECK (((stopped_at IS NULL) OR (num_nonnulls(chat_id, name, username, remind_at) = 0))),
    CONSTRAINT client_info_language_check CHECK ((language <> ''::text))
);

ALTER TABLE ONLY public.client_info FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_info IS 'Learners who practise with the bot';

COMMENT ON COLUMN public.client_info.chat_id IS 'Of the private chat with the bot; null = they left';

COMMENT ON COLUMN public.client_info.learner_id IS 'Who they are in canonical tables';

COMMENT ON COLUMN public.client_info.is_minor IS 'By their own word; null = not asked yet';

COMMENT ON COLUMN public.client_info.consent_by IS 'Who consented: self, or the curator who confirmed it for a minor';

COMMENT ON COLUMN public.client_info.remind_at IS 'When to remind them, on the school''s wall clock; null = never';

COMMENT ON COLUMN public.client_info.stopped_at IS 'When they asked to be erased; the worker does it and deletes the row';

ALTER TABLE public.client_info ALTER COLUMN client_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.client_info_client_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.study_levels (
    level_id smallint NOT NULL,
    lev_name text NOT NULL,
    cefr text NOT NULL,
    min_rating integer NOT NULL,
    word_weight integer NOT NULL,
    CONSTRAINT study_levels_cefr_check CHECK ((cefr = ANY (ARRAY['A1'::text, 'A2'::text, 'B1'::text, 'B2'::text, 'C1'::text, 'C2'::text]))),
    CONSTRAINT study_levels_lev_name_check CHECK ((lev_name <> ''::text)),
    CONSTRAINT study_levels_level_id_check CHECK (((level_id >= 1) AND (level_id <= 100))),
    CONSTRAINT study_levels_min_rating_check CHECK ((min_rating >= 0)),
    CONSTRAINT study_levels_word_weight_check CHECK ((word_weight > 0))
);

ALTER TABLE ONLY public.study_levels FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.study_levels IS 'The levels of study; a school may change their names, thresholds and weights';

COMMENT ON COLUMN public.study_levels.lev_name IS 'As study_level.level_word names it';

COMMENT ON COLUMN public.study_levels.min_rating IS 'client_rating from which the level can be reached';

COMMENT ON COLUMN public.study_levels.word_weight IS 'What a word of the level answered right adds to quiz_weight';

CREATE VIEW public.client_level_view WITH (security_invoker='true') AS
 SELECT a.client_id,
    a.client_rating,
    a.level_id_current,
    l.lev_name,
    l.cefr,
    a.level_changed_on,
    above.level_id AS level_id_next,
    (above.min_rating - a.client_rating) AS rating_missing
   FROM ((public.client_analytics a
     JOIN public.study_levels l ON ((l.level_id = a.level_id_current)))
     LEFT JOIN LATERAL ( SELECT n.level_id,
            n.min_rating
           FROM public.study_levels n
          WHERE (n.level_id > a.level_id_current)
          ORDER BY n.level_id
         LIMIT 1) above ON (true));

COMMENT ON VIEW public.client_level_view IS 'Learners of the bot with rating and level, and what is missing to the next one';

CREATE TABLE public.client_word_memory (
    client_id bigint NOT NULL,
    word_id bigint NOT NULL,
    stability double precision NOT NULL,
    difficulty double precision NOT NULL,
    last_review_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    reviews integer NOT NULL,
    CONSTRAINT client_word_memory_reviews_check CHECK ((reviews > 0)),
    CONSTRAINT client_word_memory_stability_check CHECK ((stability > (0)::double precision))
);

ALTER TABLE ONLY public.client_word_memory FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.client_word_memory IS 'How well a learner remembers a word, by FSRS';

COMMENT ON COLUMN public.client_word_memory.stability IS 'Days until the chance of remembering falls to 0.9';

COMMENT ON COLUMN public.client_word_memory.difficulty IS '1 (easy) to 10';

CREATE TABLE public.contacts (
    contact_id bigint NOT NULL,
    learner_id text NOT NULL,
    course_id text NOT NULL,
    group_id text NOT NULL,
    kind text NOT NULL,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    quiet_until date,
    noted_by text NOT NULL,
    noted_at timestamp with time zone DEFAULT now() NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT contacts_check CHECK (((kind = 'note'::text) = (quiet_until IS NULL))),
    CONSTRAINT contacts_check1 CHECK (((kind <> 'note'::text) OR (note <> ''::text))),
    CONSTRAINT contacts_kind_check CHECK ((kind = ANY (ARRAY['contacted'::text, 'snoozed'::text, 'note'::text]))),
    CONSTRAINT contacts_note_check CHECK ((length(note) <= 4000)),
    CONSTRAINT contacts_noted_by_check CHECK ((noted_by <> ''::text))
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.contacts IS 'What was done about learners: written to them, put off, noted';

COMMENT ON COLUMN public.contacts.group_id IS 'The group as whose curator it was done: whoever looks after it sees it';

COMMENT ON COLUMN public.contacts.reasons IS 'Why the learner was at risk then';

COMMENT ON COLUMN public.contacts.quiet_until IS 'Up to the day before, the learner is not among those who need somebody';

COMMENT ON COLUMN public.contacts.undone_at IS 'It was taken back then, and counts no more';

ALTER TABLE public.contacts ALTER COLUMN contact_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contacts_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.course_figures (
    course_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.course_figures FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.course_figures IS 'What the report of a course shows besides its learners';

CREATE TABLE public.course_folders (
    course_id text NOT NULL,
    folder text NOT NULL,
    folded text NOT NULL,
    chosen_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.course_folders FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.course_folders IS 'For each course: its folder under reports/, metrics/kpi/, processed/ and raw/; once chosen it stays';

COMMENT ON COLUMN public.course_folders.folder IS 'The two halves of the id, with signs that no file name may have as !3A; one that is cut, or that another course has, ends with !! and a hash of the id';

COMMENT ON COLUMN public.course_folders.folded IS 'The folder without case, as some systems compare names';

CREATE TABLE public.course_keys (
    course_id text NOT NULL,
    key text NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.course_keys FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.course_keys IS 'Digest of all that the numbers of a course depend on; the empty id is the whole school';

CREATE TABLE public.course_links (
    source text NOT NULL,
    external_id text NOT NULL,
    course_id text NOT NULL
);

ALTER TABLE ONLY public.course_links FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.course_links IS 'A course that one source knows under an id of its own: its facts count for course_id. A run fills it from also: in cursos.yml';

COMMENT ON COLUMN public.course_links.external_id IS 'The id among the facts of that source';

COMMENT ON COLUMN public.course_links.course_id IS 'The course of the canonical tables';

CREATE TABLE public.daily_statistics (
    day date NOT NULL,
    attempts bigint NOT NULL,
    successful bigint NOT NULL,
    failed bigint NOT NULL,
    runs bigint NOT NULL,
    unique_users bigint NOT NULL,
    success_rate double precision,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.daily_statistics FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.daily_statistics IS 'The grader''s attempts by school day; a day without any is a row of zeros';

COMMENT ON COLUMN public.daily_statistics.success_rate IS 'successful ÷ (successful + failed) in percent; null where there is neither';

CREATE TABLE public.deliveries (
    channel text NOT NULL,
    address text NOT NULL,
    what text NOT NULL,
    document text NOT NULL,
    occasion text NOT NULL,
    message_id bigint NOT NULL
);

ALTER TABLE ONLY public.deliveries FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.deliveries IS 'Which document goes to whom at which occasion, once';

COMMENT ON COLUMN public.deliveries.document IS 'A course id; a course id and a group id; a school day; a run';

COMMENT ON COLUMN public.deliveries.occasion IS 'The due instant of a schedule, or a digest of the document';

CREATE TABLE public.documents (
    course_id text NOT NULL,
    key text NOT NULL,
    paths text[] NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    group_id text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.documents FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.documents IS 'For each course and each group of it: what its documents were made from, and where they lie';

COMMENT ON COLUMN public.documents.group_id IS 'Empty = the documents of the course';

CREATE TABLE public.esp2rus_dictionary (
    word_id bigint NOT NULL,
    word text NOT NULL,
    translation text NOT NULL,
    level text NOT NULL,
    category text,
    word_keys text[] DEFAULT '{}'::text[] NOT NULL,
    translation_keys text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT esp2rus_dictionary_translation_check CHECK ((translation <> ''::text)),
    CONSTRAINT esp2rus_dictionary_word_check CHECK ((word <> ''::text))
);

ALTER TABLE ONLY public.esp2rus_dictionary FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.esp2rus_dictionary IS 'Spanish words with their Russian translations';

COMMENT ON COLUMN public.esp2rus_dictionary.translation IS 'Several are separated by comma or slash; each is right';

COMMENT ON COLUMN public.esp2rus_dictionary.level IS 'level_word of study_level, by name';

COMMENT ON COLUMN public.esp2rus_dictionary.word_keys IS 'Right answers in Spanish as judging compares them: lower case, without accents and articles';

COMMENT ON COLUMN public.esp2rus_dictionary.translation_keys IS 'And in Russian: lower case, е for ё';

ALTER TABLE public.esp2rus_dictionary ALTER COLUMN word_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.esp2rus_dictionary_word_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exports_generated (
    format text NOT NULL,
    total bigint NOT NULL,
    CONSTRAINT exports_generated_total_check CHECK ((total > 0))
);

ALTER TABLE ONLY public.exports_generated FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.exports_generated IS 'How many exports became ready, ever';

CREATE TABLE public.file_link_uses (
    link_id uuid NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    request_id text NOT NULL
);

ALTER TABLE ONLY public.file_link_uses FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.file_link_uses IS 'Each time a link gave its file';

COMMENT ON COLUMN public.file_link_uses.request_id IS 'Of the request, as in the log';

CREATE TABLE public.file_links (
    link_id uuid DEFAULT gen_random_uuid() NOT NULL,
    export_id uuid NOT NULL,
    asker text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY public.file_links FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.file_links IS 'Signed links to files, each made for one person';

COMMENT ON COLUMN public.file_links.asker IS 'The login or the recipient that it was made for';

CREATE TABLE public.files_attempts (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    attempt_id text,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    item_id text,
    topic_id text,
    level_id text,
    kind text NOT NULL,
    correct boolean,
    score numeric(9,6),
    hints integer,
    duration_s numeric(12,3),
    at timestamp with time zone NOT NULL,
    response text
);

ALTER TABLE ONLY public.files_attempts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_attempts IS 'Attempts, as the mapping of a dataset gives them';

COMMENT ON COLUMN public.files_attempts.attempt_id IS 'Null = it has no id of its own';

COMMENT ON COLUMN public.files_attempts.response IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE TABLE public.files_courses (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    course text NOT NULL,
    title text,
    starts_on date,
    ends_on date
);

ALTER TABLE ONLY public.files_courses FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_courses IS 'Courses, as the mapping of a dataset gives them';

CREATE TABLE public.files_event_days (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    type text NOT NULL,
    day date NOT NULL,
    events bigint NOT NULL,
    count bigint NOT NULL
);

ALTER TABLE ONLY public.files_event_days FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_event_days IS 'Events of a slice summed by learner, course, group, type and school day';

CREATE TABLE public.files_events (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    event_id text,
    learner_id text NOT NULL,
    course_id text,
    group_id text,
    type text NOT NULL,
    session_id text,
    count bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    properties text
);

ALTER TABLE ONLY public.files_events FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_events IS 'Events of datasets whose mapping does not keep them in the lake alone';

COMMENT ON COLUMN public.files_events.event_id IS 'Null = it has no id of its own';

CREATE TABLE public.files_groups (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text,
    rolling boolean NOT NULL
);

ALTER TABLE ONLY public.files_groups FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_groups IS 'Groups, as the mapping of a dataset gives them';

CREATE TABLE public.files_items (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    item_id text NOT NULL,
    course_id text NOT NULL,
    title text,
    topic_id text,
    level_id text,
    kind text,
    max_score numeric(9,6),
    weight numeric(12,6),
    due_on date,
    active boolean NOT NULL
);

ALTER TABLE ONLY public.files_items FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_items IS 'Items, as the mapping of a dataset gives them';

CREATE TABLE public.files_learner_links (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    source text NOT NULL,
    external_id text NOT NULL,
    learner_id text NOT NULL
);

ALTER TABLE ONLY public.files_learner_links FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_learner_links IS 'Links between learners, as the mapping of a dataset gives them';

CREATE TABLE public.files_learners (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    learner_id text NOT NULL,
    name text,
    email text
);

ALTER TABLE ONLY public.files_learners FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_learners IS 'Learners, as the mapping of a dataset gives them';

CREATE TABLE public.files_memberships (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    learner_id text NOT NULL,
    group_id text,
    course_id text NOT NULL,
    role text NOT NULL,
    starts_on date,
    ends_on date,
    outcome text
);

ALTER TABLE ONLY public.files_memberships FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_memberships IS 'Memberships, as the mapping of a dataset gives them';

CREATE TABLE public.files_plan (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course_id text NOT NULL,
    item_id text NOT NULL,
    due_on date NOT NULL,
    status text NOT NULL
);

ALTER TABLE ONLY public.files_plan FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.files_plan IS 'Plan rows, as the mapping of a dataset gives them';

CREATE TABLE public.forgetting (
    what text NOT NULL,
    name text NOT NULL,
    CONSTRAINT forgetting_what_check CHECK ((what = ANY (ARRAY['objects'::text, 'documents'::text])))
);

ALTER TABLE ONLY public.forgetting FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.forgetting IS 'What is left to do of a forgetting: it outlives a killed process';

COMMENT ON COLUMN public.forgetting.name IS 'objects: the source whose unnamed objects go at once; documents: the course to write anew';

CREATE TABLE public.forgotten (
    source text NOT NULL,
    digest bytea NOT NULL,
    forgotten_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT forgotten_digest_check CHECK ((length(digest) = 32))
);

ALTER TABLE ONLY public.forgotten FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.forgotten IS 'Who must never come in again, by a keyed hash: nothing here says who it is';

COMMENT ON COLUMN public.forgotten.source IS 'The source whose id or e-mail it is; empty for the id that all sources share';

COMMENT ON COLUMN public.forgotten.digest IS 'HMAC-SHA256 of kind, source and id, with the key of forgotten_key';

CREATE TABLE public.forgotten_key (
    the_one boolean DEFAULT true NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT forgotten_key_key_check CHECK ((length(key) = 32)),
    CONSTRAINT forgotten_key_the_one_check CHECK (the_one)
);

ALTER TABLE ONLY public.forgotten_key FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.forgotten_key IS 'The key of those hashes; made with the first of them, read by loading and backups alone';

CREATE TABLE public.form_figures (
    course_id text NOT NULL,
    group_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.form_figures FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.form_figures IS 'How far the result over the items of a course can be relied on';

COMMENT ON COLUMN public.form_figures.group_id IS 'Empty = the whole course';

CREATE TABLE public.graded_attempts (
    course_id text NOT NULL,
    attempt_id text NOT NULL,
    learner_id text NOT NULL,
    group_ids text[] NOT NULL,
    item_id text,
    topic_id text,
    level_id text,
    kind text NOT NULL,
    correct boolean NOT NULL,
    first boolean NOT NULL,
    score_millionths bigint,
    hints integer,
    duration_ms bigint,
    at timestamp with time zone NOT NULL,
    day date NOT NULL,
    build_id bigint NOT NULL,
    response text,
    CONSTRAINT graded_attempts_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'carried'::text])))
);

ALTER TABLE ONLY public.graded_attempts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.graded_attempts IS 'Graded attempts of the last STATS_DETAIL_DAYS days of each course';

COMMENT ON COLUMN public.graded_attempts.course_id IS 'Empty = of no course that is known';

COMMENT ON COLUMN public.graded_attempts.group_ids IS 'Groups that the attempt was made in: whoever looks after one of them sees it';

COMMENT ON COLUMN public.graded_attempts.first IS 'The learner''s first graded attempt in the item';

COMMENT ON COLUMN public.graded_attempts.duration_ms IS 'Cut to TIME_MAX_THRESHOLD_MINUTES';

COMMENT ON COLUMN public.graded_attempts.day IS 'The school day of it';

COMMENT ON COLUMN public.graded_attempts.response IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE TABLE public.graded_attempts_since (
    course_id text NOT NULL,
    since date NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.graded_attempts_since FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.graded_attempts_since IS 'Courses of which earlier graded attempts are not kept one by one';

COMMENT ON COLUMN public.graded_attempts_since.since IS 'The first school day of which all are kept';

CREATE TABLE public.grader_attempts (
    id integer NOT NULL,
    user_id character varying(255) NOT NULL,
    oauth_consumer_key character varying(255),
    lis_result_sourcedid text,
    lis_outcome_service_url text,
    is_correct boolean,
    attempt_type character varying(50) NOT NULL,
    created_at timestamp without time zone NOT NULL,
    loaded_at timestamp without time zone DEFAULT (now() AT TIME ZONE 'UTC'::text),
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL
);

ALTER TABLE ONLY public.grader_attempts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.grader_attempts IS 'Attempts as the grader tells them: runs and submits';

COMMENT ON COLUMN public.grader_attempts.user_id IS 'lti_user_id, the learner under the grader''s own id';

COMMENT ON COLUMN public.grader_attempts.is_correct IS 'Whether a submit was right; null for a run';

COMMENT ON COLUMN public.grader_attempts.attempt_type IS 'run or submit';

COMMENT ON COLUMN public.grader_attempts.created_at IS 'When, in UTC';

COMMENT ON COLUMN public.grader_attempts.loaded_at IS 'When it came into this table, in UTC';

COMMENT ON COLUMN public.grader_attempts.slice_id IS 'The slice it came in, as in slices';

COMMENT ON COLUMN public.grader_attempts."position" IS 'Its place in that slice, by time';

CREATE SEQUENCE public.grader_attempts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.grader_attempts_id_seq OWNED BY public.grader_attempts.id;

CREATE TABLE public.group_codes (
    code text NOT NULL,
    group_id text NOT NULL,
    name text NOT NULL,
    expires_at timestamp with time zone,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT group_codes_code_check CHECK ((code <> ''::text)),
    CONSTRAINT group_codes_group_id_check CHECK ((group_id <> ''::text))
);

ALTER TABLE ONLY public.group_codes FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.group_codes IS 'Codes by which learners join groups: /start CODE';

COMMENT ON COLUMN public.group_codes.name IS 'Of the group, as learners read it';

COMMENT ON COLUMN public.group_codes.expires_at IS 'From then on it is refused; null = never';

CREATE TABLE public.group_figures (
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL,
    shown_to_readers boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.group_figures FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.group_figures IS 'The headline figures of each group of a course, over its members by day';

COMMENT ON COLUMN public.group_figures.shown_to_readers IS 'About five learners or more, and no smaller figure can be computed from it';

CREATE TABLE public.group_history (
    group_id text NOT NULL,
    course_id text NOT NULL,
    week bigint NOT NULL,
    starts_on date NOT NULL,
    enrolled bigint,
    attended bigint,
    learners bigint NOT NULL,
    active bigint,
    pairs bigint NOT NULL,
    submitted bigint NOT NULL,
    completed bigint NOT NULL,
    grade_sum numeric(38,0) NOT NULL,
    grade_squares numeric(38,0) NOT NULL,
    build_id bigint NOT NULL,
    CONSTRAINT group_history_week_check CHECK ((week >= 0))
);

ALTER TABLE ONLY public.group_history FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.group_history IS 'How each group of a course stood at the end of each week, by what is known now';

COMMENT ON COLUMN public.group_history.week IS 'Week of the course, from 0';

COMMENT ON COLUMN public.group_history.enrolled IS 'Learners in the group on a day of the week; null where only grades are known';

COMMENT ON COLUMN public.group_history.attended IS 'Those of them with activity in the week';

COMMENT ON COLUMN public.group_history.learners IS 'Learners in the group from the first day of the course to the end of the week';

COMMENT ON COLUMN public.group_history.active IS 'Those of them with activity in the course by then';

COMMENT ON COLUMN public.group_history.pairs IS 'Expected submissions: learners × active items';

COMMENT ON COLUMN public.group_history.submitted IS 'Those handed in by then';

COMMENT ON COLUMN public.group_history.completed IS 'Those completed by then';

COMMENT ON COLUMN public.group_history.grade_sum IS 'Best scores of completed ones by then in millionths, added up';

COMMENT ON COLUMN public.group_history.grade_squares IS 'The squares of the same, added up';

CREATE TABLE public.groups_members (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    learner_id text NOT NULL,
    group_id text NOT NULL,
    course_id text NOT NULL,
    name text NOT NULL,
    rolling boolean NOT NULL,
    role text NOT NULL,
    starts_on date,
    ends_on date
);

ALTER TABLE ONLY public.groups_members FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.groups_members IS 'Lines of groups.csv or groups.xlsx: a row for each learner that one means';

COMMENT ON COLUMN public.groups_members."position" IS 'Number of the line, from 1';

CREATE TABLE public.item_figures (
    course_id text NOT NULL,
    group_id text NOT NULL,
    item_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.item_figures FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.item_figures IS 'Facility, discrimination, time and answers of each item that ten learners have tried';

COMMENT ON COLUMN public.item_figures.group_id IS 'Empty = the whole course';

CREATE TABLE public.job_counts (
    job text NOT NULL,
    status text NOT NULL,
    runs bigint NOT NULL,
    seconds double precision NOT NULL,
    last_seconds double precision NOT NULL,
    last_ended_at timestamp with time zone NOT NULL,
    CONSTRAINT job_counts_job_check CHECK ((job <> ''::text)),
    CONSTRAINT job_counts_last_seconds_check CHECK ((last_seconds >= (0)::double precision)),
    CONSTRAINT job_counts_runs_check CHECK ((runs > 0)),
    CONSTRAINT job_counts_seconds_check CHECK ((seconds >= (0)::double precision)),
    CONSTRAINT job_counts_status_check CHECK ((status = ANY (ARRAY['success'::text, 'error'::text])))
);

ALTER TABLE ONLY public.job_counts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.job_counts IS 'How often jobs of each kind ended well and badly, ever, and how long they took';

CREATE TABLE public.kpi_history (
    course_id text NOT NULL,
    kpi text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    value double precision,
    n bigint NOT NULL,
    low double precision,
    high double precision,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.kpi_history FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.kpi_history IS 'Each KPI of a course at each newest fact it was computed from, for trends';

CREATE TABLE public.leaderboards (
    scope text NOT NULL,
    scope_id text NOT NULL,
    group_id text GENERATED ALWAYS AS (
CASE
    WHEN (scope = 'group'::text) THEN scope_id
    ELSE NULL::text
END) STORED,
    rankings jsonb NOT NULL,
    size bigint NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '24:00:00'::interval) NOT NULL,
    build_id bigint NOT NULL,
    CONSTRAINT leaderboards_scope_check CHECK ((scope = ANY (ARRAY['global'::text, 'course'::text, 'group'::text, 'level'::text]))),
    CONSTRAINT leaderboards_size_check CHECK ((size >= 0))
);

ALTER TABLE ONLY public.leaderboards FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.leaderboards IS 'Rows with rank up to 100 of each scope, in order';

COMMENT ON COLUMN public.leaderboards.scope_id IS 'The course, group or level; empty for the one of the whole school';

COMMENT ON COLUMN public.leaderboards.size IS 'Learners in it, shown or not';

COMMENT ON COLUMN public.leaderboards.expires_at IS 'Later than this it is served as stale';

CREATE TABLE public.learner_links (
    source text NOT NULL,
    external_id text NOT NULL,
    learner_id text NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    linked_by text
);

ALTER TABLE ONLY public.learner_links FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learner_links IS 'One person known to several sources: the ids of each become one learner_id';

COMMENT ON COLUMN public.learner_links.linked_at IS 'When the link was made';

COMMENT ON COLUMN public.learner_links.linked_by IS 'Who made it: the account of this machine; null where it is not known';

CREATE TABLE public.learnworlds_contents (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    course_title text,
    section_id text,
    section_title text,
    unit_id text,
    unit_type text,
    unit_title text,
    graded boolean NOT NULL
);

ALTER TABLE ONLY public.learnworlds_contents FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_contents IS 'Sections and learning units of courses, in their order';

CREATE TABLE public.learnworlds_courses (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    title text,
    access text,
    starts_on date,
    ends_on date,
    created_at timestamp with time zone
);

ALTER TABLE ONLY public.learnworlds_courses FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_courses IS 'Courses of the school, with category and days as cursos.yml has them';

CREATE TABLE public.learnworlds_grades (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    grade_id text NOT NULL,
    unit_type text,
    user_id text NOT NULL,
    email text,
    unit_id text NOT NULL,
    grade numeric(9,4),
    score numeric(9,6),
    created_at timestamp with time zone,
    modified_at timestamp with time zone,
    submitted_at timestamp with time zone
);

ALTER TABLE ONLY public.learnworlds_grades FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_grades IS 'Grades of learning units; score is grade ÷ 100';

CREATE TABLE public.learnworlds_responses (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    response_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    unit_id text NOT NULL,
    grade numeric(9,4),
    score numeric(9,6),
    created_at timestamp with time zone,
    modified_at timestamp with time zone,
    submitted_at timestamp with time zone,
    passed boolean,
    blocks integer NOT NULL,
    points numeric(14,4),
    max_points numeric(14,4),
    answer text
);

ALTER TABLE ONLY public.learnworlds_responses FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_responses IS 'What was handed in for assessments; score is grade ÷ 100, else points ÷ max_points';

COMMENT ON COLUMN public.learnworlds_responses.answer IS 'What the learner answered: its first 200 characters, null where it is not known';

CREATE TABLE public.learnworlds_suspended (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    username text,
    role text NOT NULL,
    suspended boolean NOT NULL,
    created_at timestamp with time zone,
    last_login_at timestamp with time zone,
    enrolled_at timestamp with time zone,
    enrolled_on date,
    expires_on date,
    groups text
);

ALTER TABLE ONLY public.learnworlds_suspended FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_suspended IS 'Suspended people, whom a course''s own list leaves out, in each of their courses';

COMMENT ON COLUMN public.learnworlds_suspended.groups IS 'Groups that tags name (LEARNWORLDS_GROUP_TAGS), one on each line';

CREATE TABLE public.learnworlds_users (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    username text,
    role text NOT NULL,
    suspended boolean NOT NULL,
    created_at timestamp with time zone,
    last_login_at timestamp with time zone,
    enrolled_at timestamp with time zone,
    enrolled_on date,
    expires_on date,
    groups text
);

ALTER TABLE ONLY public.learnworlds_users FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.learnworlds_users IS 'People of courses, with the day they were enrolled';

COMMENT ON COLUMN public.learnworlds_users.groups IS 'Groups that tags name (LEARNWORLDS_GROUP_TAGS), one on each line';

CREATE TABLE public.level_updates (
    number bigint DEFAULT nextval('public.client_activity_number'::regclass) NOT NULL,
    at timestamp with time zone NOT NULL,
    day date NOT NULL
);

ALTER TABLE ONLY public.level_updates FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.level_updates IS 'When the daily update of levels ran; a step that was due then counts on that day';

COMMENT ON COLUMN public.level_updates.number IS 'Its place in the order in which quizzes were counted';

COMMENT ON COLUMN public.level_updates.day IS 'The school day';

CREATE TABLE public.materialized_stats (
    type text NOT NULL,
    entity_id text NOT NULL,
    group_id text,
    course_id text,
    level_id text,
    topic_id text,
    metrics jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL,
    shown_to_readers boolean DEFAULT false NOT NULL,
    CONSTRAINT materialized_stats_type_check CHECK ((type = ANY (ARRAY['group'::text, 'level'::text, 'topic'::text, 'course'::text, 'learner'::text, 'group_level'::text, 'group_topic'::text, 'group_course'::text, 'course_level'::text, 'course_topic'::text])))
);

ALTER TABLE ONLY public.materialized_stats FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.materialized_stats IS 'Figures by group, level, topic, course and learner: name → {value, n, low, high, as_of} and its exact sums';

COMMENT ON COLUMN public.materialized_stats.entity_id IS 'The id of the entity; of a pair, both with | between';

COMMENT ON COLUMN public.materialized_stats.group_id IS 'Who may see it besides admins: readers of this group';

COMMENT ON COLUMN public.materialized_stats.course_id IS 'Of a group over several courses null, but in the rows of a group in one course';

COMMENT ON COLUMN public.materialized_stats.shown_to_readers IS 'About five learners or more, and no smaller figure can be computed from it';

CREATE TABLE public.messages (
    message_id bigint NOT NULL,
    recipient_id bigint,
    channel text NOT NULL,
    address text NOT NULL,
    what text NOT NULL,
    content jsonb DEFAULT '{}'::jsonb NOT NULL,
    build_id bigint,
    state text DEFAULT 'waiting'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone DEFAULT now() NOT NULL,
    done_steps jsonb DEFAULT '{}'::jsonb NOT NULL,
    provider_id text,
    url text,
    error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    tried_since timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT messages_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT messages_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'unknown'::text, 'refused'::text, 'failed'::text, 'dropped'::text]))),
    CONSTRAINT messages_tries_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.messages IS 'Each message to one recipient, and how far it got';

COMMENT ON COLUMN public.messages.content IS 'What its text needs that is kept nowhere else, such as the result of a run';

COMMENT ON COLUMN public.messages.build_id IS 'The newest build when it was planned';

COMMENT ON COLUMN public.messages.state IS 'sending: a try began; unknown: the service may have taken it; dropped: what it was about changed, or the right to it ended';

COMMENT ON COLUMN public.messages.done_steps IS 'Steps that the service took: step → its id there; no later try repeats them';

COMMENT ON COLUMN public.messages.tried_since IS 'Since when it is tried; after a day of tries it has failed';

ALTER TABLE public.messages ALTER COLUMN message_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.messages_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mobile_devices (
    device_id text NOT NULL,
    slice_id bigint NOT NULL,
    platform text,
    device_brand text,
    device_manufacturer text,
    device_model text,
    device_family text,
    device_type text,
    device_carrier text,
    os_name text,
    os_version text,
    language text,
    adid text,
    idfa text,
    seen_at timestamp with time zone
);

ALTER TABLE ONLY public.mobile_devices FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.mobile_devices IS 'Phones and tablets as they were seen last';

CREATE TABLE public.permanent_user_properties (
    ehr_id text NOT NULL,
    slice_id bigint NOT NULL,
    known_at timestamp with time zone,
    properties jsonb NOT NULL
);

ALTER TABLE ONLY public.permanent_user_properties FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.permanent_user_properties IS 'What does not change about a person';

COMMENT ON COLUMN public.permanent_user_properties.properties IS 'Those that field_mappings.yaml calls permanent';

CREATE TABLE public.planification_plan (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    course_id text NOT NULL,
    item_id text NOT NULL,
    title text,
    due_on date NOT NULL,
    status text NOT NULL
);

ALTER TABLE ONLY public.planification_plan FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.planification_plan IS 'Plan rows of planification/, by the course that each file fits';

CREATE VIEW public.posted_events WITH (security_invoker='true') AS
 SELECT e.slice_id,
    e."position",
    (e.uuid)::text AS uuid,
    e.event_type,
    e.event_time,
    e.user_id,
    e.ehr_id,
    e.session_id,
    e.course_id,
    e.item_id,
    e.correct,
    e.score,
    e.duration_s,
    e.hints,
    e.response
   FROM (public.events_part e
     JOIN public.slices s USING (slice_id))
  WHERE (s.source = 'posted'::text);

COMMENT ON VIEW public.posted_events IS 'Events that were posted over HTTP';

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

ALTER TABLE ONLY public.procrastinate_events FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.procrastinate_events IS 'What happened to each job, and when';

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE ONLY public.procrastinate_periodic_defers FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.procrastinate_periodic_defers IS 'Not used: schedules are rows of the table schedules';

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.procrastinate_workers FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.procrastinate_workers IS 'Workers, and when each was last seen';

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.progress_summary (
    learner_id text NOT NULL,
    course_id text NOT NULL,
    name text,
    email text,
    enrolled boolean NOT NULL,
    enrolled_today boolean NOT NULL,
    attempts bigint NOT NULL,
    correct bigint NOT NULL,
    avg_accuracy double precision,
    avg_accuracy_low double precision,
    avg_accuracy_high double precision,
    submitted bigint NOT NULL,
    completed bigint NOT NULL,
    average_grade double precision,
    average_grade_low double precision,
    average_grade_high double precision,
    due bigint NOT NULL,
    done bigint NOT NULL,
    missing bigint NOT NULL,
    days_behind bigint NOT NULL,
    pace double precision,
    forecast_on date,
    last_active_on date,
    at_risk text[] NOT NULL,
    score double precision,
    rank bigint,
    as_of timestamp with time zone,
    build_id bigint NOT NULL,
    group_ids text[] DEFAULT '{}'::text[] NOT NULL,
    group_names text[] DEFAULT '{}'::text[] NOT NULL,
    grade_sum numeric(38,0) DEFAULT 0 NOT NULL,
    grade_squares numeric(38,0) DEFAULT 0 NOT NULL,
    CONSTRAINT progress_summary_check CHECK ((cardinality(group_ids) = cardinality(group_names)))
);

ALTER TABLE ONLY public.progress_summary FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.progress_summary IS 'How each learner stands in each course';

COMMENT ON COLUMN public.progress_summary.enrolled IS 'Their membership overlaps the course''s period';

COMMENT ON COLUMN public.progress_summary.average_grade IS 'Percent, over completed items';

COMMENT ON COLUMN public.progress_summary.group_ids IS 'Groups whose membership overlaps the course''s period, those of today first; of who is not enrolled, the groups they answered in. Who reads any of them sees the row';

COMMENT ON COLUMN public.progress_summary.group_names IS 'The names of the same groups, in the same order';

COMMENT ON COLUMN public.progress_summary.grade_sum IS 'Best scores of completed items in millionths, added up';

COMMENT ON COLUMN public.progress_summary.grade_squares IS 'The squares of the same, added up';

CREATE TABLE public.quarantine (
    quarantine_id bigint NOT NULL,
    slice_id bigint NOT NULL,
    place text NOT NULL,
    reason text NOT NULL,
    reason_code text GENERATED ALWAYS AS (btrim(split_part(reason, ':'::text, 1))) STORED NOT NULL,
    raw bytea NOT NULL,
    digest bytea GENERATED ALWAYS AS (sha256(raw)) STORED NOT NULL,
    of_held boolean DEFAULT false NOT NULL,
    noted_at timestamp with time zone DEFAULT now() NOT NULL,
    closed_at timestamp with time zone,
    resolution text,
    CONSTRAINT quarantine_closed_with_a_word CHECK (((closed_at IS NULL) = (resolution IS NULL))),
    CONSTRAINT quarantine_resolution_check CHECK ((resolution = ANY (ARRAY['read_again'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.quarantine FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.quarantine IS 'Records that could not be understood, whole, with their place and the reason';

COMMENT ON COLUMN public.quarantine.place IS 'Where it stood: file, line, column, or path in the document';

COMMENT ON COLUMN public.quarantine.reason_code IS 'The reason before its first colon';

COMMENT ON COLUMN public.quarantine.raw IS 'The bytes as received';

COMMENT ON COLUMN public.quarantine.of_held IS 'It belongs to a reading that is held, not to what is loaded';

COMMENT ON COLUMN public.quarantine.resolution IS 'read_again: a later reading no longer breaks on it; dropped: a person dropped the slice';

ALTER TABLE public.quarantine ALTER COLUMN quarantine_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.quarantine_quarantine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reader_course_figures (
    course_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    build_id bigint NOT NULL
);

ALTER TABLE ONLY public.reader_course_figures FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.reader_course_figures IS 'The figures of courses as readers see them: small ones are left out';

CREATE TABLE public.reader_leaderboards (
    scope text NOT NULL,
    scope_id text NOT NULL,
    group_id text GENERATED ALWAYS AS (
CASE
    WHEN (scope = 'group'::text) THEN scope_id
    ELSE NULL::text
END) STORED,
    rankings jsonb NOT NULL,
    size bigint NOT NULL,
    CONSTRAINT reader_leaderboards_scope_check CHECK ((scope = ANY (ARRAY['global'::text, 'course'::text, 'group'::text, 'level'::text])))
);

ALTER TABLE ONLY public.reader_leaderboards FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.reader_leaderboards IS 'The leaderboards of five learners or more with rank and score alone';

CREATE TABLE public.recipients (
    recipient_id bigint NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    resolved_address text NOT NULL,
    what text NOT NULL,
    role text NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    courses text[] DEFAULT '{}'::text[] NOT NULL,
    language text NOT NULL,
    cron text DEFAULT ''::text NOT NULL,
    next_at timestamp with time zone,
    origin text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    paused_at timestamp with time zone,
    paused_because text,
    staff_id bigint,
    groups text[] DEFAULT '{}'::text[] NOT NULL,
    owner_id bigint,
    unsubscribed_at timestamp with time zone,
    CONSTRAINT recipients_check CHECK (((next_at IS NULL) = (cron = ''::text))),
    CONSTRAINT recipients_check1 CHECK (((paused_at IS NULL) = (paused_because IS NULL))),
    CONSTRAINT recipients_check2 CHECK (((role = 'curator'::text) OR (staff_id IS NULL))),
    CONSTRAINT recipients_check3 CHECK (((role <> 'curator'::text) OR (groups = '{}'::text[]))),
    CONSTRAINT recipients_origin_check CHECK ((origin = ANY (ARRAY['command'::text, 'settings'::text]))),
    CONSTRAINT recipients_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'curator'::text, 'reader'::text]))),
    CONSTRAINT recipients_what_check CHECK ((what = ANY (ARRAY['course-report'::text, 'group-report'::text, 'daily-figures'::text, 'run-result'::text, 'alert'::text])))
);

ALTER TABLE ONLY public.recipients FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.recipients IS 'Who gets what, through which channel, in which language and when';

COMMENT ON COLUMN public.recipients.address IS 'As a person wrote it';

COMMENT ON COLUMN public.recipients.resolved_address IS 'As the channel keeps it: for Slack the id of a channel, not its name';

COMMENT ON COLUMN public.recipients.role IS 'What they may see: curator = own groups; reader = figures without names, small cells hidden';

COMMENT ON COLUMN public.recipients.categories IS 'With courses: the only ones they get; both empty = every course';

COMMENT ON COLUMN public.recipients.cron IS 'When, as a cron line in school time; empty = after each run';

COMMENT ON COLUMN public.recipients.origin IS 'settings: named by a setting such as RECIPIENT_EMAIL, and gone with it';

COMMENT ON COLUMN public.recipients.paused_because IS 'Why nothing goes there until a person says so: the service refused the address';

COMMENT ON COLUMN public.recipients.staff_id IS 'Of a curator: whose groups they get; null = of somebody who left, so nothing';

COMMENT ON COLUMN public.recipients.groups IS 'Of others: the only groups they get; empty = all of the courses';

COMMENT ON COLUMN public.recipients.owner_id IS 'The admin of the staff who added it, gone or not; null = whoever runs Gradeline';

COMMENT ON COLUMN public.recipients.unsubscribed_at IS 'Since when they want none of these messages, by the link in one of them';

ALTER TABLE public.recipients ALTER COLUMN recipient_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.recipients_recipient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.report_exports (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    origin text DEFAULT 'request'::text NOT NULL,
    requested_by text NOT NULL,
    principal jsonb DEFAULT '{}'::jsonb NOT NULL,
    group_id text,
    filters jsonb DEFAULT '{}'::jsonb NOT NULL,
    format text NOT NULL,
    language text NOT NULL,
    notify jsonb,
    notified_at timestamp with time zone,
    idempotency_key text,
    request_digest text,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    touched_at timestamp with time zone,
    rows_written bigint,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    storage_key text,
    file_name text,
    media_type text,
    size bigint,
    sha256 text,
    error text,
    CONSTRAINT report_exports_check CHECK (((status <> 'ready'::text) OR (num_nulls(storage_key, file_name, media_type, size, sha256, expires_at) = 0))),
    CONSTRAINT report_exports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'pdf'::text, 'xlsx'::text, 'other'::text]))),
    CONSTRAINT report_exports_origin_check CHECK ((origin = ANY (ARRAY['request'::text, 'delivery'::text]))),
    CONSTRAINT report_exports_requested_by_check CHECK ((requested_by <> ''::text)),
    CONSTRAINT report_exports_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'ready'::text, 'failed'::text, 'expired'::text]))),
    CONSTRAINT report_exports_tries_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY public.report_exports FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.report_exports IS 'Documents that somebody asked for, and those of messages that were too large for their channel';

COMMENT ON COLUMN public.report_exports.origin IS 'delivery: a document of a message, ready from the start';

COMMENT ON COLUMN public.report_exports.requested_by IS 'The login of whoever asked; of a delivery its recipient';

COMMENT ON COLUMN public.report_exports.principal IS 'What they were allowed to see: role, groups, scope';

COMMENT ON COLUMN public.report_exports.filters IS 'topic_ids, period from and to in school days, course_id, rows';

COMMENT ON COLUMN public.report_exports.notify IS 'Who is told once it is ready: channel and address; null = nobody';

COMMENT ON COLUMN public.report_exports.idempotency_key IS 'The client''s own name of the request: one effect per login and key';

COMMENT ON COLUMN public.report_exports.request_digest IS 'Of what was asked, so that the key is not used for something else';

COMMENT ON COLUMN public.report_exports.fence IS 'Grows with every try; who tries writes only while it is theirs';

COMMENT ON COLUMN public.report_exports.touched_at IS 'When the try last showed that it lives';

COMMENT ON COLUMN public.report_exports.expires_at IS 'From then on the file is gone';

COMMENT ON COLUMN public.report_exports.storage_key IS 'Where the file lies in the store';

CREATE TABLE public.runs (
    run_id text NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    summary jsonb NOT NULL
);

ALTER TABLE ONLY public.runs FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.runs IS 'How each run ended, as messages tell it';

CREATE TABLE public.schedules (
    name text NOT NULL,
    cron text NOT NULL,
    zone text NOT NULL,
    job text NOT NULL,
    arguments jsonb DEFAULT '{}'::jsonb NOT NULL,
    next_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    origin text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    problem text,
    CONSTRAINT schedules_check CHECK (((problem IS NULL) OR (ended_at IS NOT NULL))),
    CONSTRAINT schedules_origin_check CHECK ((origin = ANY (ARRAY['command'::text, 'settings'::text])))
);

ALTER TABLE ONLY public.schedules FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.schedules IS 'Which job is due when, and how its last run ended';

COMMENT ON COLUMN public.schedules.cron IS 'When, as a cron line for the wall clock of the zone';

COMMENT ON COLUMN public.schedules.zone IS 'The time zone of the school when the next instant was computed';

COMMENT ON COLUMN public.schedules.job IS 'The name of the job: collect, run or deliver';

COMMENT ON COLUMN public.schedules.arguments IS 'The arguments of the job; {} = its defaults';

COMMENT ON COLUMN public.schedules.next_at IS 'When it is due next; a worker that moves it puts the job in the same transaction';

COMMENT ON COLUMN public.schedules.paused_at IS 'Since when it is not due until a person resumes it';

COMMENT ON COLUMN public.schedules.origin IS 'settings: named by a setting such as SCHEDULE_BATCH, and kept as that says';

COMMENT ON COLUMN public.schedules.ended_at IS 'When its job last ended';

COMMENT ON COLUMN public.schedules.problem IS 'What went wrong in that last run; null = nothing did';

CREATE TABLE public.schema_migrations (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    written_by text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.schema_migrations IS 'Migrations that this database has, and the Gradeline version that applied each.';

CREATE TABLE public.sessions (
    session_hash bytea NOT NULL,
    staff_id bigint,
    login text DEFAULT ''::text NOT NULL,
    via text NOT NULL,
    began_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_session_hash_check CHECK ((octet_length(session_hash) = 32)),
    CONSTRAINT sessions_via_check CHECK ((via = ANY (ARRAY['link'::text, 'yandex'::text])))
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.sessions IS 'People who are signed in on the page';

COMMENT ON COLUMN public.sessions.session_hash IS 'SHA-256 of the secret in the cookie, which is 32 random bytes and kept nowhere';

COMMENT ON COLUMN public.sessions.staff_id IS 'Whose it is; null with an empty login: an administrator without a name';

COMMENT ON COLUMN public.sessions.login IS 'Under which Yandex knows the person; empty: they came by a link';

COMMENT ON COLUMN public.sessions.seen_at IS 'The last request, to ten minutes';

COMMENT ON COLUMN public.sessions.expires_at IS 'It ends then even while it is used';

CREATE TABLE public.sign_in_links (
    link_hash bytea NOT NULL,
    staff_id bigint,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_links_link_hash_check CHECK ((octet_length(link_hash) = 32))
);

ALTER TABLE ONLY public.sign_in_links FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.sign_in_links IS 'One-time links that sign a person in';

COMMENT ON COLUMN public.sign_in_links.link_hash IS 'SHA-256 of its code, which is 32 random bytes and kept nowhere';

COMMENT ON COLUMN public.sign_in_links.staff_id IS 'Whom it signs in; null: an administrator without a name, for a school that has none yet';

CREATE TABLE public.signing_keys (
    key_id text NOT NULL,
    secret bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT signing_keys_key_id_check CHECK ((key_id <> ''::text)),
    CONSTRAINT signing_keys_secret_check CHECK ((octet_length(secret) = 32))
);

ALTER TABLE ONLY public.signing_keys FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.signing_keys IS 'Keys that sign links';

COMMENT ON COLUMN public.signing_keys.secret IS 'Made at random, or from SIGNING_SECRET, from which it tells nothing';

COMMENT ON COLUMN public.signing_keys.retired_at IS 'Since when it signs no more; it verifies what it signed for a week more, and unsubscribing always';

CREATE TABLE public.staff (
    staff_id bigint NOT NULL,
    login text,
    email text,
    chat text,
    role text NOT NULL,
    language text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT staff_chat_check CHECK ((chat <> ''::text)),
    CONSTRAINT staff_check CHECK ((COALESCE(login, email, chat) IS NOT NULL)),
    CONSTRAINT staff_email_check CHECK ((email <> ''::text)),
    CONSTRAINT staff_login_check CHECK ((login <> ''::text)),
    CONSTRAINT staff_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'curator'::text, 'reader'::text])))
);

ALTER TABLE ONLY public.staff FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff IS 'Who works at the school: gives roles to people whose sign-in carries none';

COMMENT ON COLUMN public.staff.login IS 'Their name at Yandex ID or another sign-in, in lower case';

COMMENT ON COLUMN public.staff.email IS 'In lower case; a teacher''s line of groups.csv with it gives them that group';

COMMENT ON COLUMN public.staff.chat IS 'The id of their chat with the Telegram bot';

COMMENT ON COLUMN public.staff.role IS 'admin: everything; curator: own groups; reader: figures without names';

CREATE TABLE public.staff_groups (
    staff_id bigint NOT NULL,
    group_id text NOT NULL,
    CONSTRAINT staff_groups_group_id_check CHECK ((group_id <> ''::text))
);

ALTER TABLE ONLY public.staff_groups FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff_groups IS 'Which groups a curator was given by a command; groups.csv gives further ones';

ALTER TABLE public.staff ALTER COLUMN staff_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staff_staff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.study_level (
    level_word text NOT NULL,
    CONSTRAINT study_level_level_word_check CHECK ((level_word <> ''::text))
);

ALTER TABLE ONLY public.study_level FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.study_level IS 'Levels as the dictionary names them; level_word = lev_name of study_levels, unless something is wrong';

CREATE TABLE public.technical_data (
    uuid uuid NOT NULL,
    slice_id bigint NOT NULL,
    amplitude_id bigint,
    event_id bigint,
    insert_id text,
    insert_key text,
    schema bigint,
    data_type text,
    amplitude_event_type text,
    library text,
    language text,
    os_name text,
    os_version text,
    start_version text,
    client_event_time timestamp with time zone,
    client_upload_time timestamp with time zone,
    server_received_time timestamp with time zone,
    processed_time timestamp with time zone,
    user_creation_time timestamp with time zone,
    is_attribution_event boolean,
    amplitude_attribution_ids text,
    partner_id text,
    source_id text,
    paying boolean,
    sample_rate double precision,
    data jsonb,
    groups jsonb,
    group_properties jsonb,
    plan jsonb,
    global_user_properties jsonb
);

ALTER TABLE ONLY public.technical_data FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.technical_data IS 'How an event was recorded, sent and processed';

CREATE TABLE public.ticks (
    tick text NOT NULL,
    next_at timestamp with time zone NOT NULL,
    loaded_at timestamp with time zone,
    CONSTRAINT ticks_tick_check CHECK ((tick <> ''::text))
);

ALTER TABLE ONLY public.ticks FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.ticks IS 'What comes again and again by an interval, and when next';

COMMENT ON COLUMN public.ticks.loaded_at IS 'When the newest slice was loaded that the last one knew of';

CREATE TABLE public.transform_reports (
    report_id uuid DEFAULT gen_random_uuid() NOT NULL,
    source text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    slices bigint DEFAULT 0 NOT NULL,
    migrated bigint DEFAULT 0 NOT NULL,
    permanent bigint DEFAULT 0 NOT NULL,
    changeable bigint DEFAULT 0 NOT NULL,
    left_rows jsonb DEFAULT '{}'::jsonb NOT NULL,
    error text,
    CONSTRAINT transform_reports_changeable_check CHECK ((changeable >= 0)),
    CONSTRAINT transform_reports_check CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT transform_reports_migrated_check CHECK ((migrated >= 0)),
    CONSTRAINT transform_reports_permanent_check CHECK ((permanent >= 0)),
    CONSTRAINT transform_reports_slices_check CHECK ((slices >= 0)),
    CONSTRAINT transform_reports_source_check CHECK ((source = ANY (ARRAY['all'::text, 'amplitude'::text, 'appmetrica'::text, 'posted'::text]))),
    CONSTRAINT transform_reports_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.transform_reports FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.transform_reports IS 'What became of moving user properties into their two tables';

COMMENT ON COLUMN public.transform_reports.slices IS 'Slices whose rows were moved';

COMMENT ON COLUMN public.transform_reports.migrated IS 'Rows of tmp_user_properties that were moved';

COMMENT ON COLUMN public.transform_reports.permanent IS 'Rows of permanent_user_properties that were written';

COMMENT ON COLUMN public.transform_reports.changeable IS 'Rows of changeable_user_properties that were written';

COMMENT ON COLUMN public.transform_reports.left_rows IS 'Why → how many rows of tmp_user_properties were left';

CREATE TABLE public.unmatched_rows (
    course_id text NOT NULL,
    "table" text NOT NULL,
    reason text NOT NULL,
    rows bigint NOT NULL,
    ids bigint NOT NULL,
    examples jsonb NOT NULL,
    build_id bigint NOT NULL,
    CONSTRAINT unmatched_rows_ids_check CHECK ((ids > 0)),
    CONSTRAINT unmatched_rows_reason_check CHECK ((reason = ANY (ARRAY['course'::text, 'no_course'::text, 'learner'::text, 'enrolment'::text, 'unlisted'::text, 'item'::text, 'no_item'::text, 'future'::text]))),
    CONSTRAINT unmatched_rows_rows_check CHECK ((rows > 0)),
    CONSTRAINT unmatched_rows_table_check CHECK (("table" = ANY (ARRAY['attempts'::text, 'events'::text, 'memberships'::text])))
);

ALTER TABLE ONLY public.unmatched_rows FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.unmatched_rows IS 'Rows of canonical tables that figures of a course leave out, or count with a doubt, since what they point at is in no table';

COMMENT ON COLUMN public.unmatched_rows.course_id IS 'The course; empty = the rows are of none';

COMMENT ON COLUMN public.unmatched_rows.reason IS 'What is missing: the course, the learner, their enrolment, the item; no_course, no_item: the row has no such id; unlisted: counts as enrolled, but is no row of learners; future: the day is to come';

COMMENT ON COLUMN public.unmatched_rows.ids IS 'Different ids that are missing; of no_course and no_item learners, of future days';

COMMENT ON COLUMN public.unmatched_rows.examples IS 'Some of these ids, each with one of the same course or source that looks like it if there is one';

CREATE TABLE public.user_locations (
    uuid uuid NOT NULL,
    slice_id bigint NOT NULL,
    ip_address text,
    country text,
    region text,
    city text,
    dma text,
    location_lat double precision,
    location_lng double precision
);

ALTER TABLE ONLY public.user_locations FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.user_locations IS 'Where an event came from';

CREATE VIEW public.view_study_level_mapped WITH (security_invoker='true') AS
 SELECT l.level_id,
    l.lev_name,
    w.level_word,
    l.cefr,
    l.min_rating,
    l.word_weight,
    (NOT (l.lev_name IS DISTINCT FROM w.level_word)) AS is_mapped
   FROM (public.study_levels l
     FULL JOIN public.study_level w ON ((w.level_word = l.lev_name)));

COMMENT ON VIEW public.view_study_level_mapped IS 'Levels of study beside those of the dictionary; is_mapped = false where one lacks the other';

CREATE TABLE public.vocabulary_answers (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    client_id text NOT NULL,
    activity_id bigint NOT NULL,
    number integer NOT NULL,
    course text NOT NULL,
    course_title text NOT NULL,
    level text NOT NULL,
    weight integer NOT NULL,
    word_id text NOT NULL,
    word_title text NOT NULL,
    category text,
    answered_at timestamp with time zone NOT NULL,
    answered_on date NOT NULL,
    correct boolean NOT NULL,
    hints integer NOT NULL,
    duration_s numeric(12,3),
    response text
);

ALTER TABLE ONLY public.vocabulary_answers FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.vocabulary_answers IS 'Answers of the bot''s learners, as courses by level see them';

COMMENT ON COLUMN public.vocabulary_answers.client_id IS 'client_info.client_id';

COMMENT ON COLUMN public.vocabulary_answers.number IS 'Position of the question in its quiz';

COMMENT ON COLUMN public.vocabulary_answers.course IS 'The level in lower case';

COMMENT ON COLUMN public.vocabulary_answers.weight IS 'word_weight of the level';

COMMENT ON COLUMN public.vocabulary_answers.answered_on IS 'The school day';

CREATE TABLE public.vocabulary_learners (
    slice_id bigint NOT NULL,
    "position" bigint NOT NULL,
    client_id text NOT NULL,
    name text,
    group_id text,
    group_name text,
    joined_on date
);

ALTER TABLE ONLY public.vocabulary_learners FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.vocabulary_learners IS 'Learners of the bot who answered: a row for each group that they joined, else one';

COMMENT ON COLUMN public.vocabulary_learners.client_id IS 'client_info.client_id';

COMMENT ON COLUMN public.vocabulary_learners.joined_on IS 'The school day';

CREATE TABLE public.word_category (
    category_id bigint NOT NULL,
    name text NOT NULL,
    CONSTRAINT word_category_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.word_category FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.word_category IS 'Categories of words';

ALTER TABLE public.word_category ALTER COLUMN category_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.word_category_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.word_difficulty (
    word_id bigint NOT NULL,
    difficulty double precision NOT NULL,
    variance double precision NOT NULL,
    uncertainty double precision GENERATED ALWAYS AS (((1.959964)::double precision * sqrt(variance))) STORED,
    answers bigint DEFAULT 0 NOT NULL,
    CONSTRAINT word_difficulty_variance_check CHECK ((variance > (0)::double precision))
);

ALTER TABLE ONLY public.word_difficulty FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.word_difficulty IS 'How difficult words are, by Elo over all learners';

COMMENT ON COLUMN public.word_difficulty.difficulty IS 'In logits, on the scale of client_analytics.ability';

COMMENT ON COLUMN public.word_difficulty.uncertainty IS 'Half of the 95 % interval of difficulty';

ALTER TABLE ONLY public.grader_attempts ALTER COLUMN id SET DEFAULT nextval('public.grader_attempts_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (token_id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_shown_as_key UNIQUE (shown_as);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.appmetrica_events
    ADD CONSTRAINT appmetrica_events_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (audit_id);

ALTER TABLE ONLY public.backups
    ADD CONSTRAINT backups_pkey PRIMARY KEY (backup_id);

ALTER TABLE ONLY public.bot_chats
    ADD CONSTRAINT bot_chats_pkey PRIMARY KEY (chat_id);

ALTER TABLE ONLY public.bot_messages
    ADD CONSTRAINT bot_messages_key_key UNIQUE (key);

ALTER TABLE ONLY public.bot_messages
    ADD CONSTRAINT bot_messages_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.bot_pause
    ADD CONSTRAINT bot_pause_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.bot_states
    ADD CONSTRAINT bot_states_pkey PRIMARY KEY (state_key);

ALTER TABLE ONLY public.bot_updates
    ADD CONSTRAINT bot_updates_pkey PRIMARY KEY (update_id);

ALTER TABLE ONLY public.bot_webhook
    ADD CONSTRAINT bot_webhook_pkey PRIMARY KEY (single);

ALTER TABLE ONLY public.builds
    ADD CONSTRAINT builds_pkey PRIMARY KEY (build_id);

ALTER TABLE ONLY public.changeable_user_properties
    ADD CONSTRAINT changeable_user_properties_pkey PRIMARY KEY (ehr_id, changed_at);

ALTER TABLE ONLY public.client_activity_log
    ADD CONSTRAINT client_activity_log_activity_id_client_id_key UNIQUE (activity_id, client_id);

ALTER TABLE ONLY public.client_activity_log
    ADD CONSTRAINT client_activity_log_number_key UNIQUE (number);

ALTER TABLE ONLY public.client_activity_log
    ADD CONSTRAINT client_activity_log_pkey PRIMARY KEY (activity_id);

ALTER TABLE ONLY public.client_activity_words
    ADD CONSTRAINT client_activity_words_activity_id_word_id_key UNIQUE (activity_id, word_id);

ALTER TABLE ONLY public.client_activity_words
    ADD CONSTRAINT client_activity_words_pkey PRIMARY KEY (activity_id, "position");

ALTER TABLE ONLY public.client_analytics
    ADD CONSTRAINT client_analytics_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY public.client_groups
    ADD CONSTRAINT client_groups_pkey PRIMARY KEY (client_id, group_id);

ALTER TABLE ONLY public.client_info
    ADD CONSTRAINT client_info_chat_id_key UNIQUE (chat_id);

ALTER TABLE ONLY public.client_info
    ADD CONSTRAINT client_info_learner_id_key UNIQUE (learner_id);

ALTER TABLE ONLY public.client_info
    ADD CONSTRAINT client_info_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY public.client_word_memory
    ADD CONSTRAINT client_word_memory_pkey PRIMARY KEY (client_id, word_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (contact_id);

ALTER TABLE ONLY public.course_figures
    ADD CONSTRAINT course_figures_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY public.course_folders
    ADD CONSTRAINT course_folders_folded_key UNIQUE (folded);

ALTER TABLE ONLY public.course_folders
    ADD CONSTRAINT course_folders_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY public.course_keys
    ADD CONSTRAINT course_keys_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY public.course_links
    ADD CONSTRAINT course_links_pkey PRIMARY KEY (source, external_id);

ALTER TABLE ONLY public.daily_statistics
    ADD CONSTRAINT daily_statistics_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (channel, address, what, document, occasion);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (course_id, group_id);

ALTER TABLE ONLY public.esp2rus_dictionary
    ADD CONSTRAINT esp2rus_dictionary_pkey PRIMARY KEY (word_id);

ALTER TABLE ONLY public.esp2rus_dictionary
    ADD CONSTRAINT esp2rus_dictionary_word_translation_key UNIQUE (word, translation);

ALTER TABLE ONLY public.events_part
    ADD CONSTRAINT events_part_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY public.exports_generated
    ADD CONSTRAINT exports_generated_pkey PRIMARY KEY (format);

ALTER TABLE ONLY public.file_links
    ADD CONSTRAINT file_links_pkey PRIMARY KEY (link_id);

ALTER TABLE ONLY public.files_attempts
    ADD CONSTRAINT files_attempts_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_courses
    ADD CONSTRAINT files_courses_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_event_days
    ADD CONSTRAINT files_event_days_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_events
    ADD CONSTRAINT files_events_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_groups
    ADD CONSTRAINT files_groups_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_items
    ADD CONSTRAINT files_items_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_learner_links
    ADD CONSTRAINT files_learner_links_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_learners
    ADD CONSTRAINT files_learners_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_memberships
    ADD CONSTRAINT files_memberships_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.files_plan
    ADD CONSTRAINT files_plan_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.forgetting
    ADD CONSTRAINT forgetting_pkey PRIMARY KEY (what, name);

ALTER TABLE ONLY public.forgotten_key
    ADD CONSTRAINT forgotten_key_pkey PRIMARY KEY (the_one);

ALTER TABLE ONLY public.forgotten
    ADD CONSTRAINT forgotten_pkey PRIMARY KEY (source, digest);

ALTER TABLE ONLY public.form_figures
    ADD CONSTRAINT form_figures_pkey PRIMARY KEY (course_id, group_id);

ALTER TABLE ONLY public.graded_attempts
    ADD CONSTRAINT graded_attempts_pkey PRIMARY KEY (course_id, attempt_id);

ALTER TABLE ONLY public.graded_attempts_since
    ADD CONSTRAINT graded_attempts_since_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY public.grader_attempts
    ADD CONSTRAINT grader_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.group_codes
    ADD CONSTRAINT group_codes_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.group_figures
    ADD CONSTRAINT group_figures_pkey PRIMARY KEY (group_id, course_id);

ALTER TABLE ONLY public.group_history
    ADD CONSTRAINT group_history_pkey PRIMARY KEY (group_id, course_id, week);

ALTER TABLE ONLY public.groups_members
    ADD CONSTRAINT groups_members_pkey PRIMARY KEY (slice_id, "position", learner_id);

ALTER TABLE ONLY public.item_figures
    ADD CONSTRAINT item_figures_pkey PRIMARY KEY (course_id, group_id, item_id);

ALTER TABLE ONLY public.job_counts
    ADD CONSTRAINT job_counts_pkey PRIMARY KEY (job, status);

ALTER TABLE ONLY public.kpi_history
    ADD CONSTRAINT kpi_history_pkey PRIMARY KEY (course_id, kpi, as_of);

ALTER TABLE ONLY public.leaderboards
    ADD CONSTRAINT leaderboards_pkey PRIMARY KEY (scope, scope_id);

ALTER TABLE ONLY public.learner_links
    ADD CONSTRAINT learner_links_pkey PRIMARY KEY (source, external_id);

ALTER TABLE ONLY public.learnworlds_contents
    ADD CONSTRAINT learnworlds_contents_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.learnworlds_courses
    ADD CONSTRAINT learnworlds_courses_pkey PRIMARY KEY (slice_id, course);

ALTER TABLE ONLY public.learnworlds_grades
    ADD CONSTRAINT learnworlds_grades_pkey PRIMARY KEY (slice_id, grade_id);

ALTER TABLE ONLY public.learnworlds_responses
    ADD CONSTRAINT learnworlds_responses_pkey PRIMARY KEY (slice_id, response_id);

ALTER TABLE ONLY public.learnworlds_suspended
    ADD CONSTRAINT learnworlds_suspended_pkey PRIMARY KEY (slice_id, course, user_id);

ALTER TABLE ONLY public.learnworlds_users
    ADD CONSTRAINT learnworlds_users_pkey PRIMARY KEY (slice_id, user_id);

ALTER TABLE ONLY public.level_updates
    ADD CONSTRAINT level_updates_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.materialized_stats
    ADD CONSTRAINT materialized_stats_pkey PRIMARY KEY (type, entity_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.mobile_devices
    ADD CONSTRAINT mobile_devices_pkey PRIMARY KEY (device_id);

ALTER TABLE ONLY public.permanent_user_properties
    ADD CONSTRAINT permanent_user_properties_pkey PRIMARY KEY (ehr_id);

ALTER TABLE ONLY public.planification_plan
    ADD CONSTRAINT planification_plan_pkey PRIMARY KEY (slice_id, item_id);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.progress_summary
    ADD CONSTRAINT progress_summary_pkey PRIMARY KEY (learner_id, course_id);

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (quarantine_id);

ALTER TABLE ONLY public.reader_course_figures
    ADD CONSTRAINT reader_course_figures_pkey PRIMARY KEY (course_id);

ALTER TABLE ONLY public.reader_leaderboards
    ADD CONSTRAINT reader_leaderboards_pkey PRIMARY KEY (scope, scope_id);

ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT recipients_channel_resolved_address_what_key UNIQUE (channel, resolved_address, what);

ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT recipients_pkey PRIMARY KEY (recipient_id);

ALTER TABLE ONLY public.report_exports
    ADD CONSTRAINT report_exports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.report_exports
    ADD CONSTRAINT report_exports_requested_by_idempotency_key_key UNIQUE (requested_by, idempotency_key);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_hash);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (link_hash);

ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.slices
    ADD CONSTRAINT slices_named_once UNIQUE (source, stream, "window");

ALTER TABLE ONLY public.slices
    ADD CONSTRAINT slices_pkey PRIMARY KEY (slice_id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_chat_key UNIQUE (chat);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_email_key UNIQUE (email);

ALTER TABLE ONLY public.staff_groups
    ADD CONSTRAINT staff_groups_pkey PRIMARY KEY (staff_id, group_id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_login_key UNIQUE (login);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (staff_id);

ALTER TABLE ONLY public.study_level
    ADD CONSTRAINT study_level_pkey PRIMARY KEY (level_word);

ALTER TABLE ONLY public.study_levels
    ADD CONSTRAINT study_levels_lev_name_key UNIQUE (lev_name);

ALTER TABLE ONLY public.study_levels
    ADD CONSTRAINT study_levels_pkey PRIMARY KEY (level_id);

ALTER TABLE ONLY public.technical_data
    ADD CONSTRAINT technical_data_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY public.ticks
    ADD CONSTRAINT ticks_pkey PRIMARY KEY (tick);

ALTER TABLE ONLY public.tmp_event_properties
    ADD CONSTRAINT tmp_event_properties_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY public.tmp_user_properties
    ADD CONSTRAINT tmp_user_properties_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY public.transform_reports
    ADD CONSTRAINT transform_reports_pkey PRIMARY KEY (report_id);

ALTER TABLE ONLY public.unmatched_rows
    ADD CONSTRAINT unmatched_rows_pkey PRIMARY KEY (course_id, "table", reason);

ALTER TABLE ONLY public.user_locations
    ADD CONSTRAINT user_locations_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY public.vocabulary_answers
    ADD CONSTRAINT vocabulary_answers_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.vocabulary_learners
    ADD CONSTRAINT vocabulary_learners_pkey PRIMARY KEY (slice_id, "position");

ALTER TABLE ONLY public.word_category
    ADD CONSTRAINT word_category_name_key UNIQUE (name);

ALTER TABLE ONLY public.word_category
    ADD CONSTRAINT word_category_pkey PRIMARY KEY (category_id);

ALTER TABLE ONLY public.word_difficulty
    ADD CONSTRAINT word_difficulty_pkey PRIMARY KEY (word_id);

CREATE INDEX appmetrica_events_event_at ON public.appmetrica_events USING btree (event_at);

CREATE INDEX audit_happened_at ON public.audit USING btree (happened_at);

CREATE INDEX backups_started_at ON public.backups USING btree (started_at);

CREATE INDEX bot_messages_ended_at ON public.bot_messages USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX bot_messages_open ON public.bot_messages USING btree (chat_id, kind, message_id) WHERE (status = ANY (ARRAY['waiting'::text, 'sending'::text]));

CREATE INDEX bot_states_chat ON public.bot_states USING btree (chat_id);

CREATE INDEX bot_updates_handled_at ON public.bot_updates USING btree (handled_at);

CREATE INDEX changeable_user_properties_slice ON public.changeable_user_properties USING brin (slice_id int8_minmax_multi_ops);

CREATE INDEX client_activity_log_client ON public.client_activity_log USING btree (client_id, number);

CREATE UNIQUE INDEX client_activity_log_open ON public.client_activity_log USING btree (client_id) WHERE (status = 'open'::text);

CREATE INDEX client_activity_words_answered ON public.client_activity_words USING btree (answered_at);

CREATE INDEX client_activity_words_client ON public.client_activity_words USING btree (client_id, answered_at);

CREATE INDEX client_activity_words_word ON public.client_activity_words USING btree (word_id);

CREATE INDEX client_groups_group ON public.client_groups USING btree (group_id);

CREATE INDEX client_word_memory_due ON public.client_word_memory USING btree (client_id, due_at);

CREATE INDEX contacts_group ON public.contacts USING btree (group_id, course_id, noted_at);

CREATE INDEX contacts_learner ON public.contacts USING btree (learner_id);

CREATE INDEX course_links_course ON public.course_links USING btree (course_id);

CREATE INDEX deliveries_message ON public.deliveries USING btree (message_id);

CREATE INDEX esp2rus_dictionary_level ON public.esp2rus_dictionary USING btree (level);

CREATE INDEX esp2rus_dictionary_translation_keys ON public.esp2rus_dictionary USING gin (translation_keys);

CREATE INDEX esp2rus_dictionary_word_keys ON public.esp2rus_dictionary USING gin (word_keys);

CREATE INDEX events_part_slice ON public.events_part USING brin (slice_id int8_minmax_multi_ops);

CREATE INDEX file_link_uses_link ON public.file_link_uses USING btree (link_id);

CREATE UNIQUE INDEX file_links_valid ON public.file_links USING btree (export_id, asker) WHERE (revoked_at IS NULL);

CREATE INDEX graded_attempts_learner ON public.graded_attempts USING btree (learner_id);

CREATE INDEX grader_attempts_created_at ON public.grader_attempts USING btree (created_at);

CREATE UNIQUE INDEX grader_attempts_natural ON public.grader_attempts USING btree (user_id, created_at, attempt_type, lis_result_sourcedid) NULLS NOT DISTINCT;

CREATE INDEX grader_attempts_slice ON public.grader_attempts USING btree (slice_id);

CREATE INDEX group_figures_course ON public.group_figures USING btree (course_id);

CREATE INDEX group_history_course ON public.group_history USING btree (course_id);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX learner_links_learner ON public.learner_links USING btree (learner_id);

CREATE INDEX materialized_stats_course ON public.materialized_stats USING btree (course_id) WHERE (course_id IS NOT NULL);

CREATE INDEX materialized_stats_group ON public.materialized_stats USING btree (group_id) WHERE (group_id IS NOT NULL);

CREATE INDEX messages_open ON public.messages USING btree (next_try_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

CREATE INDEX messages_recipient ON public.messages USING btree (recipient_id);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX progress_summary_course ON public.progress_summary USING btree (course_id);

CREATE INDEX progress_summary_groups ON public.progress_summary USING gin (group_ids);

CREATE INDEX progress_summary_key ON public.progress_summary USING btree (public.short_key(learner_id));

CREATE INDEX quarantine_open ON public.quarantine USING btree (slice_id) WHERE (closed_at IS NULL);

CREATE INDEX recipients_staff ON public.recipients USING btree (staff_id);

CREATE INDEX report_exports_open ON public.report_exports USING btree (requested_at) WHERE (status = ANY (ARRAY['pending'::text, 'processing'::text]));

CREATE INDEX report_exports_ready ON public.report_exports USING btree (expires_at) WHERE (status = 'ready'::text);

CREATE INDEX report_exports_requests ON public.report_exports USING btree (requested_by, requested_at);

CREATE INDEX runs_ended_at ON public.runs USING btree (ended_at);

CREATE INDEX sessions_of_staff ON public.sessions USING btree (staff_id);

CREATE UNIQUE INDEX signing_keys_signs ON public.signing_keys USING btree ((true)) WHERE (retired_at IS NULL);

CREATE INDEX slices_loaded_at ON public.slices USING btree (loaded_at);

CREATE INDEX slices_posted ON public.slices USING btree (stream, planned_fingerprint) WHERE (source = 'posted'::text);

CREATE INDEX technical_data_slice ON public.technical_data USING brin (slice_id int8_minmax_multi_ops);

CREATE INDEX tmp_event_properties_slice ON public.tmp_event_properties USING brin (slice_id int8_minmax_multi_ops);

CREATE INDEX tmp_user_properties_slice ON public.tmp_user_properties USING brin (slice_id int8_minmax_multi_ops);

CREATE INDEX tmp_user_properties_waiting ON public.tmp_user_properties USING btree (slice_id) WHERE ((NOT migrated) AND (ehr_id IS NOT NULL));

CREATE INDEX transform_reports_pending ON public.transform_reports USING btree (asked_at) WHERE (status = 'pending'::text);

CREATE INDEX user_locations_slice ON public.user_locations USING brin (slice_id int8_minmax_multi_ops);

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_activity_log
    ADD CONSTRAINT client_activity_log_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.client_info(client_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_activity_words
    ADD CONSTRAINT client_activity_words_activity_id_client_id_fkey FOREIGN KEY (activity_id, client_id) REFERENCES public.client_activity_log(activity_id, client_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_activity_words
    ADD CONSTRAINT client_activity_words_word_id_fkey FOREIGN KEY (word_id) REFERENCES public.esp2rus_dictionary(word_id);

ALTER TABLE ONLY public.client_analytics
    ADD CONSTRAINT client_analytics_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.client_info(client_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_analytics
    ADD CONSTRAINT client_analytics_level_id_current_fkey FOREIGN KEY (level_id_current) REFERENCES public.study_levels(level_id);

ALTER TABLE ONLY public.client_groups
    ADD CONSTRAINT client_groups_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.client_info(client_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_word_memory
    ADD CONSTRAINT client_word_memory_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.client_info(client_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.client_word_memory
    ADD CONSTRAINT client_word_memory_word_id_fkey FOREIGN KEY (word_id) REFERENCES public.esp2rus_dictionary(word_id);

ALTER TABLE ONLY public.course_figures
    ADD CONSTRAINT course_figures_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.course_keys
    ADD CONSTRAINT course_keys_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.daily_statistics
    ADD CONSTRAINT daily_statistics_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(message_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.file_link_uses
    ADD CONSTRAINT file_link_uses_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.file_links(link_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.file_links
    ADD CONSTRAINT file_links_export_id_fkey FOREIGN KEY (export_id) REFERENCES public.report_exports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.form_figures
    ADD CONSTRAINT form_figures_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.group_figures
    ADD CONSTRAINT group_figures_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.group_history
    ADD CONSTRAINT group_history_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.item_figures
    ADD CONSTRAINT item_figures_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.kpi_history
    ADD CONSTRAINT kpi_history_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.leaderboards
    ADD CONSTRAINT leaderboards_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.materialized_stats
    ADD CONSTRAINT materialized_stats_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipients(recipient_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.progress_summary
    ADD CONSTRAINT progress_summary_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_slice_id_fkey FOREIGN KEY (slice_id) REFERENCES public.slices(slice_id);

ALTER TABLE ONLY public.reader_course_figures
    ADD CONSTRAINT reader_course_figures_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT recipients_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staff_groups
    ADD CONSTRAINT staff_groups_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(staff_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.unmatched_rows
    ADD CONSTRAINT unmatched_rows_build_id_fkey FOREIGN KEY (build_id) REFERENCES public.builds(build_id);

ALTER TABLE ONLY public.word_difficulty
    ADD CONSTRAINT word_difficulty_word_id_fkey FOREIGN KEY (word_id) REFERENCES public.esp2rus_dictionary(word_id) ON DELETE CASCADE;

ALTER TABLE public.api_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY app ON public.appmetrica_events TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.audit FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.backups TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.bot_chats TO gradeline_app USING ((chat_id = ( SELECT public.app_chat() AS app_chat))) WITH CHECK ((chat_id = ( SELECT public.app_chat() AS app_chat)));

CREATE POLICY app ON public.bot_messages TO gradeline_app USING ((chat_id = ( SELECT public.app_chat() AS app_chat))) WITH CHECK ((chat_id = ( SELECT public.app_chat() AS app_chat)));

CREATE POLICY app ON public.bot_states TO gradeline_app USING ((chat_id = ( SELECT public.app_chat() AS app_chat))) WITH CHECK ((chat_id = ( SELECT public.app_chat() AS app_chat)));

CREATE POLICY app ON public.bot_updates TO gradeline_app USING ((( SELECT public.app_chat() AS app_chat) IS NOT NULL)) WITH CHECK ((( SELECT public.app_chat() AS app_chat) IS NOT NULL));

CREATE POLICY app ON public.builds FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

CREATE POLICY app ON public.changeable_user_properties TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.client_activity_log FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN (client_id IN ( SELECT g.client_id
       FROM public.client_groups g))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.client_activity_words FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN (client_id IN ( SELECT g.client_id
       FROM public.client_groups g))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.client_analytics FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN (client_id IN ( SELECT g.client_id
       FROM public.client_groups g))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.client_groups FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN ((group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[])) AND ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.client_info FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN (client_id IN ( SELECT g.client_id
       FROM public.client_groups g))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.client_word_memory FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN ( SELECT public.app_sees_vocabulary() AS app_sees_vocabulary)
    WHEN 'curator'::text THEN (client_id IN ( SELECT g.client_id
       FROM public.client_groups g))
    WHEN 'learner'::text THEN (client_id = ( SELECT public.app_client() AS app_client))
    ELSE false
END);

CREATE POLICY app ON public.contacts FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.course_figures FOR SELECT TO gradeline_app USING (((( SELECT public.app_role() AS app_role) = 'admin'::text) AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.course_folders TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.course_keys TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.course_links TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.daily_statistics TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.deliveries TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.documents TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.esp2rus_dictionary FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

CREATE POLICY app ON public.events_part TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.exports_generated TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_attempts TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_courses TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_event_days TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_events TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_groups TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_items TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_learner_links TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_learners TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_memberships TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.files_plan TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.forgetting TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.forgotten TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.form_figures FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.graded_attempts FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_ids && ( SELECT public.app_groups() AS app_groups))
    WHEN 'learner'::text THEN (learner_id = ( SELECT public.app_learner() AS app_learner))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.graded_attempts_since FOR SELECT TO gradeline_app USING (((course_id = ''::text) OR (( SELECT public.app_role() AS app_role) = 'admin'::text) OR (EXISTS ( SELECT
   FROM public.progress_summary p
  WHERE (p.course_id = graded_attempts_since.course_id)))));

CREATE POLICY app ON public.grader_attempts TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.group_figures FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    WHEN 'reader'::text THEN (shown_to_readers AND ((( SELECT public.app_only_groups() AS app_only_groups) IS NULL) OR (group_id = ANY (( SELECT public.app_only_groups() AS app_only_groups)::text[]))))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.group_history FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.groups_members TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.item_figures FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.job_counts TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.kpi_history FOR SELECT TO gradeline_app USING (((( SELECT public.app_role() AS app_role) = 'admin'::text) AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.leaderboards FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR ((scope = 'course'::text) AND (scope_id = ANY (( SELECT public.app_courses() AS app_courses)::text[]))) OR (EXISTS ( SELECT
   FROM public.group_figures g
  WHERE (g.group_id = leaderboards.group_id))))));

CREATE POLICY app ON public.learner_links TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_contents TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_courses TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_grades TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_responses TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_suspended TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.learnworlds_users TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.level_updates TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.materialized_stats FOR SELECT TO gradeline_app USING (
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'learner'::text THEN ((type = 'learner'::text) AND (entity_id = ( SELECT public.app_learner() AS app_learner)))
    ELSE (
    CASE ( SELECT public.app_role() AS app_role)
        WHEN 'admin'::text THEN true
        WHEN 'curator'::text THEN (group_id = ANY (( SELECT public.app_groups() AS app_groups)::text[]))
        WHEN 'reader'::text THEN (shown_to_readers AND ((group_id IS NULL) OR (( SELECT public.app_only_groups() AS app_only_groups) IS NULL) OR (group_id = ANY (( SELECT public.app_only_groups() AS app_only_groups)::text[]))))
        ELSE false
    END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[]))))
END);

CREATE POLICY app ON public.messages TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.mobile_devices TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.permanent_user_properties TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.planification_plan TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.procrastinate_events TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.procrastinate_jobs TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.procrastinate_periodic_defers TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.procrastinate_workers TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.progress_summary FOR SELECT TO gradeline_app USING ((
CASE ( SELECT public.app_role() AS app_role)
    WHEN 'admin'::text THEN true
    WHEN 'curator'::text THEN (group_ids && ( SELECT public.app_groups() AS app_groups))
    WHEN 'learner'::text THEN (learner_id = ( SELECT public.app_learner() AS app_learner))
    ELSE false
END AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.quarantine TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.reader_course_figures FOR SELECT TO gradeline_app USING (((( SELECT public.app_role() AS app_role) = ANY (ARRAY['admin'::text, 'reader'::text])) AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR (course_id = ANY (( SELECT public.app_courses() AS app_courses)::text[])))));

CREATE POLICY app ON public.reader_leaderboards FOR SELECT TO gradeline_app USING (((( SELECT public.app_role() AS app_role) = ANY (ARRAY['admin'::text, 'reader'::text])) AND ((group_id IS NULL) OR (( SELECT public.app_only_groups() AS app_only_groups) IS NULL) OR (group_id = ANY (( SELECT public.app_only_groups() AS app_only_groups)::text[]))) AND ((( SELECT public.app_courses() AS app_courses) IS NULL) OR ((scope = 'course'::text) AND (scope_id = ANY (( SELECT public.app_courses() AS app_courses)::text[]))) OR (EXISTS ( SELECT
   FROM public.group_figures g
  WHERE (g.group_id = reader_leaderboards.group_id))))));

CREATE POLICY app ON public.recipients TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.report_exports FOR SELECT TO gradeline_app USING (((( SELECT public.app_role() AS app_role) = 'admin'::text) OR ((requested_by = ( SELECT public.app_login() AS app_login)) AND (origin = 'request'::text))));

CREATE POLICY app ON public.runs TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.schedules TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.slices TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.study_level FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

CREATE POLICY app ON public.study_levels FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

CREATE POLICY app ON public.technical_data TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.ticks TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.tmp_event_properties TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.tmp_user_properties TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.transform_reports TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.unmatched_rows TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.user_locations TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.vocabulary_answers TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.vocabulary_learners TO gradeline_app USING ((( SELECT public.app_role() AS app_role) = 'admin'::text)) WITH CHECK ((( SELECT public.app_role() AS app_role) = 'admin'::text));

CREATE POLICY app ON public.word_category FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

CREATE POLICY app ON public.word_difficulty FOR SELECT TO gradeline_app USING ((( SELECT public.app_role() AS app_role) <> ''::text));

ALTER TABLE public.appmetrica_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY backup ON public.api_tokens FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.audit FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_chats FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_messages FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_pause FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_states FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_updates FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.bot_webhook FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.client_info FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.contacts FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.deliveries FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.file_link_uses FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.file_links FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.forgotten_key FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.group_codes FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.messages FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.recipients FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.report_exports FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.sessions FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.sign_in_links FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.signing_keys FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.staff FOR SELECT TO gradeline_backup USING (true);

CREATE POLICY backup ON public.staff_groups FOR SELECT TO gradeline_backup USING (true);

ALTER TABLE public.backups ENABLE ROW LEVEL SECURITY;

CREATE POLICY bot_adds ON public.client_activity_log FOR INSERT TO gradeline_app WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_adds ON public.client_activity_words FOR INSERT TO gradeline_app WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_adds ON public.client_analytics FOR INSERT TO gradeline_app WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_adds ON public.client_word_memory FOR INSERT TO gradeline_app WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_adds ON public.word_difficulty FOR INSERT TO gradeline_app WITH CHECK ((( SELECT public.app_client() AS app_client) IS NOT NULL));

CREATE POLICY bot_changes ON public.client_activity_log FOR UPDATE TO gradeline_app USING (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client)))) WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_changes ON public.client_activity_words FOR UPDATE TO gradeline_app USING (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client)))) WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_changes ON public.client_analytics FOR UPDATE TO gradeline_app USING (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client)))) WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_changes ON public.client_info FOR UPDATE TO gradeline_app USING ((chat_id = ( SELECT public.app_chat() AS app_chat))) WITH CHECK ((chat_id = ( SELECT public.app_chat() AS app_chat)));

CREATE POLICY bot_changes ON public.client_word_memory FOR UPDATE TO gradeline_app USING (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client)))) WITH CHECK (((( SELECT public.app_chat() AS app_chat) IS NOT NULL) AND (client_id = ( SELECT public.app_client() AS app_client))));

CREATE POLICY bot_changes ON public.word_difficulty FOR UPDATE TO gradeline_app USING ((( SELECT public.app_client() AS app_client) IS NOT NULL)) WITH CHECK ((( SELECT public.app_client() AS app_client) IS NOT NULL));

ALTER TABLE public.bot_chats ENABLE ROW LEVEL SECURITY;

CREATE POLICY bot_meets ON public.client_info FOR INSERT TO gradeline_app WITH CHECK (((chat_id = ( SELECT public.app_chat() AS app_chat)) AND (stopped_at IS NULL)));

ALTER TABLE public.bot_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bot_pause ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bot_states ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bot_updates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bot_webhook ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.builds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.changeable_user_properties ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_activity_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_activity_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_analytics ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_info ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.client_word_memory ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.course_figures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.course_folders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.course_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.course_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.daily_statistics ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.esp2rus_dictionary ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.events_part ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exports_generated ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.file_link_uses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.file_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_courses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_event_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_learner_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_learners ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.forgetting ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.forgotten ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.forgotten_key ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.form_figures ENABLE ROW LEVEL SECURITY;

CREATE POLICY functions ON public.client_groups TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.client_info TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.file_link_uses TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.file_links TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.group_codes TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.recipients TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY functions ON public.report_exports TO gradeline_owner USING (true) WITH CHECK (true);

ALTER TABLE public.graded_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graded_attempts_since ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.grader_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.group_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.group_figures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.group_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.groups_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.item_figures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.job_counts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.kpi_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.leaderboards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learner_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_contents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_courses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_grades ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_responses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_suspended ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.learnworlds_users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.level_updates ENABLE ROW LEVEL SECURITY;

CREATE POLICY loader ON public.api_tokens TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.appmetrica_events TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.audit TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.backups TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_chats TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_messages TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_pause TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_states TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_updates TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.bot_webhook TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.builds TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.changeable_user_properties TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_activity_log TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_activity_words TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_analytics TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_groups TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_info TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.client_word_memory TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.contacts TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.course_figures TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.course_folders TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.course_keys TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.course_links TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.daily_statistics TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.deliveries TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.documents TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.esp2rus_dictionary TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.events_part TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.exports_generated TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.file_link_uses TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.file_links TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_attempts TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_courses TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_event_days TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_events TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_groups TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_items TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_learner_links TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_learners TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_memberships TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.files_plan TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.forgetting TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.forgotten TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.forgotten_key TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.form_figures TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.graded_attempts TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.graded_attempts_since TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.grader_attempts TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.group_codes TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.group_figures TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.group_history TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.groups_members TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.item_figures TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.job_counts TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.kpi_history TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.leaderboards TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learner_links TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_contents TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_courses TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_grades TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_responses TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_suspended TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.learnworlds_users TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.level_updates TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.materialized_stats TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.messages TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.mobile_devices TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.permanent_user_properties TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.planification_plan TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.procrastinate_events TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.procrastinate_jobs TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.procrastinate_periodic_defers TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.procrastinate_workers TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.progress_summary TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.quarantine TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.reader_course_figures TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.reader_leaderboards TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.recipients TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.report_exports TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.runs TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.schedules TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.sessions TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.sign_in_links TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.signing_keys TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.slices TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.staff TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.staff_groups TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.study_level TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.study_levels TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.technical_data TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.ticks TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.tmp_event_properties TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.tmp_user_properties TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.transform_reports TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.unmatched_rows TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.user_locations TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.vocabulary_answers TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.vocabulary_learners TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.word_category TO gradeline_loader USING (true) WITH CHECK (true);

CREATE POLICY loader ON public.word_difficulty TO gradeline_loader USING (true) WITH CHECK (true);

ALTER TABLE public.materialized_stats ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mobile_devices ENABLE ROW LEVEL SECURITY;

CREATE POLICY owner ON public.audit FOR INSERT TO gradeline_owner WITH CHECK (true);

CREATE POLICY owner ON public.contacts TO gradeline_owner USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.course_figures FOR SELECT TO gradeline_owner USING (true);

CREATE POLICY owner ON public.course_keys FOR SELECT TO gradeline_owner USING (true);

CREATE POLICY owner ON public.group_figures FOR SELECT TO gradeline_owner USING (true);

CREATE POLICY owner ON public.progress_summary FOR SELECT TO gradeline_owner USING (true);

CREATE POLICY owner ON public.transform_reports FOR INSERT TO gradeline_owner WITH CHECK (true);

CREATE POLICY owner_reads ON public.transform_reports FOR SELECT TO gradeline_owner USING (true);

ALTER TABLE public.permanent_user_properties ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.planification_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.procrastinate_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.procrastinate_jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.procrastinate_periodic_defers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.procrastinate_workers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.progress_summary ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.quarantine ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reader_course_figures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reader_leaderboards ENABLE ROW LEVEL SECURITY;

CREATE POLICY readers ON public.appmetrica_events FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.backups FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.builds FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.changeable_user_properties FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.client_activity_log FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.client_activity_words FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.client_analytics FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.client_groups FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.client_word_memory FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.course_figures FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.course_folders FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.course_keys FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.course_links FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.daily_statistics FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.documents FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.esp2rus_dictionary FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.events_part FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.exports_generated FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_attempts FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_courses FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_event_days FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_events FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_groups FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_items FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_learner_links FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_learners FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_memberships FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.files_plan FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.forgetting FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.forgotten FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.form_figures FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.graded_attempts FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.graded_attempts_since FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.grader_attempts FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.group_figures FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.group_history FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.groups_members FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.item_figures FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.job_counts FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.kpi_history FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.leaderboards FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learner_links FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_contents FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_courses FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_grades FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_responses FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_suspended FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.learnworlds_users FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.level_updates FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.materialized_stats FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.mobile_devices FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.permanent_user_properties FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.planification_plan FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.procrastinate_events FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.procrastinate_jobs FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.procrastinate_periodic_defers FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.procrastinate_workers FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.progress_summary FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.quarantine FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.reader_course_figures FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.reader_leaderboards FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.runs FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.schedules FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.slices FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.study_level FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.study_levels FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.technical_data FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.ticks FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.tmp_event_properties FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.tmp_user_properties FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.transform_reports FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.unmatched_rows FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.user_locations FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.vocabulary_answers FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.vocabulary_learners FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.word_category FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

CREATE POLICY readers ON public.word_difficulty FOR SELECT TO gradeline_backup, gradeline_reader USING (true);

ALTER TABLE public.recipients ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.report_exports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.schedules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.signing_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.slices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.study_level ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.study_levels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.technical_data ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tmp_event_properties ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tmp_user_properties ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.transform_reports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.unmatched_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_locations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.vocabulary_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.vocabulary_learners ENABLE ROW LEVEL SECURITY;

CREATE POLICY warehouse ON public.changeable_user_properties FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.events_part FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.mobile_devices FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.permanent_user_properties FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.technical_data FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.tmp_event_properties FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.tmp_user_properties FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.transform_reports FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

CREATE POLICY warehouse ON public.user_locations FOR SELECT TO gradeline_app USING ((( SELECT public.app_warehouse() AS app_warehouse) = ANY (ARRAY['read'::text, 'write'::text])));

ALTER TABLE public.word_category ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.word_difficulty ENABLE ROW LEVEL SECURITY;

GRANT ALL ON SCHEMA public TO gradeline_owner;
GRANT USAGE ON SCHEMA public TO gradeline_app;
GRANT USAGE ON SCHEMA public TO gradeline_loader;
GRANT USAGE ON SCHEMA public TO gradeline_backup;
GRANT USAGE ON SCHEMA public TO gradeline_reader;

REVOKE ALL ON FUNCTION public.app_client() FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_client() TO gradeline_app;
GRANT ALL ON FUNCTION public.app_client() TO gradeline_loader;

REVOKE ALL ON FUNCTION public.ask_transform(wanted text, login text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ask_transform(wanted text, login text) TO gradeline_app;
GRANT ALL ON FUNCTION public.ask_transform(wanted text, login text) TO gradeline_loader;

REVOKE ALL ON FUNCTION public.confirm_consent(wanted bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_consent(wanted bigint, at timestamp with time zone) TO gradeline_app;

REVOKE ALL ON FUNCTION public.course_outlines() FROM PUBLIC;
GRANT ALL ON FUNCTION public.course_outlines() TO gradeline_app;

REVOKE ALL ON FUNCTION public.find_link(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.find_link(wanted uuid) TO gradeline_app;

REVOKE ALL ON FUNCTION public.find_subscription(wanted bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.find_subscription(wanted bigint) TO gradeline_app;

REVOKE ALL ON FUNCTION public.join_group(wanted text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.join_group(wanted text, at timestamp with time zone) TO gradeline_app;

REVOKE ALL ON FUNCTION public.known_courses() FROM PUBLIC;
GRANT ALL ON FUNCTION public.known_courses() TO gradeline_app;

REVOKE ALL ON FUNCTION public.link_to_export(wanted uuid, lives interval) FROM PUBLIC;
GRANT ALL ON FUNCTION public.link_to_export(wanted uuid, lives interval) TO gradeline_app;

REVOKE ALL ON FUNCTION public.note_audit(login text, action text, subject text, rows bigint, request_id text, detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_audit(login text, action text, subject text, rows bigint, request_id text, detail jsonb) TO gradeline_app;
GRANT ALL ON FUNCTION public.note_audit(login text, action text, subject text, rows bigint, request_id text, detail jsonb) TO gradeline_loader;

REVOKE ALL ON FUNCTION public.note_contact(wanted jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_contact(wanted jsonb) TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.procrastinate_jobs TO gradeline_loader;
GRANT SELECT ON TABLE public.procrastinate_jobs TO gradeline_backup;
GRANT SELECT ON TABLE public.procrastinate_jobs TO gradeline_reader;
GRANT SELECT ON TABLE public.procrastinate_jobs TO gradeline_app;

REVOKE ALL ON FUNCTION public.request_export(wanted jsonb, hourly_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.request_export(wanted jsonb, hourly_limit integer) TO gradeline_app;

REVOKE ALL ON FUNCTION public.revoke_export(wanted uuid, its_file boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_export(wanted uuid, its_file boolean) TO gradeline_app;

REVOKE ALL ON FUNCTION public.stop_client(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.stop_client(at timestamp with time zone) TO gradeline_app;

REVOKE ALL ON FUNCTION public.undo_contact(wanted bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.undo_contact(wanted bigint) TO gradeline_app;

REVOKE ALL ON FUNCTION public.unsubscribe(wanted bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unsubscribe(wanted bigint) TO gradeline_app;

REVOKE ALL ON FUNCTION public.use_link(wanted uuid, request text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.use_link(wanted uuid, request text) TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.events_part TO gradeline_loader;
GRANT SELECT ON TABLE public.events_part TO gradeline_backup;
GRANT SELECT ON TABLE public.events_part TO gradeline_reader;
GRANT SELECT ON TABLE public.events_part TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.slices TO gradeline_loader;
GRANT SELECT ON TABLE public.slices TO gradeline_backup;
GRANT SELECT ON TABLE public.slices TO gradeline_reader;
GRANT SELECT ON TABLE public.slices TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.tmp_event_properties TO gradeline_loader;
GRANT SELECT ON TABLE public.tmp_event_properties TO gradeline_backup;
GRANT SELECT ON TABLE public.tmp_event_properties TO gradeline_reader;
GRANT SELECT ON TABLE public.tmp_event_properties TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.tmp_user_properties TO gradeline_loader;
GRANT SELECT ON TABLE public.tmp_user_properties TO gradeline_backup;
GRANT SELECT ON TABLE public.tmp_user_properties TO gradeline_reader;
GRANT SELECT ON TABLE public.tmp_user_properties TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.amplitude_events_mobile TO gradeline_loader;
GRANT SELECT ON TABLE public.amplitude_events_mobile TO gradeline_backup;
GRANT SELECT ON TABLE public.amplitude_events_mobile TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.amplitude_events_web TO gradeline_loader;
GRANT SELECT ON TABLE public.amplitude_events_web TO gradeline_backup;
GRANT SELECT ON TABLE public.amplitude_events_web TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.api_tokens TO gradeline_loader;
GRANT SELECT ON TABLE public.api_tokens TO gradeline_backup;

GRANT ALL ON SEQUENCE public.api_tokens_token_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.api_tokens_token_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.api_tokens_token_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.appmetrica_events TO gradeline_loader;
GRANT SELECT ON TABLE public.appmetrica_events TO gradeline_backup;
GRANT SELECT ON TABLE public.appmetrica_events TO gradeline_reader;
GRANT SELECT ON TABLE public.appmetrica_events TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.audit TO gradeline_loader;
GRANT SELECT ON TABLE public.audit TO gradeline_backup;
GRANT SELECT ON TABLE public.audit TO gradeline_app;

GRANT ALL ON SEQUENCE public.audit_audit_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.audit_audit_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.audit_audit_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.backups TO gradeline_loader;
GRANT SELECT ON TABLE public.backups TO gradeline_backup;
GRANT SELECT ON TABLE public.backups TO gradeline_reader;
GRANT SELECT ON TABLE public.backups TO gradeline_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bot_chats TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_chats TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_chats TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bot_messages TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_messages TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_messages TO gradeline_backup;

GRANT ALL ON SEQUENCE public.bot_messages_message_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.bot_messages_message_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.bot_messages_message_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_pause TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_pause TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bot_states TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_states TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_states TO gradeline_backup;

GRANT SELECT,INSERT ON TABLE public.bot_updates TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_updates TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_updates TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.bot_webhook TO gradeline_loader;
GRANT SELECT ON TABLE public.bot_webhook TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.builds TO gradeline_loader;
GRANT SELECT ON TABLE public.builds TO gradeline_backup;
GRANT SELECT ON TABLE public.builds TO gradeline_reader;
GRANT SELECT ON TABLE public.builds TO gradeline_app;

GRANT ALL ON SEQUENCE public.builds_build_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.builds_build_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.builds_build_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.changeable_user_properties TO gradeline_loader;
GRANT SELECT ON TABLE public.changeable_user_properties TO gradeline_backup;
GRANT SELECT ON TABLE public.changeable_user_properties TO gradeline_reader;
GRANT SELECT ON TABLE public.changeable_user_properties TO gradeline_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.client_activity_log TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_activity_log TO gradeline_loader;
GRANT SELECT ON TABLE public.client_activity_log TO gradeline_backup;
GRANT SELECT ON TABLE public.client_activity_log TO gradeline_reader;

GRANT ALL ON SEQUENCE public.client_activity_log_activity_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.client_activity_log_activity_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.client_activity_log_activity_id_seq TO gradeline_reader;

GRANT USAGE ON SEQUENCE public.client_activity_number TO gradeline_app;
GRANT ALL ON SEQUENCE public.client_activity_number TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.client_activity_number TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.client_activity_number TO gradeline_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.client_activity_words TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_activity_words TO gradeline_loader;
GRANT SELECT ON TABLE public.client_activity_words TO gradeline_backup;
GRANT SELECT ON TABLE public.client_activity_words TO gradeline_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.client_analytics TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_analytics TO gradeline_loader;
GRANT SELECT ON TABLE public.client_analytics TO gradeline_backup;
GRANT SELECT ON TABLE public.client_analytics TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_groups TO gradeline_loader;
GRANT SELECT ON TABLE public.client_groups TO gradeline_backup;
GRANT SELECT ON TABLE public.client_groups TO gradeline_reader;
GRANT SELECT ON TABLE public.client_groups TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_info TO gradeline_loader;
GRANT SELECT ON TABLE public.client_info TO gradeline_backup;
GRANT SELECT ON TABLE public.client_info TO gradeline_app;

GRANT INSERT(chat_id) ON TABLE public.client_info TO gradeline_app;

GRANT INSERT(name),UPDATE(name) ON TABLE public.client_info TO gradeline_app;

GRANT INSERT(username),UPDATE(username) ON TABLE public.client_info TO gradeline_app;

GRANT INSERT(language),UPDATE(language) ON TABLE public.client_info TO gradeline_app;

GRANT UPDATE(is_minor) ON TABLE public.client_info TO gradeline_app;

GRANT UPDATE(consent_at) ON TABLE public.client_info TO gradeline_app;

GRANT UPDATE(consent_by) ON TABLE public.client_info TO gradeline_app;

GRANT UPDATE(remind_at) ON TABLE public.client_info TO gradeline_app;

GRANT ALL ON SEQUENCE public.client_info_client_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.client_info_client_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.client_info_client_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.study_levels TO gradeline_loader;
GRANT SELECT ON TABLE public.study_levels TO gradeline_backup;
GRANT SELECT ON TABLE public.study_levels TO gradeline_reader;
GRANT SELECT ON TABLE public.study_levels TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_level_view TO gradeline_loader;
GRANT SELECT ON TABLE public.client_level_view TO gradeline_backup;
GRANT SELECT ON TABLE public.client_level_view TO gradeline_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.client_word_memory TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.client_word_memory TO gradeline_loader;
GRANT SELECT ON TABLE public.client_word_memory TO gradeline_backup;
GRANT SELECT ON TABLE public.client_word_memory TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.contacts TO gradeline_loader;
GRANT SELECT ON TABLE public.contacts TO gradeline_backup;
GRANT SELECT ON TABLE public.contacts TO gradeline_app;

GRANT ALL ON SEQUENCE public.contacts_contact_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.contacts_contact_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.contacts_contact_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.course_figures TO gradeline_loader;
GRANT SELECT ON TABLE public.course_figures TO gradeline_backup;
GRANT SELECT ON TABLE public.course_figures TO gradeline_reader;
GRANT SELECT ON TABLE public.course_figures TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.course_folders TO gradeline_loader;
GRANT SELECT ON TABLE public.course_folders TO gradeline_backup;
GRANT SELECT ON TABLE public.course_folders TO gradeline_reader;
GRANT SELECT ON TABLE public.course_folders TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.course_keys TO gradeline_loader;
GRANT SELECT ON TABLE public.course_keys TO gradeline_backup;
GRANT SELECT ON TABLE public.course_keys TO gradeline_reader;
GRANT SELECT ON TABLE public.course_keys TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.course_links TO gradeline_loader;
GRANT SELECT ON TABLE public.course_links TO gradeline_backup;
GRANT SELECT ON TABLE public.course_links TO gradeline_reader;
GRANT SELECT ON TABLE public.course_links TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.daily_statistics TO gradeline_loader;
GRANT SELECT ON TABLE public.daily_statistics TO gradeline_backup;
GRANT SELECT ON TABLE public.daily_statistics TO gradeline_reader;
GRANT SELECT ON TABLE public.daily_statistics TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.deliveries TO gradeline_loader;
GRANT SELECT ON TABLE public.deliveries TO gradeline_backup;
GRANT SELECT ON TABLE public.deliveries TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.documents TO gradeline_loader;
GRANT SELECT ON TABLE public.documents TO gradeline_backup;
GRANT SELECT ON TABLE public.documents TO gradeline_reader;
GRANT SELECT ON TABLE public.documents TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.esp2rus_dictionary TO gradeline_loader;
GRANT SELECT ON TABLE public.esp2rus_dictionary TO gradeline_backup;
GRANT SELECT ON TABLE public.esp2rus_dictionary TO gradeline_reader;
GRANT SELECT ON TABLE public.esp2rus_dictionary TO gradeline_app;

GRANT ALL ON SEQUENCE public.esp2rus_dictionary_word_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.esp2rus_dictionary_word_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.esp2rus_dictionary_word_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.exports_generated TO gradeline_loader;
GRANT SELECT ON TABLE public.exports_generated TO gradeline_backup;
GRANT SELECT ON TABLE public.exports_generated TO gradeline_reader;
GRANT SELECT ON TABLE public.exports_generated TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.file_link_uses TO gradeline_loader;
GRANT SELECT ON TABLE public.file_link_uses TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.file_links TO gradeline_loader;
GRANT SELECT ON TABLE public.file_links TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_attempts TO gradeline_loader;
GRANT SELECT ON TABLE public.files_attempts TO gradeline_backup;
GRANT SELECT ON TABLE public.files_attempts TO gradeline_reader;
GRANT SELECT ON TABLE public.files_attempts TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_courses TO gradeline_loader;
GRANT SELECT ON TABLE public.files_courses TO gradeline_backup;
GRANT SELECT ON TABLE public.files_courses TO gradeline_reader;
GRANT SELECT ON TABLE public.files_courses TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_event_days TO gradeline_loader;
GRANT SELECT ON TABLE public.files_event_days TO gradeline_backup;
GRANT SELECT ON TABLE public.files_event_days TO gradeline_reader;
GRANT SELECT ON TABLE public.files_event_days TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_events TO gradeline_loader;
GRANT SELECT ON TABLE public.files_events TO gradeline_backup;
GRANT SELECT ON TABLE public.files_events TO gradeline_reader;
GRANT SELECT ON TABLE public.files_events TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_groups TO gradeline_loader;
GRANT SELECT ON TABLE public.files_groups TO gradeline_backup;
GRANT SELECT ON TABLE public.files_groups TO gradeline_reader;
GRANT SELECT ON TABLE public.files_groups TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_items TO gradeline_loader;
GRANT SELECT ON TABLE public.files_items TO gradeline_backup;
GRANT SELECT ON TABLE public.files_items TO gradeline_reader;
GRANT SELECT ON TABLE public.files_items TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_learner_links TO gradeline_loader;
GRANT SELECT ON TABLE public.files_learner_links TO gradeline_backup;
GRANT SELECT ON TABLE public.files_learner_links TO gradeline_reader;
GRANT SELECT ON TABLE public.files_learner_links TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_learners TO gradeline_loader;
GRANT SELECT ON TABLE public.files_learners TO gradeline_backup;
GRANT SELECT ON TABLE public.files_learners TO gradeline_reader;
GRANT SELECT ON TABLE public.files_learners TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_memberships TO gradeline_loader;
GRANT SELECT ON TABLE public.files_memberships TO gradeline_backup;
GRANT SELECT ON TABLE public.files_memberships TO gradeline_reader;
GRANT SELECT ON TABLE public.files_memberships TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.files_plan TO gradeline_loader;
GRANT SELECT ON TABLE public.files_plan TO gradeline_backup;
GRANT SELECT ON TABLE public.files_plan TO gradeline_reader;
GRANT SELECT ON TABLE public.files_plan TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.forgetting TO gradeline_loader;
GRANT SELECT ON TABLE public.forgetting TO gradeline_backup;
GRANT SELECT ON TABLE public.forgetting TO gradeline_reader;
GRANT SELECT ON TABLE public.forgetting TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.forgotten TO gradeline_loader;
GRANT SELECT ON TABLE public.forgotten TO gradeline_backup;
GRANT SELECT ON TABLE public.forgotten TO gradeline_reader;
GRANT SELECT ON TABLE public.forgotten TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.forgotten_key TO gradeline_loader;
GRANT SELECT ON TABLE public.forgotten_key TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.form_figures TO gradeline_loader;
GRANT SELECT ON TABLE public.form_figures TO gradeline_backup;
GRANT SELECT ON TABLE public.form_figures TO gradeline_reader;
GRANT SELECT ON TABLE public.form_figures TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.graded_attempts TO gradeline_loader;
GRANT SELECT ON TABLE public.graded_attempts TO gradeline_backup;
GRANT SELECT ON TABLE public.graded_attempts TO gradeline_reader;
GRANT SELECT ON TABLE public.graded_attempts TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.graded_attempts_since TO gradeline_loader;
GRANT SELECT ON TABLE public.graded_attempts_since TO gradeline_backup;
GRANT SELECT ON TABLE public.graded_attempts_since TO gradeline_reader;
GRANT SELECT ON TABLE public.graded_attempts_since TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.grader_attempts TO gradeline_loader;
GRANT SELECT ON TABLE public.grader_attempts TO gradeline_backup;
GRANT SELECT ON TABLE public.grader_attempts TO gradeline_reader;
GRANT SELECT ON TABLE public.grader_attempts TO gradeline_app;

GRANT ALL ON SEQUENCE public.grader_attempts_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.grader_attempts_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.grader_attempts_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.group_codes TO gradeline_loader;
GRANT SELECT ON TABLE public.group_codes TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.group_figures TO gradeline_loader;
GRANT SELECT ON TABLE public.group_figures TO gradeline_backup;
GRANT SELECT ON TABLE public.group_figures TO gradeline_reader;
GRANT SELECT ON TABLE public.group_figures TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.group_history TO gradeline_loader;
GRANT SELECT ON TABLE public.group_history TO gradeline_backup;
GRANT SELECT ON TABLE public.group_history TO gradeline_reader;
GRANT SELECT ON TABLE public.group_history TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.groups_members TO gradeline_loader;
GRANT SELECT ON TABLE public.groups_members TO gradeline_backup;
GRANT SELECT ON TABLE public.groups_members TO gradeline_reader;
GRANT SELECT ON TABLE public.groups_members TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.item_figures TO gradeline_loader;
GRANT SELECT ON TABLE public.item_figures TO gradeline_backup;
GRANT SELECT ON TABLE public.item_figures TO gradeline_reader;
GRANT SELECT ON TABLE public.item_figures TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.job_counts TO gradeline_loader;
GRANT SELECT ON TABLE public.job_counts TO gradeline_backup;
GRANT SELECT ON TABLE public.job_counts TO gradeline_reader;
GRANT SELECT ON TABLE public.job_counts TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.kpi_history TO gradeline_loader;
GRANT SELECT ON TABLE public.kpi_history TO gradeline_backup;
GRANT SELECT ON TABLE public.kpi_history TO gradeline_reader;
GRANT SELECT ON TABLE public.kpi_history TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.leaderboards TO gradeline_loader;
GRANT SELECT ON TABLE public.leaderboards TO gradeline_backup;
GRANT SELECT ON TABLE public.leaderboards TO gradeline_reader;
GRANT SELECT ON TABLE public.leaderboards TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learner_links TO gradeline_loader;
GRANT SELECT ON TABLE public.learner_links TO gradeline_backup;
GRANT SELECT ON TABLE public.learner_links TO gradeline_reader;
GRANT SELECT ON TABLE public.learner_links TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_contents TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_contents TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_contents TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_contents TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_courses TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_courses TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_courses TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_courses TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_grades TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_grades TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_grades TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_grades TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_responses TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_responses TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_responses TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_responses TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_suspended TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_suspended TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_suspended TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_suspended TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.learnworlds_users TO gradeline_loader;
GRANT SELECT ON TABLE public.learnworlds_users TO gradeline_backup;
GRANT SELECT ON TABLE public.learnworlds_users TO gradeline_reader;
GRANT SELECT ON TABLE public.learnworlds_users TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.level_updates TO gradeline_loader;
GRANT SELECT ON TABLE public.level_updates TO gradeline_backup;
GRANT SELECT ON TABLE public.level_updates TO gradeline_reader;
GRANT SELECT ON TABLE public.level_updates TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.materialized_stats TO gradeline_loader;
GRANT SELECT ON TABLE public.materialized_stats TO gradeline_backup;
GRANT SELECT ON TABLE public.materialized_stats TO gradeline_reader;
GRANT SELECT ON TABLE public.materialized_stats TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.messages TO gradeline_loader;
GRANT SELECT ON TABLE public.messages TO gradeline_backup;
GRANT SELECT ON TABLE public.messages TO gradeline_app;

GRANT ALL ON SEQUENCE public.messages_message_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.messages_message_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.messages_message_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.mobile_devices TO gradeline_loader;
GRANT SELECT ON TABLE public.mobile_devices TO gradeline_backup;
GRANT SELECT ON TABLE public.mobile_devices TO gradeline_reader;
GRANT SELECT ON TABLE public.mobile_devices TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.permanent_user_properties TO gradeline_loader;
GRANT SELECT ON TABLE public.permanent_user_properties TO gradeline_backup;
GRANT SELECT ON TABLE public.permanent_user_properties TO gradeline_reader;
GRANT SELECT ON TABLE public.permanent_user_properties TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.planification_plan TO gradeline_loader;
GRANT SELECT ON TABLE public.planification_plan TO gradeline_backup;
GRANT SELECT ON TABLE public.planification_plan TO gradeline_reader;
GRANT SELECT ON TABLE public.planification_plan TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.posted_events TO gradeline_loader;
GRANT SELECT ON TABLE public.posted_events TO gradeline_backup;
GRANT SELECT ON TABLE public.posted_events TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.procrastinate_events TO gradeline_loader;
GRANT SELECT ON TABLE public.procrastinate_events TO gradeline_backup;
GRANT SELECT ON TABLE public.procrastinate_events TO gradeline_reader;
GRANT SELECT ON TABLE public.procrastinate_events TO gradeline_app;

GRANT ALL ON SEQUENCE public.procrastinate_events_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.procrastinate_events_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.procrastinate_events_id_seq TO gradeline_reader;

GRANT ALL ON SEQUENCE public.procrastinate_jobs_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.procrastinate_jobs_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.procrastinate_jobs_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.procrastinate_periodic_defers TO gradeline_loader;
GRANT SELECT ON TABLE public.procrastinate_periodic_defers TO gradeline_backup;
GRANT SELECT ON TABLE public.procrastinate_periodic_defers TO gradeline_reader;
GRANT SELECT ON TABLE public.procrastinate_periodic_defers TO gradeline_app;

GRANT ALL ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.procrastinate_workers TO gradeline_loader;
GRANT SELECT ON TABLE public.procrastinate_workers TO gradeline_backup;
GRANT SELECT ON TABLE public.procrastinate_workers TO gradeline_reader;
GRANT SELECT ON TABLE public.procrastinate_workers TO gradeline_app;

GRANT ALL ON SEQUENCE public.procrastinate_workers_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.procrastinate_workers_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.procrastinate_workers_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.progress_summary TO gradeline_loader;
GRANT SELECT ON TABLE public.progress_summary TO gradeline_backup;
GRANT SELECT ON TABLE public.progress_summary TO gradeline_reader;
GRANT SELECT ON TABLE public.progress_summary TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.quarantine TO gradeline_loader;
GRANT SELECT ON TABLE public.quarantine TO gradeline_backup;
GRANT SELECT ON TABLE public.quarantine TO gradeline_reader;
GRANT SELECT ON TABLE public.quarantine TO gradeline_app;

GRANT ALL ON SEQUENCE public.quarantine_quarantine_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.quarantine_quarantine_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.quarantine_quarantine_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.reader_course_figures TO gradeline_loader;
GRANT SELECT ON TABLE public.reader_course_figures TO gradeline_backup;
GRANT SELECT ON TABLE public.reader_course_figures TO gradeline_reader;
GRANT SELECT ON TABLE public.reader_course_figures TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.reader_leaderboards TO gradeline_loader;
GRANT SELECT ON TABLE public.reader_leaderboards TO gradeline_backup;
GRANT SELECT ON TABLE public.reader_leaderboards TO gradeline_reader;
GRANT SELECT ON TABLE public.reader_leaderboards TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.recipients TO gradeline_loader;
GRANT SELECT ON TABLE public.recipients TO gradeline_backup;
GRANT SELECT ON TABLE public.recipients TO gradeline_app;

GRANT ALL ON SEQUENCE public.recipients_recipient_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.recipients_recipient_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.recipients_recipient_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.report_exports TO gradeline_loader;
GRANT SELECT ON TABLE public.report_exports TO gradeline_backup;
GRANT SELECT ON TABLE public.report_exports TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.runs TO gradeline_loader;
GRANT SELECT ON TABLE public.runs TO gradeline_backup;
GRANT SELECT ON TABLE public.runs TO gradeline_reader;
GRANT SELECT ON TABLE public.runs TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.schedules TO gradeline_loader;
GRANT SELECT ON TABLE public.schedules TO gradeline_backup;
GRANT SELECT ON TABLE public.schedules TO gradeline_reader;
GRANT SELECT ON TABLE public.schedules TO gradeline_app;

GRANT SELECT ON TABLE public.schema_migrations TO gradeline_loader;
GRANT SELECT ON TABLE public.schema_migrations TO gradeline_backup;
GRANT SELECT ON TABLE public.schema_migrations TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.sessions TO gradeline_loader;
GRANT SELECT ON TABLE public.sessions TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.sign_in_links TO gradeline_loader;
GRANT SELECT ON TABLE public.sign_in_links TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.signing_keys TO gradeline_loader;
GRANT SELECT ON TABLE public.signing_keys TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staff TO gradeline_loader;
GRANT SELECT ON TABLE public.staff TO gradeline_backup;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staff_groups TO gradeline_loader;
GRANT SELECT ON TABLE public.staff_groups TO gradeline_backup;

GRANT ALL ON SEQUENCE public.staff_staff_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.staff_staff_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.staff_staff_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.study_level TO gradeline_loader;
GRANT SELECT ON TABLE public.study_level TO gradeline_backup;
GRANT SELECT ON TABLE public.study_level TO gradeline_reader;
GRANT SELECT ON TABLE public.study_level TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.technical_data TO gradeline_loader;
GRANT SELECT ON TABLE public.technical_data TO gradeline_backup;
GRANT SELECT ON TABLE public.technical_data TO gradeline_reader;
GRANT SELECT ON TABLE public.technical_data TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.ticks TO gradeline_loader;
GRANT SELECT ON TABLE public.ticks TO gradeline_backup;
GRANT SELECT ON TABLE public.ticks TO gradeline_reader;
GRANT SELECT ON TABLE public.ticks TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.transform_reports TO gradeline_loader;
GRANT SELECT ON TABLE public.transform_reports TO gradeline_backup;
GRANT SELECT ON TABLE public.transform_reports TO gradeline_reader;
GRANT SELECT ON TABLE public.transform_reports TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.unmatched_rows TO gradeline_loader;
GRANT SELECT ON TABLE public.unmatched_rows TO gradeline_backup;
GRANT SELECT ON TABLE public.unmatched_rows TO gradeline_reader;
GRANT SELECT ON TABLE public.unmatched_rows TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.user_locations TO gradeline_loader;
GRANT SELECT ON TABLE public.user_locations TO gradeline_backup;
GRANT SELECT ON TABLE public.user_locations TO gradeline_reader;
GRANT SELECT ON TABLE public.user_locations TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.view_study_level_mapped TO gradeline_loader;
GRANT SELECT ON TABLE public.view_study_level_mapped TO gradeline_backup;
GRANT SELECT ON TABLE public.view_study_level_mapped TO gradeline_reader;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.vocabulary_answers TO gradeline_loader;
GRANT SELECT ON TABLE public.vocabulary_answers TO gradeline_backup;
GRANT SELECT ON TABLE public.vocabulary_answers TO gradeline_reader;
GRANT SELECT ON TABLE public.vocabulary_answers TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.vocabulary_learners TO gradeline_loader;
GRANT SELECT ON TABLE public.vocabulary_learners TO gradeline_backup;
GRANT SELECT ON TABLE public.vocabulary_learners TO gradeline_reader;
GRANT SELECT ON TABLE public.vocabulary_learners TO gradeline_app;

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.word_category TO gradeline_loader;
GRANT SELECT ON TABLE public.word_category TO gradeline_backup;
GRANT SELECT ON TABLE public.word_category TO gradeline_reader;
GRANT SELECT ON TABLE public.word_category TO gradeline_app;

GRANT ALL ON SEQUENCE public.word_category_category_id_seq TO gradeline_loader;
GRANT SELECT ON SEQUENCE public.word_category_category_id_seq TO gradeline_backup;
GRANT SELECT ON SEQUENCE public.word_category_category_id_seq TO gradeline_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.word_difficulty TO gradeline_app;
GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.word_difficulty TO gradeline_loader;
GRANT SELECT ON TABLE public.word_difficulty TO gradeline_backup;
GRANT SELECT ON TABLE public.word_difficulty TO gradeline_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE gradeline_owner IN SCHEMA public GRANT ALL ON SEQUENCES TO gradeline_loader;
ALTER DEFAULT PRIVILEGES FOR ROLE gradeline_owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO gradeline_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE gradeline_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLES TO gradeline_loader;
ALTER DEFAULT PRIVILEGES FOR ROLE gradeline_owner IN SCHEMA public GRANT SELECT ON TABLES TO gradeline_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE gradeline_owner IN SCHEMA public GRANT SELECT ON TABLES TO gradeline_reader;
