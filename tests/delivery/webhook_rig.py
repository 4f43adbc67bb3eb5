"""The webhook's channel with a receiver."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from tests.delivery.rig import Arrival, Fault

from gradeline.delivery.webhook import WebhookChannel
from gradeline.sandbox.webhook.twin import PATH, SECRET, WebhookTwin

_FAULTS = {"refused": "gone", "later": "busy", "unknown": "lost", "timed-out": "timed-out"}


class WebhookRig:
    """A receiver on this machine."""

    unknown_address = "https://nowhere.invalid/hook"
    secret = SECRET
    shows_text = takes_documents = True

    def __init__(self, twin: WebhookTwin, url: str) -> None:
        self.twin = twin
        self.address = f"{url}/webhook{PATH}"
        self.channel = WebhookChannel(SECRET, allow_private=True)

    def arrived(self) -> Sequence[Arrival]:
        """What the receiver keeps."""
        return [
            Arrival(
                text=f"{each['subject']}\n{each['text']}",
                documents={
                    doc["name"]: base64.b64decode(doc["content"]) for doc in each["documents"]
                },
            )
            for each in self.twin.kept.values()
        ]

    def fail_next(self, fault: Fault) -> None:
        """Let the next post go wrong."""
        self.twin.next_faults.append(_FAULTS[fault])
