-- What curators did about learners, and what a course consists of, for the page.

CREATE TABLE contacts (
    contact_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner_id text NOT NULL,
    course_id text NOT NULL,
    group_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('contacted', 'snoozed', 'note')),
    reasons text[] NOT NULL DEFAULT '{}',
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
    quiet_until date,
    noted_by text NOT NULL CHECK (noted_by <> ''),
    noted_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz,
    CHECK ((kind = 'note') = (quiet_until IS NULL)),
    CHECK (kind <> 'note' OR note <> '')
);
CREATE INDEX contacts_learner ON contacts (learner_id);
CREATE INDEX contacts_group ON contacts (group_id, course_id, noted_at);
COMMENT ON TABLE contacts IS 'What was done about learners: written to them, put off, noted';
COMMENT ON COLUMN contacts.group_id IS 'The group as whose curator it was done: whoever looks after it sees it';
COMMENT ON COLUMN contacts.reasons IS 'Why the learner was at risk then';
COMMENT ON COLUMN contacts.quiet_until IS 'Up to the day before, the learner is not among those who need somebody';
COMMENT ON COLUMN contacts.undone_at IS 'It was taken back then, and counts no more';

SELECT protect_private_table('contacts');
CREATE POLICY app ON contacts FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);
-- The owner, whose rights the functions below have, is bound by row security as everybody.
CREATE POLICY owner ON contacts TO gradeline_owner USING (true) WITH CHECK (true);
CREATE POLICY owner ON progress_summary FOR SELECT TO gradeline_owner USING (true);
CREATE POLICY owner ON course_figures FOR SELECT TO gradeline_owner USING (true);
CREATE POLICY owner ON group_figures FOR SELECT TO gradeline_owner USING (true);

CREATE FUNCTION may_look_after(wanted_group text, wanted_course text) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT
        CASE public.app_role()
            WHEN 'admin' THEN true
            WHEN 'curator' THEN wanted_group = ANY(public.app_groups())
            ELSE false
        END
        AND (public.app_courses() IS NULL OR wanted_course = ANY(public.app_courses()))
$$;
COMMENT ON FUNCTION may_look_after(text, text) IS 'Whether whoever asks looks after a group of a course';

CREATE FUNCTION note_contact(wanted jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
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
COMMENT ON FUNCTION note_contact(jsonb) IS 'Notes what whoever asks did about a learner of a group that they look after; null = of no such group';

CREATE FUNCTION undo_contact(wanted bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
WITH undone AS (
    UPDATE public.contacts SET undone_at = now()
    WHERE contact_id = wanted AND undone_at IS NULL AND public.may_look_after(group_id, course_id)
    RETURNING 1
)
SELECT exists(SELECT FROM undone)
$$;
COMMENT ON FUNCTION undo_contact(bigint) IS 'Takes back what was noted of a group that whoever asks looks after; false = there is none such';

CREATE FUNCTION course_outlines()
RETURNS TABLE (
    course_id text, title text, starts_on date, ends_on date, today date, due bigint, items jsonb,
    topic_titles jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
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
COMMENT ON FUNCTION course_outlines() IS 'What each course that whoever asks sees something of consists of: its days, and its items by name; no figures';

REVOKE EXECUTE ON FUNCTION note_contact(jsonb), undo_contact(bigint), course_outlines() FROM public;
GRANT EXECUTE ON FUNCTION note_contact(jsonb), undo_contact(bigint), course_outlines() TO gradeline_app;
