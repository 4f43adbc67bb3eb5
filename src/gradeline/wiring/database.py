"""The first step: the database alone. Imports no source, no engine, and a lake if needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.settings import Settings
from gradeline.warehouse import Database
from gradeline.wiring.home import open_home
from gradeline.wiring.server import open_server


@contextmanager
def wire_database(settings: Settings, say: Callable[[str], None]) -> Iterator[Database]:
    """Open the database, brought up to this version, and the log of the home.

    Args:
        settings: say where the database and the home are.
        say: prints a message about something that takes time.

    Raises:
        WarehouseError: it cannot be opened.
        DiskFull: the home cannot be written.
    """
    with open_home(settings), open_database(settings, say) as database:
        yield database


@contextmanager
def open_database(settings: Settings, say: Callable[[str], None]) -> Iterator[Database]:
    """Open the database of a home that is open already; see `wire_database`."""
    if settings.database_in_bucket():
        # Brings the object store, which a database that stays here does without.
        from gradeline.wiring.bucket import open_in_bucket

        with open_in_bucket(settings, say) as opened:
            yield opened.database
        return
    with open_server(settings, say) as database:
        yield database
