"""The second step: the lake alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.base.errors import LakeError, WrongSetting
from gradeline.flows.upkeep.copy_lake import copy_lake
from gradeline.lake import HybridLake, Lake, open_hybrid, open_lake
from gradeline.settings import Settings

if sys.platform != "win32":
    import grp


def wire_lake(settings: Settings) -> Lake:
    """Open the lake; it holds nothing open, so there is nothing to close.

    Raises:
        LakeError: it cannot be opened.
    """
    place, cloud, readers = settings.lake_place(), settings.copy_place(), _readers(settings)
    if cloud is None:
        return open_lake(place, options=settings.lake_options(), readers=readers)
    return open_hybrid(place, open_lake(cloud, options=settings.lake_options()), readers)


def _readers(settings: Settings) -> int | None:
    """Return the number of the group that may read reports; None = there is none.

    Raises:
        WrongSetting: there is no such group here, or we may not give files to it.
    """
    name = settings.reports_group
    if name is None or sys.platform == "win32":
        return None
    try:
        number = grp.getgrnam(name).gr_gid
    except KeyError:
        raise WrongSetting(
            f"REPORTS_GROUP is {name!r}, and this machine has no such group.",
            hint="Make it with `groupadd`, or unset it.",
        ) from None
    if os.geteuid() != 0 and number not in (os.getegid(), *os.getgroups()):
        raise WrongSetting(
            f"REPORTS_GROUP is {name!r}, and you are not in that group, so you cannot give files"
            " to it.",
            hint="Let an administrator add you with `usermod -aG`, then log in again.",
        )
    return number


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
