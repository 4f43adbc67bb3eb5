"""The dictionary: entries added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from gradeline.vocabulary.spelling import keys
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "vocabulary"


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """An entry of the dictionary as a file names it."""

    word: str
    translation: str
    level: str
    category: str | None = None


def count_entries(connection: Connection) -> int:
    """Return how many entries the dictionary has."""
    row = connection.execute(query(_FILE, "count_entries")).fetchone()
    return 0 if row is None else int(row[0])


def known_levels(connection: Connection) -> list[str]:
    """Return the names of the levels that entries may have, from low to high."""
    return [row[0] for row in connection.execute(query(_FILE, "known_levels"))]


def known_entries(connection: Connection, entries: Sequence[NewEntry]) -> set[tuple[str, str]]:
    """Return word and translation of those entries that the dictionary has."""
    values = {
        "words": [one.word for one in entries],
        "translations": [one.translation for one in entries],
    }
    return {(row[0], row[1]) for row in connection.execute(query(_FILE, "known_entries"), values)}


def add_entries(connection: Connection, entries: Sequence[NewEntry]) -> int:
    """Add entries with their categories; return how many were not there."""
    names = [one.category for one in entries if one.category]
    connection.execute(query(_FILE, "put_categories"), {"names": names})
    rows = [
        {
            **asdict(one),
            "word_keys": list(keys(one.word)),
            "translation_keys": list(keys(one.translation)),
        }
        for one in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "put_entry"), rows)
        return cursor.rowcount
