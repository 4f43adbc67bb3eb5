"""Values that JSON may hold and PostgreSQL cannot keep, and the instants that texts name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

INT64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
#: PostgreSQL has no number with more digits.
_MOST_EXPONENT = 16_000


class ExponentWatch:
    """Reads the floats of a document, as the `float_hook` of a decoder; for one thread."""

    def __init__(self) -> None:
        self.is_huge = False  #: whether one has more digits than can be kept; reset it by document

    def read(self, text: str) -> float:
        """Return the number that a text writes."""
        exponent = text.lower().partition("e")[2]
        if len(exponent) > 3 and abs(int(exponent)) > _MOST_EXPONENT:
            self.is_huge = True
        return float(text)


def has_nul(value: object) -> bool:
    """Whether a text within a value holds a NUL character."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(has_nul(key) or has_nul(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(has_nul, value))


def read_instant(text: str) -> datetime | None:
    """Return the instant that a text names, of UTC if it has no zone; None = it is not a time."""
    try:
        read = datetime.fromisoformat(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):  # its zone may lead out of the years that there are
        return None
