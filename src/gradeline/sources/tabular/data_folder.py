"""List the files of a folder of data: the table and the format of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import InputBroken, InputMissing

#: How the end of a file's name says its format; the longer one first.
FORMATS = {
    ".ndjson.gz": "ndjson.gz",
    ".jsonl.gz": "ndjson.gz",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}


@dataclass(frozen=True, kw_only=True, order=True)
class DataFile:
    """One file of a folder of data."""

    name: str  #: its path below the folder, with `/`
    path: Path  #: the file itself
    table: str  #: the table it belongs to
    format: str  #: one of FORMATS
    parts: tuple[tuple[str, str], ...] = ()  #: columns that its folders give: `key=value`


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex.

    Raises:
        InputMissing: it is not there, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputMissing(
            f"The file {path} cannot be read: {error.strerror}.", hint="Put it back and run again."
        ) from error


def tables_of(folder: Path) -> Mapping[str, tuple[DataFile, ...]]:
    """Return the tables of a folder: lower-case name → its files, in the order of their names.

    A table is named after its file. Files in `key=value` folders, and files named `part-…`, are
    parts of the table named by the folder above. Files of one name in several folders are one
    table. Other kinds of files, and names that begin with `.` or `_`, are not looked at.

    Links are followed within the folder, each folder once.

    Raises:
        InputBroken: two files in different formats would be one table, or a link leaves the folder.
    """
    tables: dict[str, list[DataFile]] = {}
    for file in sorted(_files(folder)):
        tables.setdefault(file.table.lower(), []).append(file)
    for files in tables.values():
        odd = next((file for file in files if file.format != files[0].format), None)
        if odd is not None:
            raise InputBroken(
                f"{files[0].name} and {odd.name} would both be the table {odd.table!r}.",
                hint="A table has one format: take one of the two out of the folder.",
            )
    return {name: tuple(files) for name, files in tables.items()}


def _files(folder: Path) -> Iterator[DataFile]:
    root, seen = folder.resolve(), set[Path]()
    for place, below, names in os.walk(folder, followlinks=True):
        real = _inside(root, Path(place))
        if real in seen:
            below.clear()
            continue
        seen.add(real)
        below[:] = sorted(name for name in below if not name.startswith((".", "_")))
        for name in names:
            file = Path(place, name).relative_to(folder).as_posix()
            if _ending(file) and not name.startswith((".", "_")):
                _inside(root, folder / file)
                yield data_file(folder, file)


def _inside(root: Path, path: Path) -> Path:
    """Return where a path really is.

    Raises:
        InputBroken: outside of the folder of data.
    """
    real = path.resolve()
    if not real.is_relative_to(root):
        raise InputBroken(
            f"{path} is a link that leaves the folder of data.",
            hint="Copy what it leads to into the folder, or add that folder to FILES_DATASETS.",
        )
    return real


def _ending(name: str) -> str:
    return next((end for end in FORMATS if name.lower().endswith(end)), "")


def data_file(folder: Path, name: str) -> DataFile:
    """Return the file of that name below a folder; its name alone says what it is part of."""
    *above, last = name.split("/")
    ending = _ending(last)
    plain = [each for each in above if "=" not in each]
    parts = [each.partition("=") for each in above if "=" in each]
    stem = last[: -len(ending)]
    is_part = bool(plain) and (bool(parts) or stem.lower().startswith("part-"))
    return DataFile(
        name=name,
        path=folder / name,
        table=plain[-1] if is_part else stem,
        format=FORMATS[ending],
        parts=tuple((key, value) for key, _, value in parts),
    )
