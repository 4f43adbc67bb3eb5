"""Deliver: plan what is due at the end of a run, or by the time, and send it."""

from __future__ import annotations

import logging
from dataclasses import replace

from gradeline.base.clock import now
from gradeline.flows.deliver.backups import warn_of_backups
from gradeline.flows.deliver.plan import Occasion, plan_messages, plan_notices
from gradeline.flows.deliver.recipients import sync_addressees
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.parts import Parts
from gradeline.warehouse.deliveries import messages, runs

_log = logging.getLogger(__name__)


def deliver(parts: Parts, occasion: Occasion) -> DeliveryResult:
    """Plan and send all that is due; what was planned before and did not arrive goes along.

    Nothing happens where no channel is set up; elsewhere the run of the occasion is stored first.

    Raises:
        WarehouseError: the ledger cannot be read or written; what was sent is noted.
    """
    if not parts.delivery.channels:
        return DeliveryResult()
    warn_of_backups(parts, occasion.now)
    with parts.database.connect(autocommit=True) as connection:
        if occasion.run is not None:
            runs.put(connection, occasion.run)
        unplanned = sync_addressees(connection, parts.delivery, parts.languages[0])
        planned = plan_messages(connection, parts.delivery, occasion)
        if messages.due(connection, now()):
            parts.save()  # what is sent must be in the ledger that survives
    _log.info("%d messages are due", planned)
    from gradeline.flows.deliver.send import send_due  # brings what draws documents

    sent = send_due(parts)
    with parts.database.connect(autocommit=True) as connection:
        noticed = plan_notices(connection, parts.delivery, sent.given_up)
    if noticed:
        parts.save()  # as above
        sent = sent.followed_by(send_due(parts))
    return replace(sent, unplanned=tuple(unplanned))
