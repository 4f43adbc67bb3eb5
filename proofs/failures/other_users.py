"""Other users: whatever umask a shell has, they read, change and stop nothing of a run."""

from __future__ import annotations

import os
import pwd
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from proofs.ingest.crash_run import RUN, small_school
from proofs.promise import Setting, Try
from proofs.rig.command import School, school
from proofs.rig.users import command_prefix, open_paths

_MASKS = (0, 0o022, 0o077)
#: A user of every Linux who runs Gradeline, and another who would like to know.
_USER, _STRANGER = "daemon", "nobody"
#: Between two looks at a run, seconds.
_LOOK_S = 0.3


def other_users(setting: Setting) -> Iterator[Try]:
    """Run as root and as a plain user under each umask, with a stranger at every file meanwhile."""
    if os.geteuid() != 0:
        yield Try(name="not tried: only root can be two other users, so run this as root")
        return
    data = small_school(replace(setting, small=True))
    for name in ("root", _USER):
        for mask in _MASKS[: setting.many(3, 1)]:
            yield _try(setting.folder / f"{name}-{mask:o}", data, name, mask)


def _try(folder: Path, data: Path, name: str, mask: int) -> Try:
    told = f"{name}, umask {mask:03o}"
    user, stranger = pwd.getpwnam(name), pwd.getpwnam(_STRANGER)
    with school(folder, data) as there:
        os.chown(folder, user.pw_uid, user.pw_gid)
        temporary = folder / "tmp"
        temporary.mkdir()
        temporary.chmod(0o1777)
        under = command_prefix(user.pw_uid, mask, folder.parent / f"{folder.name}-mounts")
        env = {"TMPDIR": str(temporary), "HOME": str(folder)}
        place = replace(there, under=under, env=env)
        checked = place.call("--version")
        if checked.returncode:
            return Try(name=f"{told}: not tried, such a command cannot start: {checked.stderr}")
        try:
            return Try(name=told, wrong=_watched(place, temporary, stranger.pw_uid))
        finally:
            place.stop()


def _watched(place: School, temporary: Path, stranger: int) -> str:
    """Run with a stranger at work, then again; say what it could do, and whether a run suffered."""
    found: set[str] = set()
    for _ in range(2):
        running = place.start(*RUN)
        while running.runs:
            found |= _looked(place.home, temporary, stranger)
            time.sleep(_LOOK_S)
        done = running.ended()
        if done.returncode:
            found.add(f"a run ends with {done.returncode}: {done.stderr[-500:]}")
    found |= _looked(place.home, temporary, stranger)
    return "; ".join(sorted(found)[:5])


def _looked(home: Path, temporary: Path, stranger: int) -> set[str]:
    own = [home, *temporary.iterdir()] if home.exists() else []
    return {each for folder in own for each in open_paths(stranger, folder)}
