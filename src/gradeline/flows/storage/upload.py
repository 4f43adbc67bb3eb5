"""Upload a folder: what is new or changed in it, and nothing twice."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import BadKey, GradelineError, WrongUse
from gradeline.flows.storage.files import (
    StorageFiles,
    full_name,
    name_under,
    strip_prefix,
    writable_key,
)

#: So many mistakes of a folder are named at once.
_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file of the folder, and the name that it has in the store."""

    path: Path
    name: str  #: `data/…`


@dataclass(frozen=True, kw_only=True)
class UploadOutcome:
    """What happened to one file."""

    name: str  #: `data/…`
    uploaded: bool  #: False = the store had these bytes already


def plan_upload(folder: Path, to: str) -> Sequence[Upload]:
    """Find all files of a folder and below; nothing is uploaded yet.

    Args:
        folder: on this machine.
        to: the folder in the store, `data/…`; empty or `data` is its root.

    Raises:
        WrongUse: there is no such folder, or something in it may not be uploaded: a link that
            leads out of it, what is no file, a name that no store can have, a place that only
            Gradeline writes. Then none of it is uploaded.
    """
    if not folder.is_dir():
        raise WrongUse(f"{folder} is no folder.", hint="Name the folder whose files to upload.")
    if strip_prefix(to):
        writable_key(to)
    root = folder.resolve()
    planned: dict[str, Upload] = {}
    mistakes: list[str] = []
    for path in _paths_in(root):
        try:
            upload = _plan(path, root, to)
            if upload.name in planned:
                raise BadKey(f"{planned[upload.name].path.name!r} and it differ only in accents.")
            planned[upload.name] = upload
        except GradelineError as error:
            mistakes.append(f"{_shown(path.relative_to(root))}: {error}")
    if mistakes:
        more = f" And {len(mistakes) - _NAMED:,} more." if len(mistakes) > _NAMED else ""
        raise WrongUse(
            f"Nothing of {folder} was uploaded. {' '.join(mistakes[:_NAMED])}{more}",
            hint="Move these files away, rename them, or upload single folders of it.",
        )
    return [planned[name] for name in sorted(planned)]


def upload(files: StorageFiles, planned: Sequence[Upload]) -> Iterator[UploadOutcome]:
    """Write to the store what it does not have in the same bytes; yield what happened to each.

    Raises:
        InputMissing: a file is gone since it was planned.
        LakeError, DiskFull: the store refuses; what is uploaded stays, and is not sent again.
    """
    for each in planned:
        if files.holds(each.name, each.path):
            yield UploadOutcome(name=each.name, uploaded=False)
            continue
        files.write(each.name, each.path)
        yield UploadOutcome(name=each.name, uploaded=True)


def _paths_in(root: Path) -> Iterator[Path]:
    """Yield everything below a folder but the folders; a link to a folder as itself."""
    for folder, folders, names in os.walk(root, onerror=_refuse):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders.sort()
        yield from (Path(folder, name) for name in sorted((*names, *links)))


def _refuse(error: OSError) -> None:
    raise WrongUse(
        f"{error.filename} cannot be read: {error.strerror}.", hint="Nothing was uploaded."
    ) from error


def _plan(path: Path, root: Path, to: str) -> Upload:
    if path.is_symlink():
        _check_link(path, root)
    elif not stat.S_ISREG(path.stat().st_mode):
        raise WrongUse("it is no file.")
    name = name_under(to, path.relative_to(root))
    writable_key(name)
    return Upload(path=path, name=full_name(name))


def _check_link(path: Path, root: Path) -> None:
    """Refuse a link unless it leads to a file of the same folder."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError = links in a ring
        raise WrongUse("it is a link that leads nowhere.") from error
    if not target.is_relative_to(root):
        raise WrongUse("it is a link that leads out of the folder.")
    if not target.is_file():
        raise WrongUse("it is a link to a folder.")


def _shown(path: Path) -> str:
    """Return a path as text that can be printed, whatever bytes it has."""
    return os.fsencode(path).decode(errors="backslashreplace")
