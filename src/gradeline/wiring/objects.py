"""From settings to the objects of the configured store."""

from __future__ import annotations

from gradeline.flows.storage.objects import StoredObjects
from gradeline.settings import Settings
from gradeline.wiring.home import limits_of
from gradeline.wiring.lake import wire_lake


def wire_objects(settings: Settings) -> StoredObjects:
    """Open the objects of the store; the home is open already.

    Raises:
        LakeError: the store cannot be opened.
    """
    return StoredObjects(
        wire_lake(settings), settings.gradeline_home / "spool", limits_of(settings) / "objects"
    )
