"""Routes, one family in each module."""
