-- Learners, each in one course and one of its groups
SELECT
    i AS number,
    'learner-' || lpad(i::VARCHAR, 7, '0') AS student,
    'Learner Number ' || i AS name,
    'learner' || i || '@example.org' AS email,
    'wide/c' || (i % {courses}) AS course,
    'wide/c' || (i % {courses}) || '/g' || (i // {courses} % 40) AS team
FROM range({learners}) AS t (i)
