-- How well items measure, of each course and of each of its groups; and what was answered, beside
-- each graded attempt.

CREATE TABLE item_figures (
    course_id text NOT NULL,
    group_id text NOT NULL,
    item_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (course_id, group_id, item_id)
);
COMMENT ON TABLE item_figures IS 'Facility, discrimination, time and answers of each item that ten learners have tried';
COMMENT ON COLUMN item_figures.group_id IS 'Empty = the whole course';

CREATE TABLE form_figures (
    course_id text NOT NULL,
    group_id text NOT NULL,
    figures jsonb NOT NULL,
    computed_at timestamptz NOT NULL DEFAULT now(),
    build_id bigint NOT NULL REFERENCES builds,
    PRIMARY KEY (course_id, group_id)
);
COMMENT ON TABLE form_figures IS 'How far the result over the items of a course can be relied on';
COMMENT ON COLUMN form_figures.group_id IS 'Empty = the whole course';

ALTER TABLE graded_attempts ADD COLUMN response text;
COMMENT ON COLUMN graded_attempts.response IS 'What the learner answered: its first 200 characters, null where it is not known';

SELECT protect_table('item_figures'), protect_table('form_figures');

DROP POLICY app ON item_figures;
CREATE POLICY app ON item_figures FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);

DROP POLICY app ON form_figures;
CREATE POLICY app ON form_figures FOR SELECT TO gradeline_app USING (
    CASE (SELECT app_role())
        WHEN 'admin' THEN true
        WHEN 'curator' THEN group_id = ANY((SELECT app_groups())::text[])
        ELSE false
    END
    AND ((SELECT app_courses()) IS NULL OR course_id = ANY((SELECT app_courses())::text[]))
);
