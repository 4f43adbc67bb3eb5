"""What the mail server keeps, and which fault each mail has."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.faults.draw import NO_FAULTS, Faults
from gradeline.sandbox.journal import Journal, JournalEntry

NAME = "smtp"
SENDER, PASSWORD = "reports@school.example", "sandbox-mail-key-9b41"
#: Faults of a mail; a mix draws only the one after which it still arrives.
FAULTS: Mapping[str, bool] = {
    "delay": True,
    "smtp-421": False,  # busy, and closes
    "smtp-451": False,  # greylisting
    "smtp-535": False,  # login refused
    "smtp-550": False,  # unknown recipient
    "smtp-552": False,  # too big
    "smtp-quota": False,  # the day's quota of the account is used up
    "smtp-cut": False,  # the connection ends in the middle of the message
    "smtp-cut-after-dot": False,  # the connection ends when the message was taken
}

#: What Gmail announces.
_MOST_BYTES = 35_882_577
_RESOURCE = "mail"
UNKNOWN_RECIPIENT = "550 5.1.1 The email account that you tried to reach does not exist."
REPLIES = {
    "smtp-421": "421 4.7.0 Try again later, closing connection.",
    "smtp-451": "451 4.7.1 Greylisted, please try again in 7 seconds.",
    "smtp-535": "535 5.7.8 Username and Password not accepted.",
    "smtp-550": UNKNOWN_RECIPIENT,
    "smtp-552": "552 5.3.4 Your message exceeded Google's message size limits.",
    "smtp-quota": "550 5.4.5 Daily user sending limit exceeded.",
}
TAKEN = "250 2.0.0 OK"


@dataclass(frozen=True, kw_only=True)
class ArrivedMail:
    """A mail that the server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes  #: as it came, without the dots of the protocol


class Inbox:
    """Everything that arrived, and the faults of what is to come."""

    def __init__(self, pace: Pace, journal: Journal) -> None:
        self.faults: Faults = NO_FAULTS
        #: faults of the next logins, which come before those that are drawn
        self.fail_next: list[str] = []
        self.accounts = {SENDER: PASSWORD}  #: who may log in, with which password
        self.most_bytes = _MOST_BYTES  #: announced as SIZE
        self.pace = pace
        self._journal = journal
        self._arrived: list[ArrivedMail] = []
        self._logins = 0

    def arrived(self) -> Sequence[ArrivedMail]:
        """Return everything that was taken, in order."""
        return tuple(self._arrived)

    def keep(self, mail: ArrivedMail) -> None:
        """Put a mail among those that arrived."""
        self._arrived.append(mail)

    def clear(self) -> None:
        """Drop everything that arrived."""
        self._arrived.clear()

    def forget(self) -> None:
        """Count logins from 0 again, so that the same seed gives the same faults."""
        self._logins = 0
        self.fail_next.clear()

    def draw(self) -> str | None:
        """Return the fault of a login and what follows it; None = it has none."""
        if self.fail_next:
            name: str | None = self.fail_next.pop(0)
        else:
            drawn = self.faults.draw(NAME, FAULTS, _RESOURCE, self._logins)
            name = None if drawn is None else drawn.name
        self._journal.record(
            JournalEntry(
                at=datetime.now(UTC).isoformat(),
                monotonic_s=time.monotonic(),
                twin=NAME,
                method="MAIL",
                path="/",
                asked=_RESOURCE,
                ordinal=self._logins,
                status=int(REPLIES.get(name or "", TAKEN)[:3]),
                fault=name,
            )
        )
        self._logins += 1
        return name
