"""Cursors: where the next page begins, opaque, and of no use to anybody else."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gradeline.base.errors import BadRequest

_MAC_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Cursors:
    """Makes and reads the cursors of one list, for one person."""

    key: bytes  #: that only we know
    scope: str  #: who asks, and for which list in which order: a cursor of another is refused

    def write(self, values: Sequence[object]) -> str:
        """Return the cursor of a row.

        Args:
            values: what its place in the order is made of, JSON values.
        """
        content = msgspec.json.encode(list(values))
        return base64.urlsafe_b64encode(self._mac(content) + content).rstrip(b"=").decode()

    def read(self, cursor: str, where: str) -> list[object]:
        """Return the values of a cursor.

        Args:
            cursor: as `write` returned it.
            where: the name of the parameter.

        Raises:
            BadRequest: it was not written for this list and this person, or was changed.
        """
        try:
            whole = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        except (binascii.Error, UnicodeEncodeError):
            whole = b""
        mac, content = whole[:_MAC_BYTES], whole[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(content)):
            raise BadRequest(
                f"`{where}` is not a cursor of this list.",
                hint="Take `next` of the page before, with the same parameters.",
                where=("query", where),
            )
        return list(msgspec.json.decode(content))

    def _mac(self, content: bytes) -> bytes:
        # The key is derived for this use alone, whatever else is signed with it.
        key = hashlib.blake2b(b"cursors", key=self.key[:64]).digest()
        scope = hashlib.sha256(self.scope.encode()).digest()
        return hmac.digest(key, scope + content, "sha256")[:_MAC_BYTES]
