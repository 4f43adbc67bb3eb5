"""Commands of a plain user of this machine, and what another one can do with the files they make.

Only root can be two other users. Where Python or this checkout lies in a folder that is closed to
plain users, such as root's own, a command sees that folder through a mount of its own that opens
the way to just them.
"""

from __future__ import annotations

import os
import shlex
import socket
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from proofs.rig.command import ROOT


def command_prefix(uid: int, mask: int, scratch: Path) -> Sequence[str]:
    """Return what starts a command as that user with that umask.

    Args:
        uid: number of the user, and of its group.
        mask: the umask.
        scratch: a folder that is not there yet, for mounts.
    """
    if uid == os.geteuid():
        return ("sh", "-c", f'umask {mask:o}; exec "$0" "$@"')
    who = f"setpriv --reuid={uid} --regid={uid} --clear-groups"
    script = ["set -e", *_opened(scratch), f"umask {mask:o}", f'exec {who} "$0" "$@"']
    return ("unshare", "--mount", "sh", "-c", "\n".join(script))


def _opened(scratch: Path) -> Iterator[str]:
    """Shell commands that open the way to Python, its packages and the code."""
    needed = {Path(sys.base_prefix), Path(sys.prefix), ROOT, *map(Path, _source_folders())}
    inner = [path for path in needed if not needed & set(path.parents)]
    closed = {path: _closed_folder(path) for path in inner}
    for number, path in enumerate(inner):
        held = shlex.quote(str(scratch / str(number)))
        yield f"mkdir -p {held}; mount --rbind {shlex.quote(str(path))} {held}"
    for folder in {folder for folder in closed.values() if folder}:
        yield f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}"
    yield "umask 022"
    for number, path in enumerate(inner):
        if closed[path]:
            held, place = shlex.quote(str(scratch / str(number))), shlex.quote(str(path))
            yield f"mkdir -p {place}; mount --move {held} {place}"


def _source_folders() -> Sequence[str]:
    return [each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]


def _closed_folder(path: Path) -> Path | None:
    """Return the outermost folder on the way that plain users cannot pass."""
    way = [*reversed(path.parents), path]
    return next((each for each in way if not each.stat().st_mode & stat.S_IXOTH), None)


@contextmanager
def being(uid: int) -> Iterator[None]:
    """Be another user in the block, without root's rights and groups."""
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(uid)
    os.seteuid(uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def open_paths(uid: int, folder: Path) -> Iterator[str]:
    """Try as that user to use everything below a folder, whose names it is told; say what works.

    What nobody else can open, nobody else can lock, so no run waits for them either.
    """
    walked = [(Path(at), [*folders, *files]) for at, folders, files in os.walk(folder)]
    found = [folder, *(at / name for at, names in walked for name in names)]
    with being(uid):
        for path in found:
            with suppress(OSError):
                yield f"{_used(path, path.lstat().st_mode)} {path.relative_to(folder.parent)}"


def _used(path: Path, mode: int) -> str:
    """Use a path in the worst way that works, and name it.

    Raises:
        OSError: nothing works.
    """
    if stat.S_ISSOCK(mode):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
        return "connects to"
    if stat.S_ISDIR(mode):
        with suppress(PermissionError):
            (path / "planted").touch()
            return "writes in"
        next(path.iterdir(), None)
        return "lists"
    with suppress(PermissionError):
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
        return "writes"
    os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
    return "reads"
