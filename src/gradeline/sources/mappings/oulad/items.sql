-- One row is one assessment; all of them are active, those without a day too (11 exams).
SELECT
    _file,
    _line,
    oulad_id(id_assessment) AS item_id,
    oulad_course(code_module, code_presentation) AS course_id,
    assessment_type || ' ' || oulad_id(id_assessment) AS title,
    oulad_id(id_assessment) AS topic_id,
    assessment_type AS level_id,
    'assessment' AS kind,
    100 AS max_score,
    oulad_given(weight) AS weight,
    oulad_day(code_presentation, date) AS due_on,
    oulad_given(date) AS _due_on,
    true AS active
FROM assessments
