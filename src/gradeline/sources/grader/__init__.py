"""The grader: attempts by the hour."""
