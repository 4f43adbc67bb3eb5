-- One row is one student who clicks in one presentation, with the texts that all the clicks share.
SELECT
    click.number,
    click.course_id,
    click.number::VARCHAR AS learner_id,
    oulad_group(info.code_module, info.code_presentation, info.region) AS group_id
FROM (
    SELECT DISTINCT
        oulad_number(id_student) AS number,
        oulad_course(code_module, code_presentation) AS course_id
    FROM studentVle
) AS click
LEFT JOIN studentInfo AS info
    ON oulad_number(info.id_student) = click.number
    AND oulad_course(info.code_module, info.code_presentation) = click.course_id
