-- LearnWorlds as it is now: one row for each record of a slice, replaced with the slice.
-- A slice is one course of the school; courses and suspended people are asked for as a whole.

CREATE TABLE learnworlds_courses (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    title text,
    access text,
    starts_on date,
    ends_on date,
    created_at timestamptz,
    PRIMARY KEY (slice_id, course)
);
COMMENT ON TABLE learnworlds_courses IS 'Courses of the school, with category and days as cursos.yml has them';

CREATE TABLE learnworlds_contents (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    category text NOT NULL,
    course_title text,
    section_id text,
    section_title text,
    unit_id text,
    unit_type text,
    unit_title text,
    graded boolean NOT NULL,
    PRIMARY KEY (slice_id, position)
);
COMMENT ON TABLE learnworlds_contents IS 'Sections and learning units of courses, in their order';

CREATE TABLE learnworlds_users (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    username text,
    role text NOT NULL,
    suspended boolean NOT NULL,
    created_at timestamptz,
    last_login_at timestamptz,
    enrolled_at timestamptz,
    enrolled_on date,
    expires_on date,
    PRIMARY KEY (slice_id, user_id)
);
COMMENT ON TABLE learnworlds_users IS 'People of courses, with the day they were enrolled';

CREATE TABLE learnworlds_suspended (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    username text,
    role text NOT NULL,
    suspended boolean NOT NULL,
    created_at timestamptz,
    last_login_at timestamptz,
    enrolled_at timestamptz,
    enrolled_on date,
    expires_on date,
    PRIMARY KEY (slice_id, course, user_id)
);
COMMENT ON TABLE learnworlds_suspended IS 'Suspended people, whom a course''s own list leaves out, in each of their courses';

CREATE TABLE learnworlds_grades (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    grade_id text NOT NULL,
    unit_type text,
    user_id text NOT NULL,
    email text,
    unit_id text NOT NULL,
    grade numeric(9, 4),
    score numeric(9, 6),
    created_at timestamptz,
    modified_at timestamptz,
    submitted_at timestamptz,
    PRIMARY KEY (slice_id, grade_id)
);
COMMENT ON TABLE learnworlds_grades IS 'Grades of learning units; score is grade ÷ 100';

CREATE TABLE learnworlds_responses (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course text NOT NULL,
    course_id text NOT NULL,
    response_id text NOT NULL,
    user_id text NOT NULL,
    email text,
    unit_id text NOT NULL,
    grade numeric(9, 4),
    score numeric(9, 6),
    created_at timestamptz,
    modified_at timestamptz,
    submitted_at timestamptz,
    passed boolean,
    blocks integer NOT NULL,
    points numeric(14, 4),
    max_points numeric(14, 4),
    PRIMARY KEY (slice_id, response_id)
);
COMMENT ON TABLE learnworlds_responses IS 'What was handed in for assessments; score is grade ÷ 100, else points ÷ max_points';

-- Plan rows of planification/<category>/<course>.csv, whichever source the course is of.
CREATE TABLE planification_plan (
    slice_id bigint NOT NULL,
    position bigint NOT NULL,
    course_id text NOT NULL,
    item_id text NOT NULL,
    title text,
    due_on date NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (slice_id, item_id)
);
COMMENT ON TABLE planification_plan IS 'Plan rows of planification/, by the course that each file fits';

-- What belongs to no one group is seen by admins alone.
SELECT
    protect_table('learnworlds_courses'),
    protect_table('learnworlds_contents'),
    protect_table('learnworlds_users'),
    protect_table('learnworlds_suspended'),
    protect_table('learnworlds_grades'),
    protect_table('learnworlds_responses'),
    protect_table('planification_plan');
