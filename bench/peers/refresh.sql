-- macros --
-- `rate`: with its Wilson interval; `average`: from sum and squares, with z·s/√n; no n, no number
create or replace macro z() as 1.959964;
create or replace macro wilson(p, n, side) as
    (p + z() * z() / (2 * n) + side * z() * sqrt((p * (1 - p) + z() * z() / (4 * n)) / n))
    / (1 + z() * z() / n);
create or replace macro rate(k, n) as case when n > 0 then {
    'value': k / n, 'n': n, 'low': greatest(wilson(k / n, n, -1), 0),
    'high': least(wilson(k / n, n, 1), 1)} end;
create or replace macro half_width(s, q, n) as z() * sqrt(greatest(q - s * s / n, 0) / (n - 1) / n);
create or replace macro average(s, q, n, top) as case when n > 0 then {
    'value': s / n, 'n': n,
    'low': if(n > 1, greatest(s / n - half_width(s, q, n), 0), null),
    'high': if(n > 1, least(s / n + half_width(s, q, n), top), null)} end;

-- runs --
-- The courses, their first day and their length in days
create or replace temp table runs as
select code_module, code_presentation, code_module || '/' || code_presentation as course_id,
       make_date(left(code_presentation, 4)::integer,
                 if(right(code_presentation, 1) = 'B', 2, 10), 1) as starts_on,
       module_presentation_length::integer as length,
       length * 25 // 100 as at_25, length * 50 // 100 as at_50, length * 75 // 100 as at_75
from courses;

-- enrolments --
-- A row per learner and course with the day numbers of the place (null = open), E as `counted`
create or replace temp table enrolments as
select course_id, starts_on, length, id_student::integer as student, region, final_result,
       date_registration::integer as first_day, date_unregistration::integer as last_day,
       coalesce(first_day <= length, true) and coalesce(last_day >= 0, true)
           and coalesce(first_day <= last_day, true) as counted,
       coalesce(first_day <= length, true) and coalesce(last_day >= length, true) as enrolled_today
from studentInfo
join studentRegistration using (code_module, code_presentation, id_student)
join runs using (code_module, code_presentation);

-- items --
-- The assessments; the weight that a leaderboard uses is 1 where a course's answered ones weigh 0
create or replace temp table items as
with answered as (select distinct id_assessment from studentAssessment where score is not null)
select id_assessment::integer as item, course_id, starts_on, length, assessment_type as level,
       date::integer as due, weight,
       if(coalesce(max(weight) filter (id_assessment in (from answered))
                   over (partition by course_id), 0) = 0, 1.0, weight) as counting_weight
from assessments join runs using (code_module, code_presentation);

-- best --
-- One row per learner and assessment handed in: best score, the day it came, graded, right
create or replace temp table best as
select id_assessment::integer as item, id_student::integer as student,
       max(score)::integer as grade, count(*) as submissions,
       count(score) as graded, count(*) filter (score >= 40) as correct,
       max(date_submitted)::integer as handed_on, sum(score)::bigint as score_sum, sum(score * score)::bigint as score_squares,
       arg_max(date_submitted, score * 100000 - date_submitted)::integer as raised_on,
       arg_min(score >= 40, date_submitted) filter (score is not null) as first_correct
from studentAssessment group by all;

-- activity --
-- A row per course, learner, week and quarter with activity: the last active day of it
create or replace temp table activity as
with clicks as (
    select code_module, code_presentation, id_student::integer as student,
           floor(date / 7)::integer as week,
           (date > at_25)::tinyint + (date > at_50)::tinyint + (date > at_75)::tinyint as quarter,
           max(date)::integer as last_day
    from studentVle join runs using (code_module, code_presentation)
    where date between 0 and length group by all)
select course_id, student, week, last_day
from clicks join runs using (code_module, code_presentation)
union all
select course_id, id_student::integer, floor(date_submitted / 7)::integer,
       date_submitted::integer
from studentAssessment join items on item = id_assessment
where is_banked = 0 and date_submitted between 0 and length;

