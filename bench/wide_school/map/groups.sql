SELECT
    any_value(_file) AS _file, min(_line) AS _line, team AS group_id, course AS course_id,
    split_part(team, '/', 3) AS name, FALSE AS rolling
FROM people
GROUP BY team, course
