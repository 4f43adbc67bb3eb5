"""Text as PostgreSQL can keep it."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text with NUL shown as `␀` and halves of surrogate pairs escaped, else unchanged."""
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode("utf-8")
