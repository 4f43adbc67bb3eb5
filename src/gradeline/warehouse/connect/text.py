"""Text that PostgreSQL can store."""

from __future__ import annotations


def storable(text: str) -> str:
    """Return the text with NUL shown as `␀` and lone surrogates escaped."""
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode("utf-8")
