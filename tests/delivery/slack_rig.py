"""Slack's channel with its twin."""

from __future__ import annotations

from collections.abc import Sequence

from tests.delivery.rig import Arrival, Fault

from gradeline.delivery.slack import SlackChannel
from gradeline.sandbox.slack.twin import TOKEN, SlackTwin

_FAULTS = {
    "refused": "refused",
    "later": "ratelimited",
    "unknown": "lost",
    "timed-out": "timed-out",
}


class SlackRig:
    """The channel #reports of a simulated workspace."""

    address = "C0REPORTS1"
    unknown_address = "#nowhere"
    secret = TOKEN
    shows_text = takes_documents = True

    def __init__(self, twin: SlackTwin, url: str) -> None:
        self.twin = twin
        self.url = f"{url}/slack/api/"
        self.channel = SlackChannel(TOKEN, base_url=self.url)

    def arrived(self) -> Sequence[Arrival]:
        """The messages of the channel, and the files that were shared there."""
        files = [each for each in self.twin.files.values() if each.channel == self.address]
        texts = [Arrival(text=each.text) for each in self.twin.channels[self.address].messages]
        return [*texts, *(Arrival(documents={each.name: each.content}) for each in files)]

    def fail_next(self, fault: Fault) -> None:
        """Let the next post go wrong."""
        self.twin.next_faults.append(_FAULTS[fault])
