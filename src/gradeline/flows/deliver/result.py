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
    unplanned: tuple[str, ...] = ()  #: why somebody whom a setting names is no recipient

    @property
    def total(self) -> int:
        """Messages that arrived."""
        return sum(self.sent.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """What a person must see to, each once."""
        return tuple(dict.fromkeys((*self.unplanned, *self.kept.values())))
