"""The twin of a school's own webhook receiver."""
