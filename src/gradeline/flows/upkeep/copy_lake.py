"""Bring the copy of a lake in a cloud up to date; a cloud that is away stops nothing."""

from __future__ import annotations

import logging

from gradeline.base.errors import DiskFull, LakeError
from gradeline.lake import CopyResult, HybridLake, Lake

_log = logging.getLogger(__name__)


def copy_lake(lake: Lake) -> CopyResult | None:
    """Copy what changed to the cloud.

    Returns:
        What was copied, and what the cloud lacks, which the next run copies; None where the
        settings name no copy.
    """
    if not isinstance(lake, HybridLake):
        return None
    try:
        return lake.copy_changes()
    except (LakeError, DiskFull) as error:
        _log.error("the copy in %s is behind: %s", lake.cloud.url, error)
        problem = f"The copy in {lake.cloud.url} is behind: {error} The next run copies the rest."
        return CopyResult(problems=(problem,))
