"""Secrets that sign: weak ones are refused before anything starts."""

from __future__ import annotations

from gradeline.base.errors import WrongSetting

#: What RFC 7518 asks of a key for HS256.
_SECRET_BYTES = 32
#: A secret of fewer different characters was typed, and not made at random.
_DIFFERENT = 8


def strong_secret(name: str, secret: str) -> bytes:
    """Return the bytes of a secret that signs.

    Raises:
        WrongSetting: it could be guessed.
    """
    if len(secret.encode()) < _SECRET_BYTES or len(set(secret)) < _DIFFERENT:
        raise WrongSetting(
            f"{name} is too weak: it needs {_SECRET_BYTES} bytes or more, made at random.",
            hint='Make one: python -c "import secrets; print(secrets.token_urlsafe(48))".',
        )
    return secret.encode()
