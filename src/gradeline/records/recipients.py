"""Recipients: who gets what, through which channel, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """What a recipient gets."""

    COURSE_REPORT = "course-report"  #: the documents of courses
    GROUP_REPORT = "group-report"  #: the documents of groups
    DAILY_FIGURES = "daily-figures"  #: the grader's attempts by school day
    RUN_RESULT = "run-result"  #: how a run ended
    ALERT = "alert"  #: what a person must see to


@dataclass(frozen=True, kw_only=True)
class NewRecipient:
    """A recipient as they are added."""

    channel: str  #: e.g. `email`
    address: str  #: as a person wrote it
    resolved_address: str  #: as the channel keeps it
    what: What
    role: str  #: admin, curator or reader
    staff_id: int | None = None  #: of a curator: whose groups they get; None = of somebody gone
    groups: tuple[str, ...] = ()  #: of others: only these groups, by their ids; empty = all
    categories: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()  #: as `category/course`; without both: every course
    language: str
    cron: str = ""  #: when, in school time; empty = after each run
    next_at: datetime | None = None  #: the next instant of `cron`
    origin: str = "command"  #: or `settings`
    added_by: str
    owner_id: int | None = None  #: the admin of the staff who added it; None = who runs Gradeline


@dataclass(frozen=True, kw_only=True)
class Recipient(NewRecipient):
    """A recipient as they are kept."""

    recipient_id: int
    paused_because: str | None = None  #: why nothing is sent to them
    is_unsubscribed: bool = False  #: whether they want none of these messages

    def __str__(self) -> str:
        """Return how messages to people name them: channel, address, what."""
        return f"{self.channel} {self.address} ({self.what})"
