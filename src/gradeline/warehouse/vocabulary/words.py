"""Words of the dictionary: what a quiz may ask, what a learner looks up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import dict_row

from gradeline.records.vocabulary import (
    DictionaryWord,
    Memory,
    PoolWord,
    StudyLevel,
    WordPool,
    WordStanding,
)
from gradeline.vocabulary import elo
from gradeline.vocabulary.memory import recall
from gradeline.vocabulary.spelling import key
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "vocabulary"
#: How many words of each kind a quiz is chosen from.
_OF_EACH_KIND = 60
#: How many words of each level and category may be wrong options.
_OPTIONS_OF_EACH = 6


def levels(connection: Connection) -> list[StudyLevel]:
    """Return the levels of study, from low to high."""
    cursor = connection.cursor(row_factory=dict_row)
    return [StudyLevel(**row) for row in cursor.execute(query(_FILE, "levels"))]


def set_threshold(connection: Connection, lev_name: str, min_rating: int) -> None:
    """Change the `client_rating` from which a level can be reached, as a school may."""
    values = {"lev_name": lev_name, "min_rating": min_rating}
    connection.execute(query(_FILE, "set_threshold"), values)


def candidates(connection: Connection, client_id: int, at: datetime) -> WordPool:
    """Return what the words of a learner's next quiz are chosen from."""
    row = connection.execute(query(_FILE, "standing"), {"client_id": client_id}).fetchone()
    level_id, ability = row or (levels(connection)[0].level_id, elo.PRIOR.mean)
    first, second = (elo.word_prior(level).mean for level in (1, 2))
    values = {
        "client_id": client_id,
        "level_id": level_id,
        "base": first,
        "step": second - first,
        "target": ability,
        "limit": _OF_EACH_KIND,
    }
    words = list(_pool(connection, "candidates", **values))
    others = _pool(
        connection,
        "others",
        word_ids=[word.word_id for word in words],
        keys=_all_keys([word.keys for word in words]),
        translation_keys=_all_keys([word.translation_keys for word in words]),
        seed=f"{client_id} {at:%Y-%m-%d}",
        limit=_OPTIONS_OF_EACH,
    )
    return WordPool(
        at=at, level_id=level_id, ability=ability, words=tuple(words), others=tuple(others)
    )


def is_word(connection: Connection, text_key: str, *, spanish: bool) -> bool:
    """Whether a key (`vocabulary.spelling.key`) is a word of the dictionary in that language."""
    values = {"key": text_key, "spanish": spanish}
    row = connection.execute(query(_FILE, "is_word"), values).fetchone()
    return bool(row and row[0])


def find_words(connection: Connection, text: str, limit: int) -> list[DictionaryWord]:
    """Return entries that begin with a text in either language, the lowest levels first."""
    cursor = connection.cursor(row_factory=dict_row)
    values = {"key": key(text), "limit": limit}
    return [DictionaryWord(**row) for row in cursor.execute(query(_FILE, "find_words"), values)]


def due_words(
    connection: Connection, client_id: int, at: datetime, limit: int
) -> list[WordStanding]:
    """Return the words of a learner that are nearest to being forgotten."""
    values = {"client_id": client_id, "limit": limit}
    found = []
    for row in connection.execute(query(_FILE, "due_words"), values):
        word = DictionaryWord(
            word_id=row[0], word=row[1], translation=row[2], level_id=row[3], category=row[4]
        )
        memory = memory_of(row[5:])
        found.append(WordStanding(word=word, recall=recall(memory, at), due_at=memory.due_at))
    return found


def memory_of(row: Sequence[Any]) -> Memory:
    """Return the memory in a row: stability, difficulty, last_review_at, due_at, reviews."""
    return Memory(
        stability=row[0],
        difficulty=row[1],
        last_review_at=row[2],
        due_at=row[3],
        reviews=row[4],
    )


def _pool(connection: Connection, name: str, **values: object) -> Iterator[PoolWord]:
    for row in connection.execute(query(_FILE, name), values):
        memory = memory_of(row[8:13]) if row[8:13] and row[8] is not None else None
        yield PoolWord(
            word_id=row[0],
            word=row[1],
            translation=row[2],
            level_id=row[3],
            category=row[4],
            keys=tuple(row[5]),
            translation_keys=tuple(row[6]),
            difficulty=float(row[7]),
            memory=memory,
        )


def _all_keys(each: Sequence[Sequence[str]]) -> list[str]:
    return sorted({one for keys in each for one in keys})
