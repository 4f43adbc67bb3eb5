"""Backups of the whole product: made, kept by age, verified, restored."""
