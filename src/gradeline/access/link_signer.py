"""What signs links and verifies them; a purpose keeps a link of one kind from being another."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol


class LinkPurpose(StrEnum):
    """What a signed link is for."""

    FILE = "file"
    UNSUBSCRIBE = "unsubscribe"


class LinkSigner(Protocol):
    """Signs links with a key of the school's; verifies those of earlier keys too."""

    def sign(self, purpose: LinkPurpose, *parts: str) -> str:
        """Return the signature of what a link says, safe in a URL."""

    def verify(self, purpose: LinkPurpose, signature: str, *parts: str) -> bool:
        """Whether that is the signature of these parts for this purpose."""


class HmacSigner:
    """Signs by HMAC-SHA256 with one key, and verifies with others too."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = dict(keys)  #: by id, the one that signs last

    def sign(self, purpose: LinkPurpose, *parts: str) -> str:
        """See `LinkSigner`."""
        return self._signature(next(reversed(self._keys)), purpose, parts)

    def verify(self, purpose: LinkPurpose, signature: str, *parts: str) -> bool:
        """See `LinkSigner`."""
        key_id = signature.partition(".")[0]
        if key_id not in self._keys:
            return False
        expected = self._signature(key_id, purpose, parts)
        return hmac.compare_digest(expected.encode(), signature.encode())

    def _signature(self, key_id: str, purpose: LinkPurpose, parts: Sequence[str]) -> str:
        said = json.dumps([purpose.value, *parts]).encode()
        return f"{key_id}.{hmac.digest(self._keys[key_id], said, 'sha256').hex()}"
