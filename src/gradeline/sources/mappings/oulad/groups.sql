-- One row is the students of one region in one presentation.
SELECT
    any_value(_file) AS _file,
    min(_line) AS _line,
    oulad_group(code_module, code_presentation, region) AS group_id,
    oulad_course(code_module, code_presentation) AS course_id,
    region AS name,
    false AS rolling
FROM studentInfo
GROUP BY code_module, code_presentation, region
