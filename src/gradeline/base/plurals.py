"""Counted nouns of English messages; reports use the plural forms of `languages`."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """Return a number and its noun: `1 slice`, `1,516 slices`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
