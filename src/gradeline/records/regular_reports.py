"""Reports that somebody of the staff lets go to people every week, asked for on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class RegularReport:
    """What is asked for: the group reports of whoever asks, each week."""

    address: str  #: an e-mail address
    group_id: str  #: of an administrator only this group; a curator sends those of all own groups
    weekday: int  #: 1 = Monday … 7 = Sunday
    hour: int  #: of the school's wall clock
    language: str  #: by its code


class RegularOutcome(StrEnum):
    """What became of such a request."""

    ADDED = "added"
    NO_MAIL = "no-mail"  #: mail is not set up
    BAD_ADDRESS = "bad-address"  #: the channel takes no such address
    NOT_STAFF = "not-staff"  #: curators send to people of the staff alone
    TAKEN = "taken"  #: somebody else lets reports go there, or that person has unsubscribed
