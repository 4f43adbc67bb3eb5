"""What the contract suite needs of each channel: the channel, its twin, and what arrived there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from gradeline.delivery.channel import Channel

#: How a channel's next request goes wrong: `refused` for ever, `later` with a wait of 7 seconds
#: that the service says, `unknown` = the service did the work and its answer was lost, `timed-out` =
#: it did, and answered 408 (or cut the connection, where there is no such answer).
Fault = Literal["refused", "later", "unknown", "timed-out"]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What arrived at the service, as the service shows it."""

    text: str = ""  #: subject and text, however the service keeps them; empty for pure files
    documents: Mapping[str, bytes] = field(default_factory=dict)  #: by name


class Rig(Protocol):
    """One channel with its twin."""

    channel: Channel
    address: str  #: one that works, resolved
    unknown_address: str  #: one that the service does not know
    secret: str  #: the credential that no error may show
    shows_text: bool  #: whether the service shows the message's text (Drive and Sheets do not)
    takes_documents: bool

    def arrived(self) -> Sequence[Arrival]:
        """Everything that arrived, each once."""

    def fail_next(self, fault: Fault) -> None:
        """Let the service's next answer to something that sends go wrong."""
