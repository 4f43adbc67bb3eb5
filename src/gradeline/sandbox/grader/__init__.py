"""The twin of the grader API."""
