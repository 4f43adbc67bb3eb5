"""The embedded server's folder: its files, how they are created, and its passwords."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.embedded.owner import make_home
from gradeline.embedded.programs import MAJOR, ServerUser, check_access, program_path

#: The superuser of the embedded cluster; creates roles and databases, and serves no entry point.
SUPERUSER = "postgres"

#: The port of a server without TCP: the name of its socket file carries one.
SOCKET_PORT = 5432

#: Longest socket path that every system takes (macOS: 104 with the closing zero).
_SOCKET_PATH_MAX = 103


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The files of the embedded server, all in `<home>/db`."""

    home: Path  #: GRADELINE_HOME, absolute

    @property
    def folder(self) -> Path:
        """Files of the user who runs Gradeline: locks and passwords."""
        return self.home / "db"

    @property
    def data(self) -> Path:
        """PostgreSQL's own files."""
        return self.folder / "data"

    @property
    def run(self) -> Path:
        """Its socket and its log."""
        return self.folder / "run"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.run / "postgresql.log"

    @property
    def passwords(self) -> Path:
        """One password per role, readable by its owner alone."""
        return self.folder / "secrets"

    @property
    def socket_file(self) -> Path:
        """A file of ours with the path of a socket's folder outside of the home."""
        return self.folder / "socket"

    @property
    def keep(self) -> Path:
        """A file that exists while the server stays up although nobody uses it."""
        return self.folder / "keep"


def cluster_at(home: Path) -> Cluster:
    """Return the cluster of a home; symbolic links in the path are resolved."""
    return Cluster(home=home.expanduser().resolve())


def prepare_folders(cluster: Cluster, user: ServerUser) -> None:
    """Create the folders that are missing and check that PostgreSQL's user can enter its own.

    Raises:
        WarehouseError: a folder above is closed to that user, or cannot be written.
    """
    try:
        make_home(cluster.home)
        make_home(cluster.folder)
        _close_private(cluster)
        if user.name is not None:  # a home that was closed may be passed through, not read
            for folder in (cluster.home, cluster.folder):
                if folder.stat().st_uid == os.geteuid():
                    folder.chmod(folder.stat().st_mode | 0o011)
    except OSError as error:
        raise WarehouseError(
            f"The folder {cluster.folder} cannot be made: {error.strerror}.",
            hint="Set GRADELINE_HOME to a folder that you may write.",
        ) from error
    check_access(user, cluster.folder)
    if user.name is not None:
        check_access(user, program_path("postgres").parent)
    if not cluster.run.exists():
        cluster.run.mkdir()
    user.own(cluster.run, 0o711 if user.name else 0o700)


def _close_private(cluster: Cluster) -> None:
    """Close again what a `chmod -R` opened: PostgreSQL would not start, and passwords be read."""
    for path, mode in ((cluster.data, 0o700), (cluster.passwords, 0o600)):
        if not path.exists() or path.is_symlink():
            continue
        known = path.stat()
        if os.geteuid() in (0, known.st_uid) and known.st_mode & 0o077:
            path.chmod(mode)


