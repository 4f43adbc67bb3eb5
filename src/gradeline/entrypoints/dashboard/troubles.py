"""Troubles: what went wrong at the installation, in the words of its errors, and what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from gradeline.base.languages import message
from gradeline.records.messages import MessageState, StoredMessage
from gradeline.records.recipients import Recipient
from gradeline.records.schedules import Schedule
from gradeline.records.slices import State
from gradeline.warehouse.backups import BackupNote
from gradeline.warehouse.operation import SourceState, TroubledSlice

#: What is due and not begun for so long is overdue: a worker looks every second.
_LATE_AFTER = timedelta(minutes=15)
#: Messages that nobody sends again by themselves.
STUCK = (MessageState.UNKNOWN, MessageState.REFUSED, MessageState.FAILED)
_SLICE: Mapping[State, str] = MappingProxyType(
    {
        State.HELD: message("{what} is on hold: too many of its records are broken."),
        State.FAILED: message("{what} could not be loaded. The next run tries again."),
    }
)
_MESSAGE: Mapping[MessageState, str] = MappingProxyType(
    {
        MessageState.UNKNOWN: message("Message {what} may have arrived, or not."),
        MessageState.REFUSED: message("Message {what} was refused."),
        MessageState.FAILED: message("Message {what} did not arrive."),
    }
)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something that a person must see to."""

    text: str  #: a message with `{what}`
    what: str  #: what it is about
    detail: str = ""  #: in the words of the error
    commands: tuple[str, ...] = ()  #: what to type
    post: str = ""  #: the address that a button posts to; empty = there is none
    button: str = ""  #: a message: what it says


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What troubles are read from."""

    now: datetime
    stale_since: datetime | None
    workers: int  #: that live
    slices: Sequence[TroubledSlice] = ()
    sources: Sequence[SourceState] = ()
    messages: Sequence[StoredMessage] = ()
    recipients: Sequence[Recipient] = ()
    schedules: Sequence[Schedule] = ()
    backup: BackupNote | None = field(default=None)  #: the newest one


def find_troubles(signs: Signs) -> tuple[Trouble, ...]:
    """Return what a person must see to, what stops most first."""
    return (
        *_of_workers(signs),
        *(_of_slice(each) for each in signs.slices),
        *_of_quarantine(signs.sources),
        *_of_schedules(signs),
        *(_of_message(each) for each in signs.messages),
        *_of_recipients(signs.recipients),
        *_of_backup(signs.backup),
    )


def _of_workers(signs: Signs) -> Iterator[Trouble]:
    if not signs.workers:
        yield Trouble(
            text=message("No worker runs: nothing is collected, computed or sent by itself."),
            what="",
            commands=("gradeline worker",),
        )
    if signs.stale_since is not None:
        yield Trouble(
            text=message("Figures are out of date since {what}."),
            what=f"{signs.stale_since:%Y-%m-%d %H:%M} UTC",
            commands=("gradeline run",),
        )


def _of_slice(each: TroubledSlice) -> Trouble:
    name = shlex.quote(str(each.slice))
    commands = (f"gradeline slices release {name}", f"gradeline slices drop {name}")
    return Trouble(
        text=_SLICE[each.state],
        what=str(each.slice),
        detail=each.reason,
        commands=commands if each.state is State.HELD else (),
    )


def _of_quarantine(sources: Sequence[SourceState]) -> Iterator[Trouble]:
    for each in sources:
        if each.quarantined:
            yield Trouble(
                text=message("Records of {what} were rejected and wait in quarantine."),
                what=each.source,
                commands=(f"gradeline quarantine replay --source {shlex.quote(each.source)}",),
            )


def _of_schedules(signs: Signs) -> Iterator[Trouble]:
    for each in signs.schedules:
        if each.problem:
            yield Trouble(
                text=message("The last run of the schedule {what} had problems."),
                what=each.name,
                detail=each.problem,
            )
        elif each.paused_at is None and each.next_at < signs.now - _LATE_AFTER:
            yield Trouble(text=message("The schedule {what} is overdue."), what=each.name)


def _of_message(each: StoredMessage) -> Trouble:
    return Trouble(
        text=_MESSAGE[each.state],
        what=f"{each.message_id} ({each.channel} {each.address})",
        detail=each.error or "",
        post=f"/operations/messages/{each.message_id}/retry",
        button=message("Send again"),
    )


def _of_recipients(known: Sequence[Recipient]) -> Iterator[Trouble]:
    for each in known:
        if each.paused_because:
            yield Trouble(
                text=message("Nothing is sent to {what} until somebody tries the address."),
                what=str(each),
                detail=each.paused_because,
                commands=(f"gradeline recipients test {each.recipient_id}",),
            )


def _of_backup(backup: BackupNote | None) -> Iterator[Trouble]:
    if backup is not None and backup.problem:
        yield Trouble(
            text=message("The backup {what} is not good."),
            what=backup.backup_id,
            detail=backup.problem,
        )
