"""The first step: the database alone. Imports no source, no lake and no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.settings import Settings
from gradeline.warehouse import (
    Database,
    EmbeddedServer,
    ExternalServer,
    Role,
    ServerLocation,
    open_warehouse,
)
from gradeline.warehouse.schema.views import ensure_views
from gradeline.wiring.home import open_home


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
    with open_warehouse(server_of(settings), say=say) as database:
        ensure_views(database)
        yield database


def server_of(settings: Settings) -> ServerLocation:
    """Return where the database is: at the URL in the settings, otherwise embedded in the home."""
    url = settings.warehouse_url()
    if url is not None:
        passwords = {
            Role.APP.value: settings.db_app_password,
            Role.READER.value: settings.db_reader_password,
        }
        named = {role: one.get_secret_value() for role, one in passwords.items() if one is not None}
        return ExternalServer(url=url, home=settings.gradeline_home, passwords=named)
    return EmbeddedServer(home=settings.gradeline_home, port=settings.gradeline_db_port)
