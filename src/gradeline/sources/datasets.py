"""Where a school's files lie: the setting FILES_DATASETS `name=mapping@data;…`, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gradeline.base.errors import InputMissing, WrongSetting

SETTING = "FILES_DATASETS"
BUILTIN = "builtin:"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_FORM = "Write name=mapping@data, with ; between datasets, e.g. oulad=builtin:oulad@builtin:aaa."


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A folder of files and the SQL that says what they mean."""

    name: str  #: the source is called `files:<name>`
    mapping: Path  #: folder of `<canonical table>.sql`
    data: Path  #: folder of the files


def parse_datasets(text: str, *, home: Path | None = None) -> tuple[Dataset, ...]:
    """The datasets that FILES_DATASETS names, in its order; relative paths start at `home`.

    A mapping or a folder of data that ships with Gradeline is written `builtin:oulad` (the
    mapping of the Open University's files) and `builtin:aaa` (their module AAA).

    Raises:
        WrongSetting: a part is not `name=mapping@data`, or a name comes twice.
        InputMissing: a folder is not there.
    """
    found: dict[str, Dataset] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, rest = (piece.strip() for piece in part.partition("="))
        mapping, at, data = (piece.strip() for piece in rest.partition("@"))
        if not (equals and at and mapping and data and _NAME.fullmatch(name)):
            raise WrongSetting(f"{SETTING} has a part that cannot be read: {part!r}.", hint=_FORM)
        if name in found:
            raise WrongSetting(f"{SETTING} names the dataset {name!r} twice.", hint=_FORM)
        found[name] = Dataset(
            name=name,
            mapping=_folder(mapping, "mappings", home or Path()),
            data=_folder(data, "shipped", home or Path()),
        )
    return tuple(found.values())


def _folder(text: str, shipped: str, home: Path) -> Path:
    room = Path(str(files("gradeline.sources") / shipped))
    if not text.startswith(BUILTIN):
        folder = home / Path(text).expanduser()
        hint = f"Mend {SETTING}, or put the folder there."
    else:
        folder = room / text.removeprefix(BUILTIN)
        known = ", ".join(sorted(BUILTIN + each.name for each in room.iterdir() if each.is_dir()))
        hint = f"What ships with Gradeline is {known}."
        if not _NAME.fullmatch(text.removeprefix(BUILTIN)):
            raise WrongSetting(f"{SETTING} names {text!r}, which does not exist.", hint=hint)
    if not folder.is_dir():
        there = "is a file, not a folder" if folder.exists() else "does not exist"
        raise InputMissing(f"The folder {text!r} that {SETTING} names {there}.", hint=hint)
    return folder
