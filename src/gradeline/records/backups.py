"""How backups are signed, and how long they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

_ID_DIGITS = 16


@dataclass(frozen=True, kw_only=True)
class KeepRule:
    """Which backups are kept; the newest good one is, whatever this says."""

    days: int = 7  #: the newest of each of so many days
    weeks: int = 4  #: and of each of so many weeks
    months: int = 0  #: and of each of so many months


@dataclass(frozen=True, kw_only=True)
class BackupKeys:
    """The keys that sign backups; the first signs, all verify; without one nothing is signed."""

    keys: tuple[bytes, ...] = field(repr=False)

    def named(self) -> Mapping[str, bytes]:
        """Return the keys by their ids."""
        return {key_id_of(key): key for key in self.keys}


def key_id_of(key: bytes) -> str:
    """Return the id of a key, from which nobody can tell the key."""
    return hashlib.sha256(b"gradeline backup key\0" + key).hexdigest()[:_ID_DIGITS]
