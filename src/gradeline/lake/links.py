"""Links that fetch one object of a bucket from its store, signed for a short time (SigV4, SAS)."""

from __future__ import annotations

from datetime import timedelta

import obstore
from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store

#: How long a link lives at most: S3's own limit.
LONGEST_LIFE = timedelta(days=7)


def signed_link(store: ObjectStore, key: str, life: timedelta) -> str | None:
    """Return a link that fetches an object for a while; None where the store signs none."""
    if not isinstance(store, S3Store | GCSStore | AzureStore):
        return None
    return obstore.sign(store, "GET", key, life)


def check_life(life: timedelta) -> None:
    """Check how long a link is to live.

    Raises:
        ValueError: no time at all, or longer than stores take.
    """
    if not timedelta(seconds=1) <= life <= LONGEST_LIFE:
        raise ValueError(f"a link lives from one second to seven days, not {life}")
