"""Diagnose delivery: which channels are set up, and what would keep messages from each address."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.base.plurals import count
from gradeline.flows.deliver.recipients import sync_addressees
from gradeline.flows.parts import Parts
from gradeline.flows.upkeep.diagnose import Finding, Verdict
from gradeline.records.messages import MessageState
from gradeline.records.recipients import Recipient
from gradeline.warehouse.deliveries import messages, recipients

#: Every channel, in the order of the page about settings.
_CHANNELS = ("email", "sheets", "drive", "slack", "telegram", "webhook")
#: States in which a message waits for a person.
_WAITING = (MessageState.UNKNOWN, MessageState.REFUSED, MessageState.FAILED)


def diagnose_delivery(parts: Parts) -> Iterator[Finding]:
    """Yield what was found about channels, recipients and messages; nothing is sent.

    Whom a setting names becomes a recipient, as a run would do it. Equal addresses are asked once.
    """
    off = [name for name in _CHANNELS if name not in parts.delivery.channels]
    if off:
        text = f"Not set up: {', '.join(off)}. `gradeline settings` lists what each needs."
        yield Finding(what="channels", verdict=Verdict.GOOD, message=text)
    if not parts.delivery.channels:
        return
    on = (
        f"{name} as {channel.identity}" if channel.identity else name
        for name, channel in sorted(parts.delivery.channels.items())
    )
    yield Finding(what="channels", verdict=Verdict.GOOD, message=f"Set up: {', '.join(on)}.")
    with parts.database.connect(autocommit=True) as connection:
        for problem in sync_addressees(connection, parts.delivery, parts.languages[0]):
            yield Finding(what="recipients", verdict=Verdict.BAD, message=problem)
        asked: dict[tuple[str, str], tuple[str, ...]] = {}
        for recipient in recipients.ls(connection):
            yield _finding(recipient, parts, asked)
        again = [one for one in messages.ls(connection, state=MessageState.WAITING) if one.error]
        if again:
            text = f"{count(len(again), 'message')} tried again by itself: {again[0].error}"
            yield Finding(what="deliveries", verdict=Verdict.WARN, message=text)
        for state in _WAITING:
            found = messages.ls(connection, state=state, limit=1_000)
            if found:
                see = f"`gradeline deliveries ls --state {state}`"
                text = f"{count(len(found), 'message')} {state}: see {see}."
                yield Finding(what="deliveries", verdict=Verdict.WARN, message=text)


def _finding(
    recipient: Recipient, parts: Parts, asked: dict[tuple[str, str], tuple[str, ...]]
) -> Finding:
    place = (recipient.channel, recipient.resolved_address)
    channel = parts.delivery.channels.get(recipient.channel)
    if channel is None:
        wrong: tuple[str, ...] = (f"The channel {recipient.channel} is not set up.",)
    else:
        if place not in asked:
            asked[place] = tuple(map(str, channel.check(recipient.resolved_address)))
        wrong = asked[place]
    if recipient.paused_because:
        back = f"`gradeline recipients test {recipient.recipient_id}` ends the pause."
        wrong = (*wrong, f"Paused: {recipient.paused_because} {back}")
    if recipient.is_unsubscribed:
        ended = "They unsubscribed. `gradeline recipients add` with the same address ends that."
        return Finding(what=str(recipient), verdict=Verdict.WARN, message=ended)
    if wrong:
        return Finding(what=str(recipient), verdict=Verdict.BAD, message=" ".join(wrong))
    return Finding(what=str(recipient), verdict=Verdict.GOOD, message="The address takes messages.")
