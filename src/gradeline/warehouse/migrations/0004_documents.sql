-- Documents of courses: which key (a digest of all that they show) they were made from.
CREATE TABLE documents (
    course_id text PRIMARY KEY,
    key text NOT NULL,
    paths text[] NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE documents IS 'For each course: what its documents were made from, and where they lie';
SELECT protect_table('documents');
