"""Google's two channels with their twin."""

from __future__ import annotations

from collections.abc import Sequence

from tests.delivery.rig import Arrival, Fault

from gradeline.delivery.drive import DriveChannel
from gradeline.delivery.google import GoogleAccount
from gradeline.delivery.sheets import SheetsChannel
from gradeline.sandbox.google.drive import ROOT
from gradeline.sandbox.google.sheets import SHEET
from gradeline.sandbox.google.twin import GoogleTwin

_FAULTS = {"refused": "not-shared", "later": "quota", "unknown": "lost", "timed-out": "timed-out"}


class DriveRig:
    """A folder of a shared drive."""

    address = ROOT
    unknown_address = "0ANowhere"
    shows_text, takes_documents = False, True

    def __init__(self, twin: GoogleTwin, url: str) -> None:
        self.twin = twin
        self.secret = twin.account["private_key"]
        self.channel = DriveChannel(GoogleAccount(twin.account, base_url=f"{url}/google"))

    def arrived(self) -> Sequence[Arrival]:
        """The files below the folder, by their names."""
        files = self.twin.drive.documents().items()
        return [Arrival(documents={path.rpartition("/")[2]: content}) for path, content in files]

    def fail_next(self, fault: Fault) -> None:
        """Let the next request that writes go wrong."""
        self.twin.next_faults.append(_FAULTS[fault])


class SheetsRig:
    """A spreadsheet."""

    address = SHEET
    unknown_address = "1Nowhere"
    shows_text = takes_documents = False

    def __init__(self, twin: GoogleTwin, url: str) -> None:
        self.twin = twin
        self.secret = twin.account["private_key"]
        self.channel = SheetsChannel(GoogleAccount(twin.account, base_url=f"{url}/google"))

    def arrived(self) -> Sequence[Arrival]:
        """The rows of all sheets."""
        return [
            Arrival(text=", ".join(map(str, row)))
            for grid in self.twin.sheets.sheets.values()
            for row in grid
        ]

    def fail_next(self, fault: Fault) -> None:
        """Let the next request that writes go wrong."""
        self.twin.next_faults.append(_FAULTS[fault])
