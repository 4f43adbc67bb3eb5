"""What people of the staff arrange on the page: regular reports, schedules, messages once more.

Each of these acts is that of a command, with the rights of whoever asks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import DeliveryError, WrongUse
from gradeline.flows.deliver.recipients import find_recipient, new_recipient
from gradeline.flows.parts import Delivery
from gradeline.records.ids import normalize_email
from gradeline.records.recipients import NewRecipient, Recipient, What
from gradeline.records.regular_reports import RegularOutcome, RegularReport
from gradeline.warehouse import Connection, staff
from gradeline.warehouse.deliveries import recipients

_CHANNEL = "email"


def send_regularly(
    connection: Connection,
    delivery: Delivery,
    principal: Principal,
    wanted: RegularReport,
    now: datetime,
) -> RegularOutcome:
    """Let group reports go to an address each week, as `gradeline recipients add` does.

    What a curator sends are the reports of all own groups, as long as they are the own ones; an
    administrator's are of the groups that were asked for, one after the other.

    Args:
        connection: whose transaction it is.
        delivery: the channels, and the school's time zone.
        principal: who asks, a curator or an administrator; the group is one that they see.
        wanted: to whom, and when.
        now: the instant after which it begins.
    """
    if _CHANNEL not in delivery.channels:
        return RegularOutcome.NO_MAIL
    address = normalize_email(wanted.address)
    if principal.role is not Role.ADMIN and not staff.find(connection, email=address):
        return RegularOutcome.NOT_STAFF
    try:
        recipient = new_recipient(delivery, _recipient(principal, wanted, address), now)
    except (DeliveryError, WrongUse):
        return RegularOutcome.BAD_ADDRESS
    known = _same(connection, recipient)
    if known is not None and (known.is_unsubscribed or not is_own(known, principal)):
        return RegularOutcome.TAKEN
    bounded = _with_rights(recipient, principal, wanted.group_id)
    if known is not None and bounded.role == Role.ADMIN:
        both = (*known.groups, *bounded.groups) if known.groups else ()
        bounded = replace(bounded, groups=tuple(dict.fromkeys(both)))
    recipients.put(connection, bounded)
    return RegularOutcome.ADDED


def stop_regularly(connection: Connection, principal: Principal, recipient_id: int) -> bool:
    """End regular reports that whoever asks arranged; False = there are none such."""
    try:
        known = find_recipient(connection, recipient_id)
    except WrongUse:
        return False
    return is_own(known, principal) and recipients.remove(connection, recipient_id)


def own_recipients(connection: Connection, principal: Principal) -> list[Recipient]:
    """List the regular reports that whoever asks arranged."""
    return [one for one in recipients.ls(connection) if is_own(one, principal)]


def is_own(recipient: Recipient, principal: Principal) -> bool:
    """Whether somebody arranged what a recipient gets on the page."""
    if recipient.what is not What.GROUP_REPORT or recipient.added_by != principal.login:
        return False
    return principal.staff_id in (recipient.staff_id, recipient.owner_id)


def _recipient(principal: Principal, wanted: RegularReport, address: str) -> NewRecipient:
    return NewRecipient(
        channel=_CHANNEL,
        address=address,
        resolved_address="",
        what=What.GROUP_REPORT,
        role=principal.role.value,
        language=wanted.language,
        cron=f"0 {wanted.hour} * * {wanted.weekday}",
        added_by=principal.login,
    )


def _same(connection: Connection, wanted: NewRecipient) -> Recipient | None:
    """Return the recipient that this one would be put in the place of."""
    key = (wanted.channel, wanted.resolved_address, wanted.what)
    known = recipients.ls(connection, channel=wanted.channel)
    return next((o for o in known if (o.channel, o.resolved_address, o.what) == key), None)


def _with_rights(wanted: NewRecipient, principal: Principal, group_id: str) -> NewRecipient:
    """Bound a recipient by the rights of whoever asks, and let it end with them."""
    if principal.role is Role.ADMIN:
        return replace(wanted, groups=(group_id,), owner_id=principal.staff_id)
    return replace(wanted, staff_id=principal.staff_id)
