"""The first step: the database alone. Imports no source, no lake and no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.flows.upkeep.install import install
from gradeline.settings import Settings
from gradeline.warehouse import Database, EmbeddedPlace, Place, ServerPlace, open_warehouse
from gradeline.wiring.home import open_home


@contextmanager
def wire_database(settings: Settings, say: Callable[[str], None]) -> Iterator[Database]:
    """Open the database, brought up to this version, and the log of the home.

    Args:
        settings: say where the database and the home are.
        say: prints a message about something that takes time.

    Raises:
        WarehouseError: it cannot be opened.
        NoRoom: the home cannot be written.
    """
    with open_home(settings), open_database(settings, say) as database:
        yield database


@contextmanager
def open_database(settings: Settings, say: Callable[[str], None]) -> Iterator[Database]:
    """Open the database of a home that is open already; see `wire_database`."""
    with open_warehouse(place_of(settings), say=say) as database:
        install(database)
        yield database


def place_of(settings: Settings) -> Place:
    """Return where the database is: at the URL in the settings, otherwise embedded in the home."""
    url = settings.warehouse_url()
    if url is not None:
        return ServerPlace(url=url)
    return EmbeddedPlace(home=settings.gradeline_home, port=settings.gradeline_db_port)
