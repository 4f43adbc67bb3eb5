"""Recipients: added by a command or named by settings; each address is asked for once."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from gradeline.access.permissions import Role, sent_to
from gradeline.base.errors import DeliveryError, WrongUse
from gradeline.base.languages import language as language_of
from gradeline.delivery.channel import Channel
from gradeline.flows.parts import Addressee, Delivery
from gradeline.flows.staff import find_groups, find_member, find_owner
from gradeline.jobs.schedule import next_instant
from gradeline.records.recipients import NewRecipient, Recipient, What
from gradeline.records.staff import StaffMember
from gradeline.warehouse import Connection
from gradeline.warehouse.deliveries import messages, recipients

_log = logging.getLogger(__name__)
_SETTINGS = "settings"


def find_channel(delivery: Delivery, name: str) -> Channel:
    """Return the channel of that name.

    Raises:
        WrongUse: there is none, or its settings are missing.
    """
    channel = delivery.channels.get(name)
    if channel is None:
        known = ", ".join(sorted(delivery.channels)) or "none is"
        raise WrongUse(
            f"No channel called {name} is set up.",
            hint=f"Set up: {known}. `gradeline settings` lists what each channel needs.",
        )
    return channel


def new_recipient(delivery: Delivery, wanted: NewRecipient, now: datetime) -> NewRecipient:
    """Return a recipient as it can be stored: its address resolved, its first instant known.

    Args:
        delivery: the channels, and the time zone of `wanted.cron`.
        wanted: as a person gave it; `resolved_address` and `next_at` are not used.
        now: the instant after which its schedule begins.

    Raises:
        WrongUse: no such channel or language, a wrong cron line, or something that the channel
            cannot bring.
        DeliveryError: the channel does not know the address, or does not answer.
    """
    channel = find_channel(delivery, wanted.channel)
    if wanted.what not in channel.traits.takes:
        takes = ", ".join(sorted(channel.traits.takes))
        raise WrongUse(f"{channel.name} does not bring {wanted.what}.", hint=f"It brings {takes}.")
    if wanted.what is What.DAILY_FIGURES and (wanted.categories or wanted.courses):
        raise WrongUse(
            "Daily figures are of the whole school, not of single courses.",
            hint="Leave --category and --course out, or choose --what course-report.",
        )
    language_of(wanted.language)
    next_at = next_instant(wanted.cron, delivery.timezone, now) if wanted.cron else None
    return NewRecipient(
        **{
            **{name: getattr(wanted, name) for name in NewRecipient.__dataclass_fields__},
            "resolved_address": channel.resolve(wanted.address),
            "next_at": next_at,
        }
    )


def add_rights(
    connection: Connection, wanted: NewRecipient, *, of_whom: str, groups: Collection[str]
) -> NewRecipient:
    """Return a recipient with its owner, and the role, person and groups that bound it.

    Args:
        connection: reads the staff and the groups.
        wanted: as a person gave it; without a role, who gets reports of groups is a curator, and
            anybody else an admin.
        of_whom: the person of the staff whose groups a curator gets; empty = the one whose login,
            email or chat the address is.
        groups: the ids or names of the only groups that an admin or a reader gets.

    Raises:
        WrongUse: the role gets no such thing, or there is no such person or group.
    """
    wanted = replace(wanted, owner_id=find_owner(connection, wanted.added_by))
    default = Role.CURATOR if wanted.what is What.GROUP_REPORT or of_whom else Role.ADMIN
    role = Role(wanted.role or default)
    if wanted.what not in sent_to(role):
        possible = ", ".join(sent_to(role)) or "nothing"
        raise WrongUse(f"A {role} gets no {wanted.what}.", hint=f"Possible: {possible}.")
    if role is Role.CURATOR:
        if groups:
            hint = (
                "Give --role admin or --role reader, or `gradeline staff grant` them to somebody."
            )
            raise WrongUse("A curator gets the own groups, and no others.", hint=hint)
        member = _find_curator(connection, of_whom or wanted.address)
        return replace(wanted, role=role, staff_id=member.staff_id)
    if of_whom:
        raise WrongUse(f"A {role} gets what the role sees, not what {of_whom} looks after.")
    if groups and wanted.what is not What.GROUP_REPORT:
        raise WrongUse(f"{wanted.what} has no groups.", hint="--group is for group-report.")
    return replace(wanted, role=role, groups=find_groups(connection, groups))


def _find_curator(connection: Connection, name: str) -> StaffMember:
    try:
        member = find_member(connection, name)
    except WrongUse as error:
        hint = (
            "Name the curator with --for, add them with `gradeline staff add`, or give"
            " --role admin (all groups, with names) or --role reader (without names)."
        )
        raise WrongUse(error.what, hint=hint) from error
    if member.role != Role.CURATOR:
        hint = f"Give --role {member.role}; --category, --course and --group bound what they get."
        raise WrongUse(f"{member} is {member.role} and has no own groups.", hint=hint)
    return member


def sync_addressees(connection: Connection, delivery: Delivery, language: str) -> list[str]:
    """Make recipients of those whom settings name, and remove those whom they no longer do.

    Returns:
        What kept an addressee from becoming a recipient, one sentence each.
    """
    known = [one for one in recipients.ls(connection) if one.origin == _SETTINGS]
    there = {(one.channel, one.address, one.what) for one in known}
    named = {(one.channel, one.address, one.what) for one in delivery.addressees}
    for gone in known:
        if (gone.channel, gone.address, gone.what) not in named:
            recipients.remove(connection, gone.recipient_id)
    problems = []
    for addressee in delivery.addressees:
        if (addressee.channel, addressee.address, addressee.what) in there:
            continue
        try:
            recipients.put(connection, _recipient_of(delivery, addressee, language))
        except (DeliveryError, WrongUse) as error:
            _log.warning("a recipient named by settings cannot be reached: %s", error)
            problems.append(f"{addressee.channel} {addressee.address}: {error}")
    return problems


def _recipient_of(delivery: Delivery, addressee: Addressee, language: str) -> NewRecipient:
    channel = find_channel(delivery, addressee.channel)
    return NewRecipient(
        channel=addressee.channel,
        address=addressee.address,
        resolved_address=channel.resolve(addressee.address),
        what=addressee.what,
        role="admin",
        language=language,
        origin=_SETTINGS,
        added_by=_SETTINGS,
    )


def find_recipient(connection: Connection, recipient_id: int) -> Recipient:
    """Return the recipient of that number.

    Raises:
        WrongUse: there is none.
    """
    found = recipients.find(connection, recipient_id)
    if found is None:
        raise WrongUse(
            f"There is no recipient {recipient_id}.", hint="`gradeline recipients ls` lists them."
        )
    return found


def resume_recipient(connection: Connection, recipient: Recipient) -> int:
    """Let messages go to a recipient's address again, those that it refused first; how many."""
    with connection.transaction():
        recipients.resume(connection, recipient.recipient_id)
        return messages.requeue_refused(connection, recipient.channel, recipient.resolved_address)
