"""Exports: a worker makes the files that people asked for, and deletes those whose time is over."""
