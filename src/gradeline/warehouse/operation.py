"""Operation: what comes by an interval, how jobs ended, and figures for monitoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.rows import class_row, dict_row

from gradeline.records.slices import Slice, State
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "operation"
#: Results that were not found to be up to date for longer are served as stale.
STALE_AFTER = timedelta(hours=24)
#: The tick that computes results again.
REFRESH = "refresh"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """How often a tick is due."""

    every: timedelta
    live: bool = False  #: also as soon as data was loaded


@dataclass(frozen=True, kw_only=True)
class JobEnd:
    """How a job ended."""

    job: str  #: its name
    good: bool
    seconds: float  #: that it took
    ended_at: datetime


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of how the installation does."""

    name: str
    labels: Sequence[str]  #: their values, in the order in which monitoring declares them
    value: float


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """How a source does."""

    source: str
    loaded_at: datetime | None  #: when something of it was last loaded; None = never
    latest: datetime | None  #: the newest instant in it
    slices: Mapping[str, int]  #: state → how many
    quarantined: int  #: records that wait


@dataclass(frozen=True, kw_only=True)
class TroubledSlice:
    """A slice that is on hold, or failed."""

    slice: Slice
    state: State
    reason: str  #: in the words of the error
    tries: int
    updated_at: datetime


def advance_tick(connection: Connection, tick: str, interval: Interval, now: datetime) -> bool:
    """Move the instant at which a tick is due next; False = it is not due, or another did.

    Args:
        connection: the caller owns its transaction.
        tick: its name.
        interval: how often it is due.
        now: the instant by which it is due.
    """
    values = {"tick": tick, "now": now, "every": interval.every, "live": interval.live}
    return connection.execute(query(_FILE, "advance"), values).rowcount > 0


def note_job_end(connection: Connection, end: JobEnd) -> None:
    """Count a job that ended; the counts never become less."""
    values = {
        "job": end.job,
        "status": "success" if end.good else "error",
        "seconds": end.seconds,
        "ended_at": end.ended_at,
    }
    connection.execute(query(_FILE, "note_end"), values)


def read_stale_since(connection: Connection, now: datetime) -> datetime | None:
    """Return when results were last found to be up to date, if that was long ago; else None."""
    values = {"before": now - STALE_AFTER}
    row = connection.execute(query(_FILE, "stale_since"), values).fetchone()
    return row[0] if row is not None else None


def read_figures(connection: Connection) -> list[Figure]:
    """Return the figures of how the installation does, as whoever connects may see them."""
    with connection.cursor(row_factory=class_row(Figure)) as cursor:
        return cursor.execute(query(_FILE, "figures")).fetchall()


def read_sources(connection: Connection) -> list[SourceState]:
    """Return how each source does, by name."""
    with connection.cursor(row_factory=class_row(SourceState)) as cursor:
        return cursor.execute(query(_FILE, "sources")).fetchall()


def read_troubled(connection: Connection, most: int) -> list[TroubledSlice]:
    """Return slices that are on hold, then those that failed; so many at most."""
    cursor = connection.cursor(row_factory=dict_row)
    return [
        TroubledSlice(
            slice=Slice(source=row["source"], stream=row["stream"], window=row["slice_window"]),
            state=State(row["state"]),
            reason=row["reason"] or "",
            tries=row["tries"],
            updated_at=row["updated_at"],
        )
        for row in cursor.execute(query(_FILE, "troubled"), {"most": most})
    ]
