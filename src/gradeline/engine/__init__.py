"""Where metrics run: fact objects opened as Ibis tables, expressions computed."""

from gradeline.engine.duckdb import DuckEngine
from gradeline.engine.engine import Engine, Session

__all__ = ["DuckEngine", "Engine", "Session"]
