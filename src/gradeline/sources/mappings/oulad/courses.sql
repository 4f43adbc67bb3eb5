-- One row is one presentation of a module; day number `length` is its last day.
SELECT
    _file,
    _line,
    oulad_course(code_module, code_presentation) AS course_id,
    code_module AS category,
    code_presentation AS course,
    code_module || ' ' || code_presentation AS title,
    oulad_start(code_presentation) AS starts_on,
    oulad_day(code_presentation, module_presentation_length) AS ends_on,
    oulad_given(module_presentation_length) AS _ends_on
FROM courses
