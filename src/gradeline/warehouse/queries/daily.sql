-- read --
-- The grader's figures of some school days, in their order
SELECT day, attempts, successful, failed, runs, unique_users, success_rate
FROM daily_statistics
WHERE
    (%(first)s::date IS NULL OR day >= %(first)s) AND (%(last)s::date IS NULL OR day <= %(last)s)
ORDER BY day;
