-- One row is one student, who may be in several courses.
SELECT any_value(_file) AS _file, min(_line) AS _line, student AS learner_id, name, email
FROM students
GROUP BY student, name, email
