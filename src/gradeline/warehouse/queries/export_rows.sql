-- learners --
-- How each learner of a group stands
COPY (
    SELECT
        learner_id, name, email, course_id, attempts, correct, avg_accuracy, avg_accuracy_low,
        avg_accuracy_high, submitted, completed, average_grade, score, rank, last_active_on
    FROM progress_summary
    WHERE group_ids @> ARRAY[%(group_id)s::text]
    ORDER BY name COLLATE "C", learner_id COLLATE "C"
) TO STDOUT (FORMAT csv);
