"""Make, keep, drop and restore tables that belong together, as migrations made them."""
