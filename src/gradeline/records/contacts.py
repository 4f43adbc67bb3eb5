"""What curators did about learners: a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ContactKind(StrEnum):
    """What was done."""

    CONTACTED = "contacted"  #: somebody wrote to them, or spoke with them
    SNOOZED = "snoozed"  #: put off until a day
    NOTE = "note"  #: written down, and nothing else


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """What somebody did about a learner of a group."""

    learner_id: str
    course_id: str
    group_id: str  #: as whose curator
    kind: ContactKind
    note: str = ""
    #: the first day on which the learner may need somebody again; None = it changes nothing
    quiet_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Contact(NewContact):
    """The same as it is kept."""

    contact_id: int
    reasons: tuple[str, ...]  #: why the learner was at risk then
    noted_by: str
    noted_at: datetime