-- pairs --
-- E × A of each course with what was handed in
create or replace temp table pairs as
select course_id, item, student, handed_on, items.due, level, enrolled_today, submissions, grade, raised_on,
       coalesce(grade > 0, false) as completed
from enrolments join items using (course_id) left join best using (item, student)
where counted;

-- kpis --
-- The five figures of each course with their intervals
with attendance as (
    select course_id, count(*) as enrolled, count(active) as attended, max(active) as active_day
    from enrolments
    left join (select course_id, student, max(last_day) as active from activity group by all)
         using (course_id, student)
    where counted group by all),
pair_sums as (
    select course_id, count(*) as pairs, count(submissions) as responded,
           count(*) filter (completed) as completed,
           sum(submissions) as pair_submissions, max(handed_on) as handed_day,
           sum(grade) filter (completed) as grades, sum(grade * grade) filter (completed) as squares
    from pairs group by all)
select course_id, enrolled, pairs // enrolled as items, pair_submissions as submissions,
       active_day, handed_day,
       rate(attended, enrolled) as attendance_rate, rate(responded, pairs) as response_rate,
       rate(completed, pairs) as completion_rate,
       average(grades, squares, completed, 100) as average_grade,
       average(grades, squares, pairs, 100) as average_grade_all
from attendance join pair_sums using (course_id);

