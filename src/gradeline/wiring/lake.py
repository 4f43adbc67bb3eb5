"""The second step: the lake alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.base.errors import LakeError
from gradeline.flows.upkeep.copy_lake import copy_lake
from gradeline.lake import HybridLake, Lake, open_hybrid, open_lake
from gradeline.settings import Settings


def wire_lake(settings: Settings) -> Lake:
    """Open the lake; it holds nothing open, so there is nothing to close.

    Raises:
        LakeError: it cannot be opened.
    """
    place, cloud = settings.lake_place(), settings.copy_place()
    if cloud is None:
        return open_lake(place, options=settings.lake_options())
    return open_hybrid(place, open_lake(cloud, options=settings.lake_options()))


@contextmanager
def copied_at_end(lake: Lake) -> Iterator[None]:
    """Bring the cloud's copy of a lake up to what the block wrote; most lakes have none.

    Raises:
        LakeError: the cloud did not take all of it. What the block did stays.
    """
    yield
    if isinstance(lake, HybridLake) and lake.is_behind:
        done = copy_lake(lake)
        if done is not None and done.problems:
            raise LakeError(" ".join(done.problems))
