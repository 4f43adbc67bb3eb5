-- Which folder each course's documents lie in: two courses never share one.

CREATE TABLE course_folders (
    course_id text PRIMARY KEY,
    folder text NOT NULL,
    folded text NOT NULL UNIQUE,
    chosen_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE course_folders IS 'For each course: its folder under reports/, metrics/kpi/, processed/ and raw/; once chosen it stays';
COMMENT ON COLUMN course_folders.folder IS 'The two halves of the id, with signs that no file name may have as !3A; one that is cut, or that another course has, ends with !! and a hash of the id';
COMMENT ON COLUMN course_folders.folded IS 'The folder without case, as some systems compare names';
SELECT protect_table('course_folders');
