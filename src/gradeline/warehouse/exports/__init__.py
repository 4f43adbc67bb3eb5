"""Exports, the links to their files, and the work on them."""
