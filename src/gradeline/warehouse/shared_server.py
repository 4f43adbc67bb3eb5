"""The embedded server shared by processes: the first one starts it, the last one stops it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock, Timeout

from gradeline.base.errors import DiskFull, WarehouseError, WarehouseUnavailable
from gradeline.embedded import data_folder, process
from gradeline.embedded.data_folder import Cluster
from gradeline.embedded.owner import refuse_foreign_data, refuse_foreign_home
from gradeline.embedded.process import Postmaster, free_port
from gradeline.embedded.programs import ServerUser, find_server_user
from gradeline.embedded.users import UsersLock
from gradeline.warehouse.connect.database import Database, Login
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.location import EmbeddedServer
from gradeline.warehouse.psql import ClientAddress, client_address

if sys.platform != "win32":
    import pwd

#: The name of the database in the embedded server.
DATABASE = "gradeline"

#: Seconds of waiting for another process after which a message says so.
_SAY_AFTER_S = 1.0


@contextmanager
def running_server(place: EmbeddedServer, *, say: Callable[[str], None]) -> Iterator[Database]:
    """Keep the embedded server running for the length of the block; the last user stops it.

    Raises:
        WrongUse: the home belongs to another system user.
        WarehouseError: it cannot be started here; the message says why and what to do.
    """
    cluster = data_folder.cluster_at(place.home)
    user = _user_of(cluster, say)
    data_folder.prepare_folders(cluster, user)
    with UsersLock(cluster.folder / "users") as users:
        with _start_lock(cluster, say):
            server = _ensure_running(cluster, user, place.port, users, say)
            database = _database(cluster, user, server)
            written = process.log_size(cluster)
        try:
            yield database
        except WarehouseUnavailable as lost:
            # When PostgreSQL cannot write its log, it ends every connection without a reason.
            if process.log_contains(cluster, ["No space left"], since=written):
                raise DiskFull(
                    f"The disk of the embedded PostgreSQL is full ({cluster.data}).",
                    hint="Free some space there and run again; what was committed is safe.",
                ) from lost
            raise
        finally:
            with _start_lock(cluster, say):
                if users.alone() and not cluster.keep.exists():
                    crashed = process.log_contains(cluster, process.CRASH_MESSAGES, since=written)
                    process.stop(cluster, user, crashed=crashed)


def stop_embedded(home: Path) -> bool:
    """Stop the embedded server of `home`, even if others use it; whether it was running."""
    cluster = data_folder.cluster_at(home)
    refuse_foreign_home(cluster.home, [cluster.folder.name])
    if not cluster.data.exists():
        return False
    user = _user_of(cluster, _quiet)
    with _start_lock(cluster, _quiet):
        cluster.keep.unlink(missing_ok=True)
        return process.stop(cluster, user)


def _user_of(cluster: Cluster, say: Callable[[str], None]) -> ServerUser:
    """Return whom PostgreSQL runs as, once it is sure that the home is ours."""
    refuse_foreign_home(cluster.home, [cluster.folder.name])
    user = find_server_user(say)
    refuse_foreign_data(cluster.data, user)
    return user


def share_embedded(place: EmbeddedServer, *, say: Callable[[str], None]) -> ClientAddress:
    """Start the embedded server for SQL clients; it stays up until `stop_embedded`.

    Without a port in `place` it listens on the port it has already, or on a free one.

    Returns:
        What an SQL client needs to connect.

    Raises:
        WarehouseError: the server is in use without TCP, or cannot be started.
    """
    server = process.find_running(data_folder.cluster_at(place.home))
    open_port = server.port if server is not None and server.listens else free_port()
    listening = EmbeddedServer(home=place.home, port=place.port or open_port)
    with running_server(listening, say=say) as database:
        data_folder.cluster_at(place.home).keep.touch()
        return client_address(database)


def _ensure_running(
    cluster: data_folder.Cluster,
    user: ServerUser,
    port: int | None,
    users: UsersLock,
    say: Callable[[str], None],
) -> Postmaster:
    if not (cluster.data / "PG_VERSION").exists():
        say("Preparing the embedded PostgreSQL (once) …")
        data_folder.initialise(cluster, user, Role)
    data_folder.check_version(cluster)
    server = process.find_running(cluster)
    if server is not None and server.stopping:
        process.stop(cluster, user)
        server = None
    if server is not None:
        server = process.wait_until_ready(cluster, server, say)
    if server is not None and port is not None and not (server.listens and server.port == port):
        if not users.alone():
            raise WarehouseError(
                f"The embedded PostgreSQL is in use and does not listen on port {port}.",
                hint="Wait until the others end, or set GRADELINE_DB_PORT before they start.",
            )
        process.stop(cluster, user)
        server = None
    return server or process.start(cluster, user, port, say)


def _database(cluster: data_folder.Cluster, user: ServerUser, server: Postmaster) -> Database:
    passwords = data_folder.read_passwords(cluster)

    def login(name: str) -> Login:
        return Login(parameters=_parameters(user, server, name, passwords[name]), where=where)

    where = str(server.socket) if server.socket else f"127.0.0.1:{server.port}"
    return Database(
        description=f"embedded PostgreSQL in {cluster.folder}",
        name=DATABASE,
        embedded=True,
        login=login(data_folder.SUPERUSER),
        logins=MappingProxyType({role: login(role.value) for role in Role}),
    )


def _parameters(
    user: ServerUser, server: Postmaster, name: str, password: str
) -> Mapping[str, str]:
    parameters = {"user": name, "password": password, "port": str(server.port)}
    # Set although empty: otherwise libpq takes PGHOSTADDR and PGOPTIONS of the environment.
    parameters |= {"hostaddr": "", "options": "", "gssencmode": "disable"}
    if server.socket is None:
        return parameters | {"host": "127.0.0.1"}
    parameters["host"] = str(server.socket)
    if sys.platform != "win32":
        # The password is not sent to a server of another user that put its socket there.
        parameters["requirepeer"] = user.name or pwd.getpwuid(os.geteuid()).pw_name
    return parameters


@contextmanager
def _start_lock(cluster: data_folder.Cluster, say: Callable[[str], None]) -> Iterator[None]:
    lock = FileLock(cluster.folder / "lock", mode=0o600)
    try:
        lock.acquire(timeout=_SAY_AFTER_S)
    except Timeout:
        say("Waiting for another process that starts or stops PostgreSQL …")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _quiet(_message: str) -> None:
    """Print nothing."""
