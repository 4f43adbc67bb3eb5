"""Codes by which learners join groups: made at random, and read as people write them."""

from __future__ import annotations

import secrets

#: Letters and digits that nobody takes for others; ten of them are 49 bits.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 10
#: Longer texts are no codes.
_LONGEST = 64


def make_code() -> str:
    """Return a new code, as it is stored."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def is_code(text: str) -> bool:
    """Whether a text has the form of a code, as most words have not."""
    key = code_key(text)
    return len(key) == _LENGTH and set(key) <= set(_SIGNS)


def code_key(text: str) -> str:
    """Return a code as it is stored: without spaces and hyphens, in upper case."""
    return "".join(sign for sign in text[:_LONGEST].upper() if sign.isalnum())
