-- Graded attempts, one by one: what figures with filters are computed from.

CREATE TABLE graded_attempts (
    course_id text NOT NULL,
    attempt_id text NOT NULL,
    learner_id text NOT NULL,
    group_ids text[] NOT NULL,
    item_id text,
    topic_id text,
    level_id text,
    kind text NOT NULL CHECK (kind IN ('answer', 'carried')),
    correct boolean NOT NULL,
    first boolean NOT NULL,
    score_millionths bigint,
    hints integer,
    duration_ms bigint,
    at timestamptz NOT NULL,
    day date NOT NULL,
    build_id bigint NOT NULL,
    PRIMARY KEY (course_id, attempt_id)
);
CREATE INDEX graded_attempts_learner ON graded_attempts (learner_id);
COMMENT ON TABLE graded_attempts IS 'Graded attempts of the last STATS_DETAIL_DAYS days of each course';
COMMENT ON COLUMN graded_attempts.course_id IS 'Empty = of no course that is known';
COMMENT ON COLUMN graded_attempts.group_ids IS 'Groups that the attempt was made in: whoever looks after one of them sees it';
COMMENT ON COLUMN graded_attempts.first IS 'The learner''s first graded attempt in the item';
COMMENT ON COLUMN graded_attempts.duration_ms IS 'Cut to TIME_MAX_THRESHOLD_MINUTES';
COMMENT ON COLUMN graded_attempts.day IS 'The school day of it';

CREATE TABLE graded_attempts_since (
    course_id text PRIMARY KEY,
    since date NOT NULL,
    build_id bigint NOT NULL
);
COMMENT ON TABLE graded_attempts_since IS 'Courses of which earlier graded attempts are not kept one by one';
COMMENT ON COLUMN graded_attempts_since.since IS 'The first school day of which all are kept';

SELECT protect_table('graded_attempts'), protect_table('graded_attempts_since');

DROP POLICY app ON graded_attempts;
CREATE POLICY app ON graded_attempts FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_ids && (SELECT app_groups())
        WHEN 'learner' THEN learner_id = (SELECT app_learner())
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

-- Who sees anything of a course sees from which day on its attempts are kept.
DROP POLICY app ON graded_attempts_since;
CREATE POLICY app ON graded_attempts_since FOR SELECT TO gradeline_app USING (
    course_id = '' OR (SELECT app_role()) = 'admin'
    OR EXISTS (SELECT FROM progress_summary AS p WHERE p.course_id = graded_attempts_since.course_id)
);
