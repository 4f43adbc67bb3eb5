"""Faults of responses and connections, and how they are chosen."""
