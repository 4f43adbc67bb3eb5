"""Where a school's files lie: the setting FILES_DATASETS `name=mapping@data;…`, read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import WrongSetting
from gradeline.sources.tabular.builtin import BUILTIN, named_folder

SETTING = "FILES_DATASETS"
_FORM = (
    "Write name=mapping@data, with ; between datasets, e.g. oulad=builtin:oulad@builtin:aaa; an @"
    " in the name of a folder as @@."
)
_LONGEST_NAME = 100
#: An @ that is not one of two.
_AT = re.compile(r"(?<!@)@(?!@)")


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A folder of files and the SQL that says what they mean."""

    name: str  #: the source is called `files:<name>`
    mapping: Path  #: folder of `<canonical table>.sql`
    data: Path  #: folder of the files


def parse_datasets(text: str, *, home: Path | None = None) -> tuple[Dataset, ...]:
    """Return the datasets that FILES_DATASETS names, in its order; relative paths start at `home`.

    A mapping or a folder of data that ships with Gradeline is written `builtin:oulad` (the
    mapping of the Open University's files) and `builtin:aaa` (their module AAA). An @ in the
    name of a folder is written @@; a single one is understood where the folders exist.

    Raises:
        WrongSetting: a part is not `name=mapping@data`, or a name comes twice.
    """
    found: dict[str, Dataset] = {}
    start = home or Path()
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, rest = (piece.strip() for piece in part.partition("="))
        name = unicodedata.normalize("NFC", name)
        pairs = _pairs(rest, start)
        if equals and pairs and not _is_name(name):
            raise WrongSetting(
                f"{SETTING} has a part that cannot be read: {part!r}: {name!r} cannot name a"
                " dataset.",
                hint="Use letters of any script, digits, and . _ - within the name. " + _FORM,
            )
        if not (equals and pairs):
            raise WrongSetting(f"{SETTING} has a part that cannot be read: {part!r}.", hint=_FORM)
        if name in found:
            raise WrongSetting(f"{SETTING} names the dataset {name!r} twice.", hint=_FORM)
        mapping, data = max(pairs, key=lambda pair: sum(folder.is_dir() for folder in pair))
        found[name] = Dataset(name=name, mapping=mapping, data=data)
    return tuple(found.values())


def _is_name(text: str) -> bool:
    """Whether a dataset may be called so: `files:<name>/items/a.csv` must stay one clear name."""
    letters = (
        sign.isalnum() or sign in "._-" or unicodedata.category(sign).startswith("M")
        for sign in text
    )
    begins = text[:1].isalnum() and not text.endswith(".")
    return begins and all(letters) and len(text) <= _LONGEST_NAME


def _pairs(text: str, start: Path) -> list[tuple[Path, Path]]:
    """Every reading of `mapping@data`: several where a folder has an @ in its name."""
    pairs = [(text[: at.start()].strip(), text[at.end() :].strip()) for at in _AT.finditer(text)]
    if len(pairs) > 1:  # a shipped folder has no @ in its name
        pairs = [pair for pair in pairs if not any(_is_shipped_with_at(one) for one in pair)]
    return [
        (
            named_folder(mapping.replace("@@", "@"), "mappings", home=start, setting=SETTING),
            named_folder(data.replace("@@", "@"), "shipped", home=start, setting=SETTING),
        )
        for mapping, data in pairs
        if mapping and data
    ]


def _is_shipped_with_at(text: str) -> bool:
    return text.startswith(BUILTIN) and "@" in text
