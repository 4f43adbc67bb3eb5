-- Group reports: documents of groups, and recipients who get them.

ALTER TABLE documents
    ADD COLUMN group_id text NOT NULL DEFAULT '',
    DROP CONSTRAINT documents_pkey,
    ADD PRIMARY KEY (course_id, group_id);
COMMENT ON TABLE documents IS 'For each course and each group of it: what its documents were made from, and where they lie';
COMMENT ON COLUMN documents.group_id IS 'Empty = the documents of the course';

ALTER TABLE recipients
    DROP CONSTRAINT recipients_what_check,
    DROP CONSTRAINT recipients_role_check,
    ADD COLUMN staff_id bigint REFERENCES staff ON DELETE SET NULL,
    ADD COLUMN groups text[] NOT NULL DEFAULT '{}',
    ADD CHECK (
        what IN ('course-report', 'group-report', 'daily-figures', 'run-result', 'alert')
    ),
    ADD CHECK (role IN ('admin', 'curator', 'reader')),
    ADD CHECK (role = 'curator' OR staff_id IS NULL),
    ADD CHECK (role <> 'curator' OR groups = '{}');
CREATE INDEX recipients_staff ON recipients (staff_id);
COMMENT ON COLUMN recipients.role IS 'What they may see: curator = own groups; reader = figures without names, small cells hidden';
COMMENT ON COLUMN recipients.staff_id IS 'Of a curator: whose groups they get; null = of somebody who left, so nothing';
COMMENT ON COLUMN recipients.groups IS 'Of others: the only groups they get; empty = all of the courses';

COMMENT ON COLUMN deliveries.document IS 'A course id; a course id and a group id; a school day; a run';
