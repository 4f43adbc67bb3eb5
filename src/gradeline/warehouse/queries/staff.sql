-- ls --
-- Everybody of the staff with the groups they were given, by login, e-mail and chat
SELECT staff_id, login, email, chat, role, language, added_by,
    ARRAY(
        SELECT group_id FROM staff_groups WHERE staff_groups.staff_id = staff.staff_id
        ORDER BY group_id COLLATE "C"
    ) AS groups
FROM staff
ORDER BY coalesce(login, email, chat) COLLATE "C";

-- find --
-- The person known by a login, an e-mail or a chat; each is unique
SELECT staff_id, login, email, chat, role, language, added_by,
    ARRAY(
        SELECT group_id FROM staff_groups WHERE staff_groups.staff_id = staff.staff_id
        ORDER BY group_id COLLATE "C"
    ) AS groups
FROM staff
WHERE login = %(login)s OR email = %(email)s OR chat = %(chat)s
ORDER BY staff_id;

-- insert --
-- Insert a person; returns their number
INSERT INTO staff (login, email, chat, role, language, added_by)
VALUES (%(login)s, %(email)s, %(chat)s, %(role)s, %(language)s, %(added_by)s)
RETURNING staff_id;

-- update --
-- Change a person; what is not given stays
UPDATE staff SET
    login = coalesce(%(login)s, login), email = coalesce(%(email)s, email),
    chat = coalesce(%(chat)s, chat), role = %(role)s, language = %(language)s,
    added_by = %(added_by)s
WHERE staff_id = %(staff_id)s;

-- rm --
-- Delete a person with their groups; 1 row = there was one
DELETE FROM staff WHERE staff_id = %(staff_id)s;

-- grant_groups --
-- Give a person groups; those they have stay
INSERT INTO staff_groups (staff_id, group_id)
SELECT %(staff_id)s, given.group_id FROM unnest(%(groups)s::text[]) AS given (group_id)
ON CONFLICT DO NOTHING;

-- revoke_groups --
-- Take groups from a person
DELETE FROM staff_groups WHERE staff_id = %(staff_id)s AND group_id = ANY(%(groups)s::text[]);

-- groups --
-- All groups that sources know, each with its courses
SELECT group_id, max(name) AS name, array_agg(DISTINCT course_id ORDER BY course_id) AS courses
FROM groups
GROUP BY group_id
ORDER BY group_id;

-- taught --
-- The groups that a teacher's line gives to an e-mail; whom no system knows has it as their id
SELECT DISTINCT memberships.group_id
FROM memberships
LEFT JOIN learners ON learners.learner_id = memberships.learner_id
WHERE memberships.role = 'teacher'
    AND (lower(learners.email) = %(email)s OR memberships.learner_id = 'groups:' || %(email)s)
    AND memberships.group_id IS NOT NULL
    AND (memberships.starts_on IS NULL OR memberships.starts_on <= %(today)s)
    AND (memberships.ends_on IS NULL OR memberships.ends_on >= %(today)s)
ORDER BY memberships.group_id;
