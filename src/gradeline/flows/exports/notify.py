"""Tell whoever asked for it that an export is ready, or that it cannot be made."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from gradeline.access.file_links import file_url
from gradeline.base.errors import DeliveryError, DeliveryLater, GradelineError
from gradeline.base.languages import language as language_of
from gradeline.delivery.channel import Channel, Envelope
from gradeline.delivery.message import Message
from gradeline.flows.parts import Delivery, Links, Parts
from gradeline.records.exports import ExportNotice
from gradeline.reports.messages.render import render_message
from gradeline.reports.messages.values import ExportReadyValues
from gradeline.warehouse import Connection, staff
from gradeline.warehouse.exports import work

_log = logging.getLogger(__name__)

#: So long a service that takes nothing now is tried again.
_TRIED_FOR = timedelta(days=1)


def send_notices(parts: Parts, now: datetime) -> int:
    """Send the notices that are due, each once; returns how many were sent.

    That one is sent is noted before it is: one whose sending was interrupted may not have arrived,
    and is not sent twice.

    Raises:
        WarehouseError: the database cannot be read or written.
    """
    links = parts.delivery.links
    if links is None:
        return 0
    with parts.database.connect(autocommit=True) as connection:
        due = work.take_untold(connection)
        return sum(_send(parts.delivery, links, connection, one, now) for one in due)


def _send(
    delivery: Delivery, links: Links, connection: Connection, one: ExportNotice, now: datetime
) -> bool:
    found = _channel_and_address(delivery, connection, one)
    if found is None:
        _log.warning("export %s: nobody can be told: no address is known", one.export_id)
        return False
    channel, address = found
    try:
        message = _message(delivery, links, connection, one, now)
        key = f"gradeline-export-{one.export_id}"
        channel.send(Envelope(key=key, address=channel.resolve(address), message=message))
    except DeliveryLater as later:
        _log.warning("export %s: its notice waits: %s", one.export_id, later)
        if now - one.requested_at < _TRIED_FOR:
            work.untell(connection, one.export_id)
        return False
    except (DeliveryError, GradelineError) as error:
        _log.warning("export %s: its notice was not sent: %s", one.export_id, error)
        return False
    return True


def _channel_and_address(
    delivery: Delivery, connection: Connection, one: ExportNotice
) -> tuple[Channel, str] | None:
    """Return the way to whoever asked: their own address, or the webhook that they named."""
    channel = delivery.channels.get(one.channel)
    address: str | None = one.address
    if not address:
        people = staff.find(connection, login=one.requested_by, email=one.requested_by)
        member = people[0] if len(people) == 1 else None
        address = None
        if member is not None:
            address = member.email if one.channel == "email" else member.chat
    return None if channel is None or not address else (channel, address)


def _message(
    delivery: Delivery, links: Links, connection: Connection, one: ExportNotice, now: datetime
) -> Message:
    language = language_of(one.language)
    link = None if one.error else work.link_for(connection, one.export_id, links.lives)
    values = ExportReadyValues(
        group=one.group_id,
        asked_at=language.instant(one.requested_at, delivery.timezone),
        file=one.file_name or "",
        url="" if link is None else file_url(link, links.keys, links.public_url, now),
        until="" if link is None else language.instant(link.expires_at, delivery.timezone),
        problem=one.error or "",
    )
    rendered = render_message("export-ready", values, one.language, delivery.templates)
    return Message(subject=rendered.subject, text=rendered.text, html=rendered.html)
