"""Loading rows of facts into tables."""
