-- One row is one student; the publishers give no names.
SELECT
    any_value(_file) AS _file,
    min(_line) AS _line,
    oulad_id(id_student) AS learner_id
FROM studentInfo
GROUP BY oulad_id(id_student)
