-- figures --
-- The headline figures of each group of a course
SELECT figures FROM group_figures
WHERE course_id = %(course_id)s AND (%(groups)s::text[] IS NULL OR group_id = ANY(%(groups)s))
ORDER BY name COLLATE "C", group_id COLLATE "C";

-- listed --
-- All groups that have figures: course, group, name
SELECT course_id, group_id, name FROM group_figures
ORDER BY course_id COLLATE "C", name COLLATE "C", group_id COLLATE "C";

-- stats --
-- The figures of each group of a course by level and topic; without groups over several courses
SELECT type, group_id, level_id, topic_id, metrics
FROM materialized_stats
WHERE course_id = %(course_id)s AND type IN ('group_level', 'group_topic');

-- weeks --
-- How one group of a course stood at the end of each week
SELECT
    week, starts_on, enrolled, attended, learners, active, pairs, submitted, completed, grade_sum,
    grade_squares
FROM group_history
WHERE group_id = %(group_id)s AND course_id = %(course_id)s
ORDER BY week;

-- union --
-- What the enrolled learners of several groups of a course did, each learner once
SELECT
    count(*) AS learners,
    count(last_active_on) AS active,
    coalesce(sum(submitted), 0)::bigint AS submitted,
    coalesce(sum(completed), 0)::bigint AS completed,
    coalesce(sum(grade_sum), 0) AS grade_sum,
    coalesce(sum(grade_squares), 0) AS grade_squares,
    max(as_of) AS as_of
FROM progress_summary
WHERE course_id = %(course_id)s AND enrolled AND group_ids && %(groups)s::text[];

-- cards --
-- How each group of a course stands today: its figures, and of its learners who are enrolled how many
-- are on plan, were active in the last seven days, are at risk
SELECT
    g.figures,
    count(p.learner_id) AS learners,
    count(*) FILTER (WHERE p.due > 0) AS planned,
    count(*) FILTER (WHERE p.due > 0 AND p.missing = 0) AS on_plan,
    count(*) FILTER (WHERE p.last_active_on > o.today - 7) AS active,
    count(*) FILTER (WHERE cardinality(p.at_risk) > 0) AS at_risk
FROM group_figures AS g
LEFT JOIN course_outlines() AS o ON o.course_id = g.course_id
LEFT JOIN progress_summary AS p
    ON p.course_id = g.course_id AND p.enrolled_today AND p.group_ids && ARRAY[g.group_id]
GROUP BY g.group_id, g.course_id, g.name, g.figures
ORDER BY g.name COLLATE "C", g.group_id COLLATE "C", g.course_id COLLATE "C";

-- last_weeks --
-- How each group of a course stood at the end of its last two weeks, the last one first
SELECT group_id, course_id, week, starts_on, enrolled, attended, learners, active, pairs, submitted,
    completed, grade_sum, grade_squares
FROM (
    SELECT h.*, row_number() OVER (PARTITION BY group_id, course_id ORDER BY week DESC) AS place
    FROM group_history AS h
) AS h
WHERE place <= 2
ORDER BY group_id COLLATE "C", course_id COLLATE "C", week DESC;
