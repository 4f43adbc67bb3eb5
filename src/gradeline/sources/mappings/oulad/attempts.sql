-- One row is one submission: a banked one was carried over from an earlier presentation.
-- A submission has no number of its own; student and assessment name it.
SELECT
    submission._file,
    submission._line,
    oulad_id(submission.id_assessment) || '/' || oulad_id(submission.id_student) AS attempt_id,
    oulad_id(submission.id_student) AS learner_id,
    oulad_course(assessment.code_module, assessment.code_presentation) AS course_id,
    oulad_group(info.code_module, info.code_presentation, info.region) AS group_id,
    oulad_id(submission.id_assessment) AS item_id,
    oulad_id(submission.id_assessment) AS topic_id,
    assessment.assessment_type AS level_id,
    CASE oulad_id(submission.is_banked) WHEN '0' THEN 'answer' WHEN '1' THEN 'carried' END AS kind,
    TRY_CAST(submission.score AS DECIMAL(12, 6)) / 100 AS score,
    oulad_given(submission.score) AS _score,
    oulad_day(assessment.code_presentation, submission.date_submitted) AS at,
    oulad_given(submission.date_submitted) AS _at
FROM studentAssessment AS submission
LEFT JOIN assessments AS assessment
    ON oulad_number(assessment.id_assessment) = oulad_number(submission.id_assessment)
LEFT JOIN studentInfo AS info
    ON info.code_module = assessment.code_module
    AND info.code_presentation = assessment.code_presentation
    AND oulad_number(info.id_student) = oulad_number(submission.id_student)
