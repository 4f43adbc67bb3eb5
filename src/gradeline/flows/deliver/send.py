"""Send: each message that is due, once; what became of it is in the ledger.

A try is noted before anything is sent. Where it ended unclear, also because its process was killed,
the service is asked what arrived before anything is repeated; a service that cannot be asked leaves
the message `unknown`, for a person to decide.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta

from gradeline.access.file_links import unsubscribe_url
from gradeline.base.clock import now
from gradeline.base.errors import (
    DeliveryError,
    DeliveryLater,
    DeliveryRefused,
    DeliveryUnknown,
    GradelineError,
)
from gradeline.base.languages import language as language_of
from gradeline.delivery.channel import Channel, Envelope
from gradeline.delivery.fit import fit
from gradeline.delivery.message import Message, Receipt
from gradeline.flows.deliver.content import MessageMaker, NotDue
from gradeline.flows.deliver.course_files import CourseFiles
from gradeline.flows.deliver.linked_files import LinkedFiles
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.parts import Parts
from gradeline.flows.staff import why_ended
from gradeline.records.messages import MessageState, StoredMessage
from gradeline.records.recipients import Recipient, What
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.warehouse import Connection
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.deliveries.messages import TryEnd

_log = logging.getLogger(__name__)

#: Waits after the first, second, third try that the service did not take; then the last again.
_WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
#: So long a message is tried.
_TRIED_FOR = timedelta(days=1)
#: A wait that the service asked for and that is not longer is waited for at once, so many times.
_SHORT_WAIT_S = 30.0
_ROUNDS = 4
#: After a look-up that found nothing the message is sent again so soon.
_AFTER_LOOK_UP_S = 1.0
_OPEN = (MessageState.WAITING, MessageState.SENDING)


def send_due(parts: Parts) -> DeliveryResult:
    """Send every message that is due; an error of one, or of a channel, keeps no other.

    Raises:
        WarehouseError: the ledger cannot be read or written.
    """
    result = DeliveryResult()
    with (
        parts.database.connect(autocommit=True) as connection,
        ChartRenderer() as renderer,
    ):
        sender = _Sender(parts, connection, renderer, result)
        for remaining in reversed(range(_ROUNDS)):
            wait_s = sender.send_round(last=remaining == 0)
            if wait_s is None:
                break
            time.sleep(wait_s)
    return result


class _Sender:
    """Sends messages over one connection, which holds their claims."""

    def __init__(
        self,
        parts: Parts,
        connection: Connection,
        renderer: ChartRenderer,
        result: DeliveryResult,
    ) -> None:
        self._parts = parts
        self._connection = connection
        self._maker = MessageMaker(parts, connection, CourseFiles(parts, connection, renderer))
        self._result = result
        self._journal = parts.delivery.journal

    def send_round(self, *, last: bool) -> float | None:
        """Send what is due; return the seconds until a short wait is over, if there is one."""
        waits = []
        for message_id in messages.due(self._connection, now()):
            if not messages.claim(self._connection, message_id):
                continue
            try:
                wait_s = self._send_claimed(message_id)
            finally:
                messages.release(self._connection, message_id)
            if wait_s is not None and wait_s <= _SHORT_WAIT_S and not last:
                waits.append(wait_s)
            elif wait_s is not None:
                self._result.waiting += 1
        return max(waits, default=None)

    def _send_claimed(self, message_id: int) -> float | None:
        """Send one message unless somebody else just did; return how long it has to wait."""
        stored = messages.find(self._connection, message_id)
        if stored is None or stored.state not in _OPEN or stored.next_try_at > now():
            return None
        channel = self._parts.delivery.channels.get(stored.channel)
        if channel is None:
            self._note_problem(stored, f"The channel {stored.channel} is not set up any more.")
            return _SHORT_WAIT_S + 1
        end = self._end_of(stored, channel)
        messages.end_try(self._connection, message_id, end)
        self._journal.end(message_id, end)
        self._result.kept.pop(message_id, None)
        if end.state is MessageState.SENT:
            self._result.sent[stored.channel] = self._result.sent.get(stored.channel, 0) + 1
            _log.info("message %d went through %s", message_id, stored.channel)
        elif end.error and end.state is not MessageState.DROPPED:
            self._note_problem(stored, end.error)
            if end.state not in _OPEN and stored.what is not What.ALERT:
                self._result.given_up[message_id] = self._result.kept[message_id]
        if end.state is not MessageState.WAITING and end.state is not MessageState.SENDING:
            return None
        return max(0.0, ((end.next_try_at or now()) - now()).total_seconds())

    def _end_of(self, stored: StoredMessage, channel: Channel) -> TryEnd:
        """Make a message, and send it or look up what an earlier try did; say how that ended."""
        number = stored.recipient_id
        recipient = None if number is None else recipients.find(self._connection, number)
        if recipient is None:
            return TryEnd(state=MessageState.DROPPED, error="The recipient was removed.")
        ended = why_ended(self._connection, recipient)
        if ended:
            return TryEnd(state=MessageState.DROPPED, error=ended)
        try:
            made = self._maker.make(stored, recipient)
            if isinstance(made, NotDue):
                return TryEnd(state=MessageState.DROPPED, error=made.reason)
            envelope = self._envelope(stored, channel, recipient, made)
        except GradelineError as error:
            _log.warning("message %d cannot be made: %s", stored.message_id, error)
            return self._wait(stored, str(error))
        if stored.state is MessageState.SENDING:
            return self._look_up(stored, channel, envelope, "A try was interrupted.")
        return self._try(stored, channel, envelope)

    def _envelope(
        self, stored: StoredMessage, channel: Channel, recipient: Recipient, made: Message
    ) -> Envelope:
        if not channel.traits.keeps_folders:
            named = tuple(replace(doc, name=doc.full_name) for doc in made.documents)
            made = replace(made, documents=named)

        def record_step(step: str, provider_id: str) -> None:
            messages.record_step(self._connection, stored.message_id, step, provider_id)
            self._journal.step(stored.message_id, step, provider_id)

        return Envelope(
            key=stored.key,
            address=stored.address,
            message=self._fitted(stored, channel, recipient, made),
            done=stored.done_steps,
            record_step=record_step,
        )

    def _fitted(
        self, stored: StoredMessage, channel: Channel, recipient: Recipient, made: Message
    ) -> Message:
        """Return a message as its channel takes it, with the addresses that we serve."""
        language, links = language_of(recipient.language), self._parts.delivery.links
        if links is None:
            return fit(made, channel.limits, language)
        files = LinkedFiles(links, self._parts.lake, self._connection)
        url = unsubscribe_url(recipient.recipient_id, links.keys, links.public_url)
        return fit(
            replace(made, unsubscribe_url=url),
            channel.limits,
            language,
            lambda document: files.link_to(stored, recipient, document),
        )

    def _try(self, stored: StoredMessage, channel: Channel, envelope: Envelope) -> TryEnd:
        self._journal.begin(stored)
        messages.begin_try(self._connection, stored.message_id)
        try:
            receipt = _guarded_send(channel, envelope)
            if receipt.moved_to:
                old = (stored.channel, stored.address)
                recipients.move(self._connection, *old, receipt.moved_to)
            return _sent(receipt)
        except DeliveryRefused as refused:
            return self._refuse(stored, refused)
        except DeliveryLater as later:
            return self._wait(stored, str(later), later.retry_after_s)
        except DeliveryUnknown as unclear:
            done = messages.find(self._connection, stored.message_id)
            again = replace(envelope, done=done.done_steps if done else envelope.done)
            return self._look_up(stored, channel, again, str(unclear))

    def _look_up(
        self, stored: StoredMessage, channel: Channel, envelope: Envelope, why: str
    ) -> TryEnd:
        """Ask the service whether a message arrived; where it cannot tell, leave it unknown."""
        try:
            found = channel.find(envelope) if channel.traits.can_find else None
        except DeliveryLater as later:  # nothing is known yet: the next try asks again
            wait = self._wait(stored, str(later), later.retry_after_s)
            return replace(wait, state=MessageState.SENDING) if wait.next_try_at else wait
        except DeliveryError as error:
            return self._leave_unknown(stored, f"{why} {error}")
        if found is not None:
            return _sent(found)
        if not channel.traits.can_find:
            return self._leave_unknown(stored, why)
        return self._wait(stored, why, _AFTER_LOOK_UP_S)

    def _leave_unknown(self, stored: StoredMessage, why: str) -> TryEnd:
        if self._parts.delivery.resend_unknown:
            return self._wait(stored, why, _AFTER_LOOK_UP_S)
        hint = "See whether it arrived; if not, `gradeline deliveries retry` sends it again."
        return TryEnd(state=MessageState.UNKNOWN, error=f"{why} {hint}")

    def _refuse(self, stored: StoredMessage, refused: DeliveryRefused) -> TryEnd:
        recipients.pause(self._connection, stored.channel, stored.address, str(refused))
        way_back = (
            f"Nothing more is sent there until `gradeline recipients test {stored.recipient_id}`"
            " succeeds."
        )
        return TryEnd(state=MessageState.REFUSED, error=f"{refused} {way_back}")

    def _wait(self, stored: StoredMessage, why: str, asked_s: float | None = None) -> TryEnd:
        """Return the wait before the next try; after a day of tries, the end of them."""
        if now() - stored.tried_since > _TRIED_FOR:
            hint = "`gradeline deliveries retry` sends it again."
            return TryEnd(state=MessageState.FAILED, error=f"{why} It was tried for a day. {hint}")
        wait = _WAITS[min(stored.tries, len(_WAITS) - 1)]
        if asked_s is not None:
            # Whatever a service asks: it may be more seconds than a date can have.
            wait = timedelta(seconds=min(max(0.0, asked_s), _TRIED_FOR.total_seconds()))
        return TryEnd(state=MessageState.WAITING, error=why, next_try_at=_later(wait))

    def _note_problem(self, stored: StoredMessage, what: str) -> None:
        place = f"{stored.channel} {stored.address} ({stored.what})"
        self._result.kept[stored.message_id] = f"{place}: {what}"


def _guarded_send(channel: Channel, envelope: Envelope) -> Receipt:
    """Send; an error that no channel should raise leaves the outcome unclear."""
    try:
        return channel.send(envelope)
    except GradelineError:
        raise
    except Exception as error:  # noqa: BLE001 - logged, and the message is shown as unknown
        _log.exception("an unexpected error in the channel %s", channel.name)
        raise DeliveryUnknown(
            f"An unexpected error in {channel.name}: {type(error).__name__}.",
            hint="The log has the details; please report them.",
        ) from None


def _later(wait: timedelta) -> datetime:
    return now() + wait


def _sent(receipt: Receipt) -> TryEnd:
    return TryEnd(state=MessageState.SENT, provider_id=receipt.provider_id, url=receipt.url or None)
