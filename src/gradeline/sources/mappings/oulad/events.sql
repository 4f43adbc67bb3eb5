-- optional
-- warehouse: no
-- One row is one visit: the clicks of one student on one page on one day. Equal rows are separate visits.
SELECT
    click._file,
    click._line,
    coalesce(learner.learner_id, oulad_id(click.id_student)) AS learner_id,
    oulad_course(click.code_module, click.code_presentation) AS course_id,
    learner.group_id,
    page.activity_type AS type,
    click.sum_click AS count,
    oulad_day(click.code_presentation, click.date) AS at,
    oulad_given(click.date) AS _at
FROM studentVle AS click
LEFT JOIN vle AS page ON oulad_number(page.id_site) = oulad_number(click.id_site)
LEFT JOIN (
    -- Ten million clicks share thirty thousand learners: their texts are made once, here.
    SELECT
        oulad_number(id_student) AS number,
        oulad_id(id_student) AS learner_id,
        oulad_course(code_module, code_presentation) AS course_id,
        oulad_group(code_module, code_presentation, region) AS group_id
    FROM studentInfo
) AS learner
    ON learner.number = oulad_number(click.id_student)
    AND learner.course_id = oulad_course(click.code_module, click.code_presentation)
