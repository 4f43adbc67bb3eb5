"""Proofs of what is computed and written."""
