"""Sessions of people who are signed in on the page, as they are kept: never the secret itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Via(StrEnum):
    """How somebody signed in."""

    LINK = "link"
    YANDEX = "yandex"


@dataclass(frozen=True, kw_only=True)
class NewSession:
    """A session as it begins: of a person of the staff, of a login, or of a nameless admin."""

    staff_id: int | None = None
    login: str = ""  #: under which Yandex knows them
    via: Via


@dataclass(frozen=True, kw_only=True)
class StoredSession(NewSession):
    """A session that is not over."""

    name: str  #: login, e-mail or chat of whose it is; empty = an administrator without a name
    language: str  #: of the person of the staff; empty = nobody of the staff
    seen_at: datetime
    expires_at: datetime
