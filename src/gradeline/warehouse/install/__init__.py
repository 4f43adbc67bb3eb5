"""Make, keep, drop and restore tables that belong together, from the schema that migrations make."""
