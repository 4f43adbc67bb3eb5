-- optional
-- warehouse: no
-- One row is one visit: the clicks of one student on one page on one day. Equal rows are separate visits.
SELECT
    click._file,
    click._line,
    learner.learner_id,
    learner.course_id,
    learner.group_id,
    page.activity_type AS type,
    click.sum_click AS count,
    oulad_day(click.code_presentation, click.date) AS at,
    oulad_given(click.date) AS _at
FROM studentVle AS click
LEFT JOIN _pages AS page ON page.number = oulad_number(click.id_site)
LEFT JOIN _clicking AS learner
    ON learner.number = oulad_number(click.id_student)
    AND learner.course_id = oulad_course(click.code_module, click.code_presentation)
