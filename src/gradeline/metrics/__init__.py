"""Metrics: one file per family of numbers. They turn tables into Ibis expressions and run nothing.

Import `families` for the families themselves; it imports Ibis.
"""

from gradeline.metrics.terms import Terms

__all__ = ["Terms"]
