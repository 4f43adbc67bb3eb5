"""Staff: people who work at the school, and how they are known where they sign in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NewStaffMember:
    """A person of the staff as they are added; one of login, email and chat at least."""

    login: str | None = None  #: of Yandex ID or another sign-in
    email: str | None = None  #: normalised
    chat: str | None = None  #: the id of a Telegram chat
    role: str = ""  #: admin, curator or reader; empty = as before
    language: str = ""  #: empty = as before
    groups: tuple[str, ...] = ()  #: of a curator, the ids of the groups given by `gradeline staff`
    added_by: str

    def __str__(self) -> str:
        """Return how messages to people name them."""
        return self.login or self.email or self.chat or ""


@dataclass(frozen=True, kw_only=True)
class StaffMember(NewStaffMember):
    """A person of the staff as they are kept."""

    staff_id: int


@dataclass(frozen=True, kw_only=True)
class GroupName:
    """A group that somebody can be given."""

    group_id: str
    name: str | None
    courses: tuple[str, ...]  #: as `category/course`
