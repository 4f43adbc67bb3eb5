"""The words of the field: canonical tables, slices, streams and results, declared once."""
