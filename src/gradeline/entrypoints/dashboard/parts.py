"""What the page works with; the wiring opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from gradeline.access.sessions import Sessions
from gradeline.access.yandex_code_flow import YandexCodeFlow
from gradeline.warehouse import Database


@dataclass(frozen=True, kw_only=True)
class DashboardParts:
    """What the page works with."""

    database: Database  #: with a pool of the entry points' role
    sessions: Sessions
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us
    zone: str  #: of the school's days, an IANA name
    language: str  #: of whoever says none, by its code
    yandex: YandexCodeFlow | None = None  #: None = nobody signs in by Yandex

    @property
    def is_encrypted(self) -> bool:
        """Whether people reach us by https alone, so that cookies may ask for it."""
        return urlsplit(self.public_url).scheme == "https"
