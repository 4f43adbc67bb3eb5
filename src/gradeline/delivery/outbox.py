"""The channel in memory: keeps what it was given, and fails on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gradeline.base.errors import DeliveryError, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.message import Receipt

_STEP = "message"


@dataclass(kw_only=True)
class Outbox:
    """Takes every message to any address that is not in `closed`."""

    name: str = "outbox"
    traits: Traits = field(default_factory=lambda: Traits(can_find=True))
    limits: Limits = field(default_factory=Limits)
    identity: str = ""
    closed: set[str] = field(default_factory=set)  #: addresses that take nothing
    #: errors to raise, the next first; a `DeliveryUnknown` comes after the message arrived
    failures: list[DeliveryError] = field(default_factory=list)
    arrived: list[Envelope] = field(default_factory=list)  #: in the order of arrival

    def resolve(self, address: str) -> str:
        """Return the address as it is."""
        self._refuse_closed(address)
        return address

    def send(self, envelope: Envelope) -> Receipt:
        """Keep the message, unless an earlier try did."""
        self._refuse_closed(envelope.address)
        if _STEP in envelope.done:
            return Receipt(provider_id=envelope.done[_STEP])
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None and not isinstance(failure, DeliveryUnknown):
            raise failure
        self.arrived.append(envelope)
        if failure is not None:
            raise failure
        receipt = Receipt(provider_id=f"outbox-{len(self.arrived)}")
        envelope.record_step(_STEP, receipt.provider_id)
        return receipt

    def find(self, envelope: Envelope) -> Receipt | None:
        """Look for the key among what arrived."""
        if not self.traits.can_find:
            raise DeliveryUnknown(f"{self.name} cannot say whether a message arrived.")
        keys = [one.key for one in self.arrived]
        if envelope.key not in keys:
            return None
        return Receipt(provider_id=f"outbox-{keys.index(envelope.key) + 1}")

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Return the refusal of a closed address."""
        try:
            self._refuse_closed(address)
        except DeliveryRefused as refused:
            return (refused,)
        return ()

    def _refuse_closed(self, address: str) -> None:
        if address in self.closed:
            raise DeliveryRefused(
                f"{self.name} takes nothing for {address}.", hint="Open it, or use another."
            )
