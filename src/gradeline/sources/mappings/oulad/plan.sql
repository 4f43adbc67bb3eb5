-- One row is an assessment with a day it is due on.
SELECT
    _file,
    _line,
    oulad_course(code_module, code_presentation) AS course_id,
    oulad_id(id_assessment) AS item_id,
    oulad_day(code_presentation, date) AS due_on,
    oulad_given(date) AS _due_on,
    'active' AS status
FROM assessments
WHERE oulad_given(date) IS NOT NULL
