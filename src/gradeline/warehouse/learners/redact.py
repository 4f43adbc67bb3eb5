"""Take a learner out of texts that Gradeline keeps about its own work: messages and runs.

What was sent to people is theirs; what we keep of it names nobody who asked to be forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "redact"
#: A shorter id, such as `17`, stands for a person only where it is written between quotes.
_TELLING = 5
_GONE = "***"


def names_of(connection: Connection, learners: Collection[str]) -> frozenset[str]:
    """Read the names under which results know these learners."""
    rows = connection.execute(query(_FILE, "names"), {"learners": sorted(learners)})
    return frozenset(name for (name,) in rows)


def redact_texts(connection: Connection, names: Collection[str]) -> int:
    """Replace ids, e-mails and names of a person in kept texts, in the caller's transaction.

    Returns:
        How many messages and runs changed.
    """
    known = sorted(filter(None, names), key=len, reverse=True)
    if not known:
        return 0
    pattern = re.compile("|".join(map(_pattern_of, known)), re.IGNORECASE)
    asked = {"names": [name.lower() for name in known]}
    changed = 0
    for find, store in (
        (query(_FILE, "messages"), query(_FILE, "store_message")),
        (query(_FILE, "runs"), query(_FILE, "store_run")),
    ):
        for number, kept in connection.execute(find, asked).fetchall():
            cleaned = _redacted(kept, pattern)
            if cleaned != kept:
                connection.execute(store, {"number": number, "texts": json.dumps(cleaned)})
                changed += 1
    return changed


def _pattern_of(name: str) -> str:
    word = re.escape(name)
    return rf"(?<!\w){word}(?!\w)" if len(name) >= _TELLING else rf"(?<=['\"«“]){word}(?=['\"»”])"


def _redacted(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(_GONE, value)
    if isinstance(value, list):
        return [_redacted(each, pattern) for each in value]
    if isinstance(value, dict):
        return {name: _redacted(each, pattern) for name, each in value.items()}
    return value
