-- note --
-- Note what whoever asks did about a learner; null = not theirs
SELECT note_contact(%(wanted)s::jsonb);

-- undo --
-- Take back what was noted; false = not theirs
SELECT undo_contact(%(contact_id)s);

-- of_group --
-- What was done about the learners of a group of a course, the last first
SELECT contact_id, learner_id, course_id, group_id, kind, reasons, note, quiet_until, noted_by, noted_at
FROM contacts
WHERE group_id = %(group_id)s AND course_id = %(course_id)s AND undone_at IS NULL
ORDER BY noted_at DESC, contact_id DESC
LIMIT %(most)s;

-- of_learner --
-- What was done about a learner, the last first
SELECT contact_id, learner_id, course_id, group_id, kind, reasons, note, quiet_until, noted_by, noted_at
FROM contacts
WHERE learner_id = %(learner_id)s AND undone_at IS NULL
ORDER BY noted_at DESC, contact_id DESC
LIMIT %(most)s;

-- quiet --
-- Learners of a group of a course about whom something was done, who may need nobody yet
SELECT DISTINCT learner_id FROM contacts
WHERE group_id = %(group_id)s AND course_id = %(course_id)s AND undone_at IS NULL
    AND quiet_until > %(today)s;
