"""Rows that were posted over HTTP: kept, loaded and forgotten like those of any source."""
