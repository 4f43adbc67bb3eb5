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
    -- what is no number goes on as it is, so that the check of the row can name it
    CASE WHEN oulad_given(submission.score) IS NOT NULL THEN
        coalesce((TRY_CAST(submission.score AS DECIMAL(12, 6)) / 100)::VARCHAR, submission.score::VARCHAR)
    END AS score,
    oulad_start(assessment.code_presentation) + TRY_CAST(submission.date_submitted AS INTEGER) AS at
FROM studentAssessment AS submission
LEFT JOIN assessments AS assessment
    ON oulad_number(assessment.id_assessment) = oulad_number(submission.id_assessment)
LEFT JOIN studentInfo AS info
    ON info.code_module = assessment.code_module
    AND info.code_presentation = assessment.code_presentation
    AND oulad_number(info.id_student) = oulad_number(submission.id_student)
