-- More reasons for which figures leave rows out: an id that is blank, a day that is to come.

ALTER TABLE unmatched_rows DROP CONSTRAINT unmatched_rows_reason_check;
ALTER TABLE unmatched_rows ADD CHECK (
    reason IN ('course', 'no_course', 'learner', 'enrolment', 'unlisted', 'item', 'no_item', 'future')
);
COMMENT ON TABLE unmatched_rows IS 'Rows of canonical tables that figures of a course leave out, or count with a doubt, since what they point at is in no table';
COMMENT ON COLUMN unmatched_rows.course_id IS 'The course; empty = the rows are of none';
COMMENT ON COLUMN unmatched_rows.reason IS 'What is missing: the course, the learner, their enrolment, the item; no_course, no_item: the row has no such id; unlisted: counts as enrolled, but is no row of learners; future: the day is to come';
COMMENT ON COLUMN unmatched_rows.ids IS 'Different ids that are missing; of no_course and no_item learners, of future days';
COMMENT ON COLUMN unmatched_rows.examples IS 'Some of these ids, each with one of the same course or source that looks like it if there is one';
