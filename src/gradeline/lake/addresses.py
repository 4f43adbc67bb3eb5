"""Addresses at which a bucket itself gives an object, signed by its own rules (SigV4, SAS)."""

from __future__ import annotations

from datetime import timedelta

import obstore
from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store

from gradeline.base.errors import LakeError

#: How long an address works at most: S3's own limit.
LONGEST_LIFE = timedelta(days=7)


def check_life(lives: timedelta) -> None:
    """Check for how long an address is to work.

    Raises:
        ValueError: no time at all, or longer than stores take.
    """
    if not timedelta(seconds=1) <= lives <= LONGEST_LIFE:
        raise ValueError(f"an address works for one second to seven days, not {lives}")


def sign_address(store: ObjectStore, key: str, lives: timedelta) -> str:
    """Return an address at which a store gives an object to anybody, for so long.

    Raises:
        LakeError: the store has no such addresses: it is no bucket.
    """
    if not isinstance(store, S3Store | GCSStore | AzureStore):
        raise LakeError("Only a bucket gives objects at addresses of its own.")
    return obstore.sign(store, "GET", key, lives)
