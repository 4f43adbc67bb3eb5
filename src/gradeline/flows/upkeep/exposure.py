"""What others could read: on this machine, and on the way to the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gradeline.base.hosts import is_loopback, is_private
from gradeline.embedded.owner import is_root, open_to_others


def judge_home(home: Path) -> str:
    """Return which folders of a home other users can read or write; empty where none."""
    folders = [home, *sorted(path for path in home.iterdir() if path.is_dir())]
    found = {path: open_to_others(path) for path in folders}
    if not any(found.values()):
        return ""
    worst = "write" if "write" in found.values() else "read"
    names = ", ".join(str(path) for path, may in found.items() if may == worst)
    message = (
        f"Other users of this machine can {worst} {names}: names, grades and what Gradeline reads."
        f" Run `chmod -R o-rwx {home}`; REPORTS_GROUP lets a group read reports."
    )
    if is_root():
        message += f" As root, run `chmod o+x {home} {home / 'db'} {home / 'db' / 'run'}` after it."
    return message


def judge_encryption(parameters: Mapping[str, str], *, encrypted: bool) -> str:
    """Return a sentence where others on the way could read what goes to the database.

    Args:
        parameters: libpq's keywords of the login.
        encrypted: whether the connection is.
    """
    host = parameters.get("host") or parameters.get("hostaddr") or ""
    if all(map(is_loopback, host.split(","))):
        return ""
    if not encrypted:
        return "The connection is not encrypted: switch TLS on at the server."
    if parameters.get("sslmode", "").startswith("verify-") or all(map(is_private, host.split(","))):
        return ""
    return (
        "The connection is encrypted, but nobody checks that it leads to your server. Remove"
        " sslmode from DATABASE_URL (or DB_SSLMODE), and name the file of the server's authority"
        " in sslrootcert (or DB_SSLROOTCERT) if this machine does not trust it."
    )
