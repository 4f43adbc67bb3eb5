-- Row rights: which rows of results each role of the entry points sees.
--
-- `app.role` says who asks (admin, curator, reader, learner, guest), `app.groups` which groups are
-- the own ones, `app.learner` which learner it is, `app.courses` the only courses it is about
-- (a JSON list; empty = all). What is missing or malformed gives no rows.

CREATE FUNCTION app_list(setting text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
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
COMMENT ON FUNCTION app_list(text) IS 'The texts of a setting that is a JSON list; empty when nothing was said.';

CREATE OR REPLACE FUNCTION app_groups() RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$ SELECT CASE WHEN public.app_role() = 'curator' THEN public.app_list('app.groups') ELSE '{}' END $$;
COMMENT ON FUNCTION app_groups() IS 'Groups whose learners whoever asks may see: those of a curator, nobody else''s.';

CREATE FUNCTION app_only_groups() RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$
    SELECT CASE
        WHEN coalesce(current_setting('app.groups', true), '') NOT IN ('', '[]') THEN public.app_list('app.groups')
    END
$$;
COMMENT ON FUNCTION app_only_groups() IS 'The only groups that a reader sees figures of; null = all.';

CREATE FUNCTION app_courses() RETURNS text[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$
    SELECT CASE
        WHEN coalesce(current_setting('app.courses', true), '') <> '' THEN public.app_list('app.courses')
    END
$$;
COMMENT ON FUNCTION app_courses() IS 'The only courses that whoever asks may see; null = all.';

CREATE FUNCTION app_learner() RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$ SELECT CASE WHEN public.app_role() = 'learner' THEN nullif(current_setting('app.learner', true), '') END $$;
COMMENT ON FUNCTION app_learner() IS 'The learner who asks; null = it is none.';

CREATE FUNCTION known_courses() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$ SELECT course_id FROM public.course_keys WHERE course_id <> '' $$;
COMMENT ON FUNCTION known_courses() IS 'The ids of all courses, to find those that a scope names.';
REVOKE EXECUTE ON FUNCTION known_courses() FROM public;
GRANT EXECUTE ON FUNCTION known_courses() TO gradeline_app;
-- The owner, whose rights that function has, is bound by row security as everybody.
CREATE POLICY owner ON course_keys FOR SELECT TO gradeline_owner USING (true);

-- A reader sees figures of five learners or more, and none from which others can be computed.
ALTER TABLE materialized_stats ADD COLUMN shown_to_readers boolean NOT NULL DEFAULT false;
ALTER TABLE group_figures ADD COLUMN shown_to_readers boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN materialized_stats.shown_to_readers IS 'About five learners or more, and no smaller figure can be computed from it';
COMMENT ON COLUMN group_figures.shown_to_readers IS 'About five learners or more, and no smaller figure can be computed from it';

CREATE TABLE reader_course_figures (
    course_id text PRIMARY KEY,
    figures jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds
);
COMMENT ON TABLE reader_course_figures IS 'The figures of courses as readers see them: small ones are left out';

CREATE TABLE reader_leaderboards (
    scope text NOT NULL CHECK (scope IN ('global', 'course', 'group', 'level')),
    scope_id text NOT NULL,
    group_id text GENERATED ALWAYS AS (CASE WHEN scope = 'group' THEN scope_id END) STORED,
    rankings jsonb NOT NULL,
    size bigint NOT NULL,
    PRIMARY KEY (scope, scope_id)
);
COMMENT ON TABLE reader_leaderboards IS 'The leaderboards of five learners or more with rank and score alone';

ALTER TABLE builds ADD COLUMN confirmed_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN builds.confirmed_at IS 'When it was last found that nothing had changed since; older than a day is stale';

SELECT protect_table('reader_course_figures'), protect_table('reader_leaderboards');

DROP POLICY app ON builds;
CREATE POLICY app ON builds FOR SELECT TO gradeline_app USING ((SELECT app_role()) <> '');

DROP POLICY app ON materialized_stats;
CREATE POLICY app ON materialized_stats FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'learner' THEN type = 'learner' AND entity_id = (SELECT app_learner())
        ELSE
            CASE (SELECT app_role())
                WHEN 'admin' THEN true
                WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
                WHEN 'reader' THEN
                    shown_to_readers AND (
                        group_id IS NULL OR (SELECT app_only_groups()) IS NULL
                        OR group_id = ANY((SELECT app_only_groups())::text[])
                    )
                ELSE false
            END
            AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
    END
);

DROP POLICY app ON progress_summary;
CREATE POLICY app ON progress_summary FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_ids && (SELECT app_groups())
        WHEN 'learner' THEN learner_id = (SELECT app_learner())
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON group_figures;
CREATE POLICY app ON group_figures FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        WHEN 'reader' THEN
            shown_to_readers AND (
                (SELECT app_only_groups()) IS NULL OR group_id = ANY((SELECT app_only_groups())::text[])
            )
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON group_history;
CREATE POLICY app ON group_history FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON course_figures;
CREATE POLICY app ON course_figures FOR SELECT TO gradeline_app USING (
    (SELECT app_role()) = 'admin'
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON kpi_history;
CREATE POLICY app ON kpi_history FOR SELECT TO gradeline_app USING (
    (SELECT app_role()) = 'admin'
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON reader_course_figures;
CREATE POLICY app ON reader_course_figures FOR SELECT TO gradeline_app USING (
    (SELECT app_role()) IN ('admin', 'reader')
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

-- Of which course a leaderboard of a group is, its figures say, which whoever asks may see or not.
DROP POLICY app ON leaderboards;
CREATE POLICY app ON leaderboards FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        ELSE false
    END
    AND (
        (SELECT app_courses()) IS NULL
        OR (scope = 'course' AND scope_id = ANY((SELECT app_courses())::text[]))
        OR EXISTS (SELECT FROM group_figures AS g WHERE g.group_id = leaderboards.group_id)
    )
);

DROP POLICY app ON reader_leaderboards;
CREATE POLICY app ON reader_leaderboards FOR SELECT TO gradeline_app USING (
    (SELECT app_role()) IN ('admin', 'reader')
    AND (
        group_id IS NULL OR (SELECT app_only_groups()) IS NULL
        OR group_id = ANY((SELECT app_only_groups())::text[])
    )
    AND (
        (SELECT app_courses()) IS NULL
        OR (scope = 'course' AND scope_id = ANY((SELECT app_courses())::text[]))
        OR EXISTS (SELECT FROM group_figures AS g WHERE g.group_id = reader_leaderboards.group_id)
    )
);

-- Every result of a person has a short name for addresses.
CREATE FUNCTION short_key(id text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT left(md5(id), 16) $$;
COMMENT ON FUNCTION short_key(text) IS 'A short name of an id that is the same always, for addresses in which the id cannot stand';
CREATE INDEX progress_summary_key ON progress_summary (short_key(learner_id));
