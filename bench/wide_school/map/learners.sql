SELECT _file, _line, student AS learner_id, name, email FROM people
