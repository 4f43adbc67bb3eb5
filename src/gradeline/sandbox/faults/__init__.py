"""Faults of answers and connections, and how they are drawn."""
