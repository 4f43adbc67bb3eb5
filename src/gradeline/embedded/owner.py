"""Whose home it is: a home belongs to one system user, and others change nothing in it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from gradeline.base.errors import WrongUse
from gradeline.embedded.programs import ServerUser

if sys.platform != "win32":
    import pwd


def refuse_foreign_home(home: Path, folders: Sequence[str]) -> None:
    """Refuse a home that another user made; nothing is changed.

    Root above all: what it wrote there, the owner could not open any more.

    Args:
        home: GRADELINE_HOME.
        folders: names in the home that whoever made it owns; those that exist are looked at.

    Raises:
        WrongUse: one belongs to somebody else; the message names the home and its owner.
    """
    if sys.platform == "win32":
        return
    for folder in (home.expanduser() / name for name in folders):
        owner = _owner_of(folder)
        if owner is not None and owner != os.geteuid():
            whose, ours = user_name(owner), user_name(os.geteuid())
            hint = f"Run the command as {whose}, or set GRADELINE_HOME to a folder of {ours}."
            if not is_root():
                hint += f" Root can give it to {ours} with `chown -R {ours} {home}`."
            raise WrongUse(
                f"The data folder {home} belongs to {whose}, and this is {ours}. Nothing was"
                " changed.",
                hint=hint,
            )


def refuse_foreign_data(data: Path, user: ServerUser) -> None:
    """Refuse PostgreSQL's files where they belong to a user whom it does not run as here.

    Raises:
        WrongUse: they do; the message names both users.
    """
    owner = _owner_of(data)
    if sys.platform == "win32" or owner is None:
        return
    if owner != (os.geteuid() if user.uid is None else user.uid):
        ours = user.name or user_name(os.geteuid())
        raise WrongUse(
            f"The database files {data} belong to {user_name(owner)}, and PostgreSQL would run as"
            f" {ours}. Nothing was changed.",
            hint=f"Run the command as the user who made them, or give them to {ours}:"
            f" `chown -R {ours} {data} {data.with_name('run')}`.",
        )


def make_home(home: Path) -> None:
    """Create a home that is missing, closed to other users of this machine.

    As root everybody may pass through it, and nothing more: PostgreSQL runs as another user.

    Raises:
        OSError: it cannot be created.
    """
    mode = 0o711 if is_root() else 0o700
    for folder in (*reversed(home.absolute().parents), home):
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)


def open_to_others(folder: Path) -> str:
    """Return what other users of this machine may do with a folder: `write`, `read`, or nothing."""
    if sys.platform == "win32" or not folder.exists():
        return ""
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH:
        return "write"
    return "read" if mode & stat.S_IROTH else ""


def is_root() -> bool:
    """Return whether this process may do anything on this machine."""
    return sys.platform != "win32" and os.geteuid() == 0


def user_name(uid: int) -> str:
    """Return the name of a system user, or its number where it has none."""
    if sys.platform == "win32":
        return str(uid)
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _owner_of(path: Path) -> int | None:
    """Return the number of the user a path belongs to; None where there is no such path.

    Where a folder above is closed to us, the owner of that folder counts.
    """
    for known in (path, *path.absolute().parents):
        try:
            return known.stat().st_uid
        except PermissionError:
            continue
        except OSError:
            return None
    return None
