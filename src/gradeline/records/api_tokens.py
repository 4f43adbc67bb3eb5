"""Tokens that scripts sign in with, as they are kept: never the token itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WarehouseAccess(StrEnum):
    """What a token may do with the warehouse's tables and files."""

    NONE = "none"
    READ = "read"
    WRITE = "write"  #: and read


@dataclass(frozen=True, kw_only=True)
class NewApiToken:
    """A token as it is made: it acts as a person of the staff, or has a role of its own."""

    name: str  #: what it is for
    staff_id: int | None = None
    role: str = ""  #: empty = that of the person
    groups: tuple[str, ...] = ()  #: of a curator or reader, ids
    warehouse: WarehouseAccess = WarehouseAccess.NONE
    expires_at: datetime
    made_by: str


@dataclass(frozen=True, kw_only=True)
class ApiToken(NewApiToken):
    """A token as it is kept."""

    token_id: int
    shown_as: str  #: how the token begins
    staff_name: str  #: login, e-mail or chat of the person; empty = it has a role of its own
    made_at: datetime
    last_used_at: datetime | None  #: to the hour
    revoked_at: datetime | None
