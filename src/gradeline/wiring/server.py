"""The server of the database: where it is, and the database on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.settings import Settings
from gradeline.warehouse import (
    Database,
    DatabaseContent,
    EmbeddedServer,
    ExternalServer,
    Role,
    ServerLocation,
    open_warehouse,
)
from gradeline.warehouse.schema.views import ensure_views


@contextmanager
def open_server(
    settings: Settings, say: Callable[[str], None], content: DatabaseContent | None = None
) -> Iterator[Database]:
    """Open the database where its server is, with what replaces its content, if anything does."""
    with open_warehouse(server_of(settings), say=say, content=content) as database:
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
