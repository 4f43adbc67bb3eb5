"""Run pg_dump, pg_restore and psql: of this machine where they suit the server, else the wheel's.

A program suits a server that is not newer than it. Those of the wheel know no TLS.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.embedded.programs import clean_environment, program_path
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.psql import client_environment
from gradeline.warehouse.sql import query

#: Where Debian keeps the programs of each version that is installed.
_DEBIAN = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, kw_only=True)
class Server:
    """What decides which programs suit a server."""

    major: int  #: its version
    tls: bool  #: whether it is reached with TLS
    embedded: bool


def server_of(database: Database) -> Server:
    """Ask the server of a database for what decides which programs suit it."""
    with database.connect_as_login() as connection:
        row = connection.execute(query("session", "about_server")).fetchone()
        tls = connection.pgconn.ssl_in_use
    if row is None:
        raise WarehouseError("PostgreSQL returned nothing about itself.")
    return Server(major=int(row[0]) // 10_000, tls=tls, embedded=database.embedded)


def find_program(name: str, server: Server, *, at_least: int | None = None) -> Path:
    """Return the path of a program that suits a server.

    Args:
        name: `pg_dump`, `pg_restore` or `psql`.
        server: that it is to talk to.
        at_least: the oldest version that will do; by default that of the server.

    Raises:
        WarehouseError: this machine has none; the message names the versions that it has.
    """
    if server.embedded:
        return program_path(name)
    oldest = server.major if at_least is None else at_least
    seen: list[str] = []
    for path in _candidates(name, tls=server.tls):
        major = version_of(path)
        if major is not None and major >= oldest:
            return path
        seen.append(f"{path} is version {major or 'unknown'}")
    found = f" ({'; '.join(seen)})" if seen else ""
    raise WarehouseError(
        f"No {name} of this machine suits PostgreSQL {server.major}: version {oldest} or newer is"
        f" needed{', with TLS' if server.tls else ''}{found}.",
        hint=f"Install the client programs of PostgreSQL {oldest}"
        f" (Debian: apt install postgresql-client-{oldest}).",
    )


def version_of(program: Path) -> int | None:
    """Return the major version of a program of PostgreSQL; None = it does not say one."""
    try:
        done = subprocess.run(
            [str(program), "--version"],
            env=dict(clean_environment()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    match = _VERSION.search(done.stdout)
    return int(match[1]) if match else None


def run_program(
    database: Database,
    role: Role | None,
    command: Sequence[str | Path],
    *,
    failure: str,
    stdin: IO[bytes] | None = None,
) -> str:
    """Run a program on a database to its end; returns what it printed.

    Args:
        database: that it connects to.
        role: whom it acts as; None = the login itself.
        command: the program and its arguments, which carry no secret.
        failure: how the message begins if it fails.
        stdin: what it reads.

    Raises:
        WarehouseError: it failed; its words are in the message.
        DiskFull: the disk is full.
    """
    environment = {**clean_environment(), **client_environment(database, role)}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        done = subprocess.run(
            [str(word) for word in command],
            env=environment,
            stdin=stdin or subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            check=False,
        )
        if done.returncode != 0:
            raise failed(failure, _text(errors))
        return _text(output)


def failed(failure: str, words: str) -> WarehouseError | DiskFull:
    """Return the error of a program that ended with these words."""
    kind = DiskFull if "No space left" in words else WarehouseError
    return kind(f"{failure}: {words.strip() or 'it said nothing'}")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _candidates(name: str, *, tls: bool) -> Iterator[Path]:
    """Yield where a program may be, the one that people would start first."""
    found = shutil.which(name)
    if found is not None:
        yield Path(found)
    folders = (path for path in _DEBIAN.glob("*/bin") if path.parent.name.isdigit())
    for folder in sorted(folders, key=lambda path: int(path.parent.name)):
        if (folder / name).exists():
            yield folder / name
    if not tls:
        yield program_path(name)
