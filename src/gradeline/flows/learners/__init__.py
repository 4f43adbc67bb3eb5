"""Link, export and forget learners."""
