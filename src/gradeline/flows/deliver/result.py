"""What delivering did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True)
class DeliveryResult:
    """What sending did."""

    sent: dict[str, int] = field(default_factory=dict)  #: channel → messages that arrived
    waiting: int = 0  #: messages that a later run or worker tries again
    #: number of a message that did not arrive → why, and what to do
    kept: dict[int, str] = field(default_factory=dict)
    given_up: dict[int, str] = field(default_factory=dict)  #: of these, what nobody tries again
    unplanned: tuple[str, ...] = ()  #: why somebody whom a setting names is no recipient

    def followed_by(self, later: DeliveryResult) -> DeliveryResult:
        """Return what both did, this one first."""
        channels = {*self.sent, *later.sent}
        return DeliveryResult(
            sent={name: self.sent.get(name, 0) + later.sent.get(name, 0) for name in channels},
            waiting=max(self.waiting, later.waiting),
            kept={**self.kept, **later.kept},
            given_up={**self.given_up, **later.given_up},
            unplanned=self.unplanned,
        )

    @property
    def total(self) -> int:
        """Messages that arrived."""
        return sum(self.sent.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """What a person must see to, each once."""
        return tuple(dict.fromkeys((*self.unplanned, *self.kept.values())))
