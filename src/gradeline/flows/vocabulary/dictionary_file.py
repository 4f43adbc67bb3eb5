"""The lines of a dictionary file: CSV, XLSX or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from gradeline.base.errors import InputBroken
from gradeline.records.course_list import plain
from gradeline.sources.tabular.named_columns import Columns, Line, read_lines

#: What a column, or a key of JSON, may be called, in English, Russian and Spanish.
COLUMNS = Columns(
    names={
        "word": ("word", "слово", "palabra"),
        "translation": ("translation", "перевод", "traducción"),
        "level": ("level", "level_word", "уровень", "nivel"),
        "category": ("category", "категория", "categoría"),
    },
    required=("word", "translation", "level"),
    hint="Its first line is word,translation,level,category.",
)
_JSON_HINT = 'Write a list: [{"word": …, "translation": …, "level": …, "category": …}, …].'
#: Larger than this (bytes) no dictionary is.
_MOST_BYTES = 64 * 1_048_576


def read_entries(path: Path) -> Iterator[Line]:
    """Yield the number of each line and its cells by column; of JSON the number of the object.

    Raises:
        InputBroken: it is no table with these columns, or too large.
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise InputBroken(f"{path.name} has {size:,} bytes; {_MOST_BYTES:,} are the most.")
        if path.suffix.lower() == ".json":
            yield from _json(path)
        else:
            yield from read_lines(path, path.name, COLUMNS)
    except OSError as error:
        raise InputBroken(f"{path.name} cannot be read: {error.strerror}.") from error


def _json(path: Path) -> Iterator[Line]:
    try:
        items = msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputBroken(
            f"{path.name} is not JSON as it should be: {error}.", hint=_JSON_HINT
        ) from None
    columns = {plain(name): column for column, names in COLUMNS.names.items() for name in names}
    for number, item in enumerate(items, 1):
        yield number, _cells(item, columns)


def _cells(item: msgspec.Raw, columns: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells of an object; empty where it is none or a value is no text."""
    empty = dict.fromkeys(COLUMNS.names, "")
    try:
        told = msgspec.json.decode(item, type=dict[str, str | None])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return empty
    found = {columns[plain(name)]: text for name, text in told.items() if plain(name) in columns}
    return empty | {column: (text or "").strip() for column, text in found.items()}
