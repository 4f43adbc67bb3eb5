"""Links between a learner's ids, and who was forgotten."""
