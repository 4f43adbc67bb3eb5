"""The seam that every channel keeps: limits, addresses, sending, and asking what arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gradeline.base.errors import DeliveryError
from gradeline.delivery.message import Message, Receipt
from gradeline.records.recipients import What

#: What a channel that shows text takes.
EVERYTHING = frozenset(What)


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What a channel can do."""

    takes: frozenset[What] = EVERYTHING  #: a drive takes course reports, a sheet daily figures
    keeps_rows: bool = False  #: keeps the rows of `Message.table`, so it gets all that changed
    keeps_folders: bool = False  #: puts documents into folders; elsewhere names tell them apart
    #: whether `find` can answer: if not, a try that ended unclear stays unknown
    can_find: bool = False


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the service takes at most; None = it says no limit."""

    text_characters: int | None = None
    document_bytes: int | None = None  #: of one document
    message_bytes: int | None = None  #: of the whole message as it goes out, after encoding


def _forget(step: str, provider_id: str) -> None:
    """Record nothing."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message on its way to one address, with what earlier tries have done already."""

    key: str  #: the same for every try, and for no other message; safe in a header
    address: str  #: as `Channel.resolve` returned it
    message: Message
    done: Mapping[str, str] = field(default_factory=dict)  #: step → the service's id of it
    #: called as soon as a step is done, before the next begins; returns once that is stored
    record_step: Callable[[str, str], None] = _forget


class Channel(Protocol):
    """One way to people. Safe to use from one thread at a time."""

    @property
    def name(self) -> str:
        """What commands and tables call it: `email`, `slack`, `drive`."""

    @property
    def traits(self) -> Traits:
        """What it can do, whatever its address."""

    @property
    def identity(self) -> str:
        """Who sends, as the service knows it; empty = only the service can tell."""

    @property
    def limits(self) -> Limits:
        """What the service takes at most; `fit` makes a message that keeps them."""

    def resolve(self, address: str) -> str:
        """Return the address in the form in which it is kept: a channel's id for its name.

        Raises:
            DeliveryRefused: there is no such address, or it is not open to us.
            DeliveryLater: the service does not answer now.
        """

    def send(self, envelope: Envelope) -> Receipt:
        """Send a message; steps that `envelope.done` names are not done again.

        Raises:
            DeliveryRefused: the address, the rights or the content are not accepted.
            DeliveryLater: the service took nothing of the step, and may take it later.
            DeliveryUnknown: the service may have taken the step.
        """

    def find(self, envelope: Envelope) -> Receipt | None:
        """Return the receipt of a message that arrived in an earlier try; None = it did not.

        Raises:
            DeliveryUnknown: the service cannot tell.
            DeliveryLater, DeliveryRefused: it could not be asked.
        """

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Return what would keep messages from that address, each with what to do; sends none."""
