"""The second step: the lake alone."""

from __future__ import annotations

from gradeline.lake import Lake, open_lake
from gradeline.settings import Settings


def wire_lake(settings: Settings) -> Lake:
    """Open the lake; it holds nothing open, so there is nothing to close.

    Raises:
        LakeError: it cannot be opened.
    """
    return open_lake(settings.lake_place(), options=settings.lake_options())
