"""Whom to leave out, and how raw files are rewritten without them."""
