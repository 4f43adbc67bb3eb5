"""Keys that sign links, as they are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

_ID_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key; its repr shows no secret."""

    key_id: str
    secret: bytes = field(repr=False)  #: 32 bytes
    retired_at: datetime | None = None  #: since when it signs no more; None = it signs

    @classmethod
    def of(cls, secret: bytes) -> SigningKey:
        """Return a key that signs, with the id that follows from its secret."""
        return cls(key_id=sha256(secret).hexdigest()[:_ID_DIGITS], secret=secret)
