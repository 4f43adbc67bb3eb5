-- Which courses of sources are one course: `also:` of cursos.yml, as the last run read it.

CREATE TABLE course_links (
    source text NOT NULL,
    external_id text NOT NULL,
    course_id text NOT NULL,
    PRIMARY KEY (source, external_id)
);
CREATE INDEX course_links_course ON course_links (course_id);
COMMENT ON TABLE course_links IS 'A course that one source knows under an id of its own: its facts count for course_id. A run fills it from also: in cursos.yml';
COMMENT ON COLUMN course_links.external_id IS 'The id among the facts of that source';
COMMENT ON COLUMN course_links.course_id IS 'The course of the canonical tables';
SELECT protect_table('course_links');
