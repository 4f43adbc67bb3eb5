"""What the page works with; the wiring opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from gradeline.access.principals import Principal
from gradeline.access.sessions import Sessions
from gradeline.access.yandex_code_flow import YandexCodeFlow
from gradeline.entrypoints.web.exports import ExportParts
from gradeline.records.recipients import Recipient
from gradeline.records.regular_reports import RegularOutcome, RegularReport
from gradeline.records.staff import StaffMember
from gradeline.warehouse import Database


class Office(Protocol):
    """What people of the staff arrange; `wiring.office.Office` keeps it.

    Its acts are those of commands, on tables that are in no reach of the page's own connections.
    """

    def send_regularly(self, principal: Principal, wanted: RegularReport) -> RegularOutcome:
        """Let group reports go to an address each week."""

    def stop_regularly(self, principal: Principal, recipient_id: int) -> bool:
        """End regular reports that somebody arranged; False = there are none such."""

    def own_recipients(self, principal: Principal) -> Sequence[Recipient]:
        """List the regular reports that somebody arranged."""

    def staff(self) -> Sequence[StaffMember]:
        """List everybody, with the groups that they look after today."""

    def retry_message(self, principal: Principal, message_id: int) -> bool:
        """Let a message be sent once more; False = there is none that is not on its way."""

    def pause_schedule(self, principal: Principal, name: str) -> bool:
        """Let a schedule not be due; False = there is none of that name."""

    def resume_schedule(self, principal: Principal, name: str) -> bool:
        """Let a paused schedule be due again; False = there is none of that name."""


@dataclass(frozen=True, kw_only=True)
class DashboardParts:
    """What the page works with."""

    database: Database  #: with a pool of the entry points' role
    sessions: Sessions
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us
    zone: str  #: of the school's days, an IANA name
    language: str  #: of whoever says none, by its code
    exports: ExportParts
    office: Office
    yandex: YandexCodeFlow | None = None  #: None = nobody signs in by Yandex

    @property
    def is_encrypted(self) -> bool:
        """Whether people reach us by https alone, so that cookies may ask for it."""
        return urlsplit(self.public_url).scheme == "https"
