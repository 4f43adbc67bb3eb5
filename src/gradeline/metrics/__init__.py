"""Metrics: one file per family of numbers. Tables in, expression out; nothing runs here.

The families themselves are in `families`, which brings Ibis.
"""

from gradeline.metrics.terms import Terms

__all__ = ["Terms"]
