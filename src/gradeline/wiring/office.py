"""From settings to what the page lets people of the staff arrange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gradeline.access.principals import Principal
from gradeline.base.clock import now, school_day
from gradeline.base.errors import WrongUse
from gradeline.flows import office
from gradeline.flows.parts import Delivery
from gradeline.flows.schedules import pause_schedule, resume_schedule
from gradeline.flows.staff import groups_of
from gradeline.records.recipients import Recipient
from gradeline.records.regular_reports import RegularOutcome, RegularReport
from gradeline.records.staff import StaffMember
from gradeline.settings import Settings
from gradeline.warehouse import Connection, Database, audit, staff
from gradeline.warehouse.audit import AuditNote
from gradeline.warehouse.deliveries import messages
from gradeline.wiring.channels import wire_channels


class Office:
    """Does it in connections of its own, as `gradeline_loader`, and notes it in the audit.

    Routes check who asks.

    Args:
        database: whose connections are the loader's.
        delivery: the channels, and the school's time zone.
    """

    def __init__(self, database: Database, delivery: Delivery) -> None:
        self._database, self._delivery = database, delivery

    def send_regularly(self, principal: Principal, wanted: RegularReport) -> RegularOutcome:
        """Let group reports go to an address each week."""
        with self._database.connect() as connection:
            done = office.send_regularly(connection, self._delivery, principal, wanted, now())
            if done is RegularOutcome.ADDED:
                _note(connection, principal, "send weekly", wanted.address)
        return done

    def stop_regularly(self, principal: Principal, recipient_id: int) -> bool:
        """End regular reports that somebody arranged; False = there are none such."""
        with self._database.connect() as connection:
            done = office.stop_regularly(connection, principal, recipient_id)
            if done:
                _note(connection, principal, "stop sending", f"recipient {recipient_id}")
        return done

    def own_recipients(self, principal: Principal) -> Sequence[Recipient]:
        """List the regular reports that somebody arranged."""
        with self._database.connect() as connection:
            return office.own_recipients(connection, principal)

    def staff(self) -> Sequence[StaffMember]:
        """List everybody, with the groups that they look after today."""
        today = school_day(now(), self._delivery.timezone)
        with self._database.connect() as connection:
            return [
                replace(one, groups=tuple(sorted(groups_of(connection, one, today))))
                for one in staff.ls(connection)
            ]

    def retry_message(self, principal: Principal, message_id: int) -> bool:
        """Let a message be sent once more; False = there is none that is not on its way."""
        with self._database.connect() as connection:
            done = messages.retry(connection, message_id)
            if done:
                _note(connection, principal, "retry", f"message {message_id}")
        return done

    def pause_schedule(self, principal: Principal, name: str) -> bool:
        """Let a schedule not be due; False = there is none of that name."""
        try:
            with self._database.connect() as connection:
                pause_schedule(connection, name)
                _note(connection, principal, "pause", f"schedule {name}")
        except WrongUse:
            return False
        return True

    def resume_schedule(self, principal: Principal, name: str) -> bool:
        """Let a paused schedule be due again; False = there is none of that name."""
        try:
            with self._database.connect() as connection:
                resume_schedule(connection, name, now())
                _note(connection, principal, "resume", f"schedule {name}")
        except WrongUse:
            return False
        return True


def _note(connection: Connection, principal: Principal, action: str, subject: str) -> None:
    """Write into the audit what is done, in the transaction in which it is."""
    audit.note(connection, AuditNote(login=principal.login, action=action, subject=subject))


def wire_office(settings: Settings, database: Database) -> Office:
    """Return what the page lets people arrange; nothing is asked or sent yet.

    Args:
        settings: read by now.
        database: with connections of the loader's.

    Raises:
        WrongSetting: a channel is switched on, and a setting that it needs is missing or wrong.
    """
    delivery = Delivery(
        channels=wire_channels(settings),
        templates=settings.gradeline_home / "templates",
        timezone=settings.school_timezone,
    )
    return Office(database, delivery)
