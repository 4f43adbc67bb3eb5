"""Planification: the plan files that people put into the home."""
