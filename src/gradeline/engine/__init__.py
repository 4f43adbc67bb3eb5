"""Engines run queries and Ibis expressions over fact objects."""

from gradeline.engine.duckdb.engine import DuckEngine
from gradeline.engine.engine import Engine, FactObjects, RowSession, Session

__all__ = ["DuckEngine", "Engine", "FactObjects", "RowSession", "Session"]
