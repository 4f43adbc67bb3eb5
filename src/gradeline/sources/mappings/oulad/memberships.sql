-- One row is one student in one presentation: from the day registered to the day unregistered.
SELECT
    info._file,
    info._line,
    oulad_id(info.id_student) AS learner_id,
    oulad_group(info.code_module, info.code_presentation, info.region) AS group_id,
    oulad_course(info.code_module, info.code_presentation) AS course_id,
    'learner' AS role,
    oulad_day(info.code_presentation, registration.date_registration) AS starts_on,
    oulad_given(registration.date_registration) AS _starts_on,
    oulad_day(info.code_presentation, registration.date_unregistration) AS ends_on,
    oulad_given(registration.date_unregistration) AS _ends_on,
    CASE info.final_result
        WHEN 'Pass' THEN 'pass'
        WHEN 'Distinction' THEN 'pass'
        WHEN 'Fail' THEN 'fail'
        WHEN 'Withdrawn' THEN 'withdrawn'
        ELSE oulad_given(info.final_result)
    END AS outcome
FROM studentInfo AS info
LEFT JOIN studentRegistration AS registration
    ON registration.code_module = info.code_module
    AND registration.code_presentation = info.code_presentation
    AND oulad_number(registration.id_student) = oulad_number(info.id_student)
