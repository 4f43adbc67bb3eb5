"""Addresses at which a bucket itself gives an object, signed by its own rules."""

from __future__ import annotations

from datetime import timedelta

import obstore
from obstore.store import HTTPStore, LocalStore, MemoryStore, ObjectStore

from gradeline.base.errors import LakeError


def sign_address(store: ObjectStore, key: str, lives: timedelta) -> str:
    """Return an address at which a store gives an object to anybody, for so long.

    Raises:
        LakeError: the store has no such addresses: it is no bucket.
    """
    if isinstance(store, LocalStore | MemoryStore | HTTPStore):
        raise LakeError("Only a bucket gives objects at addresses of its own.")
    return obstore.sign(store, "GET", key, lives)
