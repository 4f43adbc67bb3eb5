"""What a learner answered, as `attempts.response` keeps it: a short text, or nothing."""

from __future__ import annotations

import unicodedata

#: Characters that are kept of an answer.
RESPONSE_LENGTH = 200


def cut_response(text: str | None) -> str | None:
    """Return the beginning of an answer; None where there is none.

    A letter is not separated from the accents that follow it.
    """
    # PostgreSQL stores no NUL.
    kept = (text or "").replace("\0", "").strip()
    if len(kept) <= RESPONSE_LENGTH:
        return kept or None
    end = RESPONSE_LENGTH
    while end > 1 and unicodedata.combining(kept[end]):
        end -= 1
    return kept[:end]


def cut_response_sql(text: str) -> str:
    """Return SQL of DuckDB for the beginning of an answer; NULL where there is none."""
    kept = f"nullif(trim(replace({text}, chr(0), '')), '')"
    head = f"left({kept}, {RESPONSE_LENGTH})"
    return (
        f"CASE WHEN regexp_matches(substring({kept}, {RESPONSE_LENGTH + 1}, 1), '\\p{{M}}') "
        f"THEN regexp_replace({head}, '\\P{{M}}\\p{{M}}*$', '') ELSE {head} END"
    )
