"""Where a school's files lie: the setting FILES_DATASETS `name=mapping@data;…`, read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import WrongSetting
from gradeline.sources.tabular.builtin import NAME, named_folder

SETTING = "FILES_DATASETS"
_FORM = "Write name=mapping@data, with ; between datasets, e.g. oulad=builtin:oulad@builtin:aaa."


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A folder of files and the SQL that says what they mean."""

    name: str  #: the source is called `files:<name>`
    mapping: Path  #: folder of `<canonical table>.sql`
    data: Path  #: folder of the files


def parse_datasets(text: str, *, home: Path | None = None) -> tuple[Dataset, ...]:
    """Return the datasets that FILES_DATASETS names, in its order; relative paths start at `home`.

    A mapping or a folder of data that ships with Gradeline is written `builtin:oulad` (the
    mapping of the Open University's files) and `builtin:aaa` (their module AAA).

    Raises:
        WrongSetting: a part is not `name=mapping@data`, or a name comes twice.
    """
    found: dict[str, Dataset] = {}
    start = home or Path()
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, rest = (piece.strip() for piece in part.partition("="))
        mapping, at, data = (piece.strip() for piece in rest.partition("@"))
        if not (equals and at and mapping and data and NAME.fullmatch(name)):
            raise WrongSetting(f"{SETTING} has a part that cannot be read: {part!r}.", hint=_FORM)
        if name in found:
            raise WrongSetting(f"{SETTING} names the dataset {name!r} twice.", hint=_FORM)
        found[name] = Dataset(
            name=name,
            mapping=named_folder(mapping, "mappings", home=start, setting=SETTING),
            data=named_folder(data, "shipped", home=start, setting=SETTING),
        )
    return tuple(found.values())
