"""The server of the database: where it is, and the database on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gradeline.base.errors import LoginRefused, WarehouseError, WarehouseUnavailable
from gradeline.embedded.data_folder import Cluster
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
from gradeline.warehouse.connect.url import database_from_url
from gradeline.warehouse.schema.views import ensure_views


@contextmanager
def open_server(
    settings: Settings, say: Callable[[str], None], content: DatabaseContent | None = None
) -> Iterator[Database]:
    """Open the database where its server is, with what replaces its content, if anything does."""
    with open_warehouse(server_of(settings), say=say, content=content) as database:
        ensure_views(database)
        yield database


@contextmanager
def open_unchanged(settings: Settings, say: Callable[[str], None]) -> Iterator[Database | None]:
    """Open the database as it is, to read it: nothing is made; None = it does not exist.

    Raises:
        WarehouseError: it cannot be opened.
    """
    place = server_of(settings)
    if isinstance(place, EmbeddedServer):
        if not Cluster(home=place.home.absolute()).passwords.exists():
            yield None
            return
        with open_warehouse(place, say=say, migrate=False) as opened:
            yield opened
        return
    database = database_from_url(place.url)
    yield database if _exists(database) else None


def may_have_database(settings: Settings) -> bool:
    """Whether there may be a database: one in the home, or one at a URL, which is not asked."""
    place = server_of(settings)
    if isinstance(place, ExternalServer) or settings.database_in_bucket():
        return True
    return Cluster(home=place.home.absolute()).passwords.exists()


def _exists(database: Database) -> bool:
    """Whether the server has a database of that name, as far as its login is told."""
    try:
        database.connect_as_login().close()
    except (LoginRefused, WarehouseUnavailable):
        raise
    except WarehouseError:
        return False
    return True


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