-- weeks --
-- Attendance in each week of each course
with weeks as (
    select course_id, starts_on, length, unnest(range(0, length // 7 + 1))::integer as week
    from runs),
active as (
    select course_id, student, week, max(last_day) as active_day from activity group by all)
select course_id, week, count(*) as enrolled, count(active_day) as attended,
       max(active_day) as active_day, rate(attended, enrolled) as attendance_rate
from weeks join enrolments using (course_id)
left join active using (course_id, student, week)
where counted and coalesce(first_day <= least(week * 7 + 6, weeks.length), true)
      and coalesce(last_day >= week * 7, true)
group by all;

-- bands --
-- Completed pairs by grade in tens, and those not completed as null
select course_id, if(completed, least(grade // 10 * 10, 90), null) as low, count(*) as pairs
from pairs group by all;

-- item_standings --
-- Response, completion and mean grade of each assessment
select course_id, item, rate(count(submissions), count(*)) as response_rate,
       rate(count(*) filter (completed), count(*)) as completion_rate,
       average(sum(grade) filter (completed), sum(grade * grade) filter (completed),
               count(*) filter (completed), 100) as average_grade
from pairs group by all;

-- graded --
-- Each graded attempt's learner, course, group, level and topic, summed per pair
create or replace temp table graded as
select course_id, student, course_id || '/' || region as group_id, level, item, graded, correct,
       score_sum, score_squares, first_correct, raised_on, grade / 100.0 * counting_weight as points
from best join items using (item) join enrolments using (course_id, student)
where graded > 0;

-- stats --
-- Accuracy and mean score by course, group, level, topic, learner, group × level, group × topic
select case grouping(course_id, group_id, level, item, student)
           when 15 then 'course' when 23 then 'group' when 27 then 'level' when 29 then 'topic'
           when 30 then 'learner' when 19 then 'group_level' when 21 then 'group_topic'
           when 11 then 'course_level' when 13 then 'course_topic' end as type,
       course_id, group_id, level, item, student, sum(graded) as total_attempts,
       count(distinct student) as total_users,
       rate(sum(correct), sum(graded)) as avg_accuracy,
       rate(count(*) filter (first_correct), count(*)) as first_try_accuracy,
       average(sum(score_sum) / 100.0, sum(score_squares) / 10000.0, sum(graded), 1) as avg_score
from graded
group by grouping sets ((course_id), (group_id), (level), (item), (student),
                        (group_id, level), (group_id, item), (course_id, level), (course_id, item));

-- standings --
-- How each counted learner of a course stands: work, plan, last activity, reasons of risk
create or replace temp table standings as
with work as (
    select course_id, student, any_value(enrolled_today) as enrolled_today,
           count(submissions) as submitted, count(*) filter (completed) as completed,
           average(sum(grade) filter (completed), sum(grade * grade) filter (completed),
                   count(*) filter (completed), 100) as average_grade,
           count(*) filter (due <= length) as due, count(*) as items, any_value(length) as today,
           count(*) filter (due <= length and completed) as done,
           min(due) filter (due <= length and not completed) as oldest_missing,
           count(*) filter (completed and raised_on between length - 27 and length) as lately
    from pairs join (select course_id, length from runs) using (course_id) group by all),
seen as (select course_id, student, max(last_day) as last_active from activity group by all),
answers as (
    select course_id, student, sum(graded) as attempts, sum(correct) as correct
    from graded group by all)
select work.*, due - done as missing, coalesce(today - oldest_missing, 0) as days_behind,
       done / nullif(due, 0) as pace, last_active, coalesce(attempts, 0) as attempts,
       rate(coalesce(correct, 0), coalesce(attempts, 0)) as avg_accuracy,
       if(lately < 2, null, today + ceil((items - completed) * 28 / lately)) as forecast,
       enrolled_today and due > done and coalesce(last_active < today - 6, true) as silent,
       enrolled_today and due - done >= 3 as missing_three,
       enrolled_today and last_active is null and greatest(coalesce(first_day, 0), 0) <= today - 6
           as never_seen
from work left join seen using (course_id, student) left join answers using (course_id, student)
join (select course_id, student, first_day from enrolments) using (course_id, student);

-- plan --
-- Each course against its plan today
select course_id, any_value(due) as due, count(*) filter (missing > 0) as behind,
       rate(sum(done), sum(due)) as up_to_date_rate
from standings where enrolled_today group by all;

-- learners --
-- The standing of every counted learner
from standings;

-- at_risk --
-- How many learners of each course are at risk, by reason
select course_id, count(*) filter (silent) as silent, count(*) filter (missing_three) as missing,
       count(*) filter (never_seen) as never_seen,
       count(*) filter (silent or missing_three or never_seen) as at_risk
from standings group by all;

-- quality --
-- Precision and recall of the list at a quarter, half and three quarters of each course
with moments as (
    select course_id, unnest([25, 50, 75]) as share, unnest([at_25, at_50, at_75]) as day from runs),
seen as (
    select course_id, share, student, max(last_day) as last_active
    from moments join activity using (course_id) where last_day <= day group by all),
owed as (
    select course_id, share, student,
           count(*) filter (due <= day and not coalesce(completed and raised_on <= day, false))
               as owed
    from moments join pairs using (course_id) group by all),
listed as (
    select course_id, share, final_result in ('Fail', 'Withdrawn') as bad,
           (coalesce(last_active <= day - 7, true) and owed > 0) or owed >= 3
               or (last_active is null and greatest(coalesce(first_day, 0), 0) <= day - 6) as listed
    from moments join enrolments using (course_id) left join seen using (course_id, share, student)
    join owed using (course_id, share, student)
    where counted and coalesce(first_day <= day, true) and coalesce(last_day >= day, true))
select course_id, share, count(*) as enrolled,
       rate(count(*) filter (bad and listed), count(*) filter (listed)) as precision,
       rate(count(*) filter (bad and listed), count(*) filter (bad)) as recall
from listed group by all;

-- leaderboards --
-- Ranks up to 100 of the school, each course, group and level, with the size of each scope
with scores as (
    select case grouping(course_id, group_id, level)
               when 7 then 'global' when 3 then 'course' when 5 then 'group' else 'level' end as scope,
           coalesce(course_id, group_id, level) as scope_id, student,
           round(sum(points), 6) as score, max(raised_on) filter (points > 0) as raised_on
    from graded
    group by grouping sets ((student), (course_id, student), (group_id, student),
                            (level, student))),
ranked as (
    select *, rank() over (partition by scope, scope_id order by score desc) as place,
           count(*) over (partition by scope, scope_id) as size
    from scores)
from ranked where place <= 100 order by scope, scope_id, place, raised_on, student::varchar;