def initialise(cluster: Cluster, user: ServerUser, roles: Iterable[str]) -> None:
    """Create the data folder, complete or not at all, and delete what killed attempts left.

    Args:
        cluster: where the data folder goes.
        user: the system user that PostgreSQL runs as.
        roles: the database roles that get a random password beside the superuser's.

    Raises:
        WarehouseError: initdb failed; its words are in the message.
        DiskFull: the disk is full.
    """
    for leftover in cluster.folder.glob("new.*"):
        shutil.rmtree(leftover)
    passwords = _make_passwords(cluster, roles)
    new = Path(tempfile.mkdtemp(prefix="new.", dir=cluster.folder))
    user.own(new, 0o700)
    try:
        run_initdb(new / "data", passwords[SUPERUSER], user)
        # Renamed only when complete, so that an existing data folder is always complete.
        (new / "data").rename(cluster.data)
        _sync_folder(cluster.folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def read_passwords(cluster: Cluster) -> Mapping[str, str]:
    """Read the password of each role of the embedded server.

    Raises:
        WarehouseError: the file is missing or broken.
    """
    try:
        passwords = json.loads(cluster.passwords.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WarehouseError(
            f"The passwords of the embedded PostgreSQL cannot be read from {cluster.passwords}.",
            hint="Put the file back from a copy, or run as the user that made it.",
        ) from error
    return {str(role): str(password) for role, password in passwords.items()}


def check_version(cluster: Cluster) -> None:
    """Check that the data folder belongs to the PostgreSQL version that we ship.

    Raises:
        WarehouseError: another major version made it.
    """
    version = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if version != str(MAJOR):
        raise WarehouseError(
            f"The data in {cluster.data} were made by PostgreSQL {version};"
            f" this Gradeline needs {MAJOR}.",
            hint="Use the Gradeline version that made them, or move the folder away: the next run"
            " collects everything again.",
        )


def socket_folder(cluster: Cluster, user: ServerUser) -> Path:
    """Return a folder for the socket whose path is short and plain enough for every system."""
    length = len(os.fsencode(cluster.run / ".s.PGSQL.65535"))
    # libpq and PostgreSQL read a path with these characters as several paths.
    if length <= _SOCKET_PATH_MAX and not set(str(cluster.run)) & set(",\"'\\"):
        return cluster.run
    short = Path(tempfile.mkdtemp(prefix="gradeline-"))
    cluster.socket_file.write_text(str(short), encoding="utf-8")
    user.own(short, 0o711 if user.name else 0o700)
    return short


def remove_socket_folder(cluster: Cluster, user: ServerUser) -> None:
    """Remove the short socket folder of a server that ended; our own folder stays.

    PostgreSQL's user may put anything there, and into its own files. So its path is one that we
    kept, and that user removes it: the socket, its lock, and the folder if nothing else is in it.
    """
    if not cluster.socket_file.exists():
        return
    folder = cluster.socket_file.read_text(encoding="utf-8")
    user.run(["/bin/sh", "-c", 'rm -f -- "$0"/.s.PGSQL.* && rmdir -- "$0"', folder])
    cluster.socket_file.unlink()


def run_initdb(data: Path, password: str, user: ServerUser, *, sync: bool = True) -> None:
    """Make a data folder whose superuser logs in with this password.

    Args:
        data: the folder to make; the password passes through a file beside it.
        password: of the superuser.
        user: whom PostgreSQL runs as.
        sync: wait until everything is safely on disk.

    Raises:
        WarehouseError: initdb failed; its words are in the message.
        DiskFull: the disk is full.
    """
    password_file = data.with_name("password")
    _write_secret(password_file, password + "\n")
    user.own(password_file, 0o600)
    command = [str(program_path("initdb")), "--pgdata", str(data), "--username", SUPERUSER]
    command += ["--auth=scram-sha-256", "--pwfile", str(password_file)]
    command += ["--locale=C", "--encoding=UTF8", "--set", "log_timezone=UTC"]
    result = user.run(command if sync else [*command, "--no-sync"])
    password_file.unlink()
    if result.returncode != 0:
        lines = result.stdout.strip().splitlines()
        errors = [line for line in lines if "error:" in line or "FATAL" in line] or lines
        kind = DiskFull if "No space left" in result.stdout else WarehouseError
        raise kind(
            f"PostgreSQL could not make its data folder: {errors[0] if errors else 'no message'}.",
            hint="Nothing was left behind. Fix this and run again.",
        )


def _make_passwords(cluster: Cluster, roles: Iterable[str]) -> Mapping[str, str]:
    passwords = {name: secrets.token_urlsafe(24) for name in (SUPERUSER, *roles)}
    new = cluster.passwords.with_suffix(".new")
    new.unlink(missing_ok=True)
    _write_secret(new, json.dumps(passwords, indent=1) + "\n")
    new.replace(cluster.passwords)
    return passwords


def _write_secret(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
