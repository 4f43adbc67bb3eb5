"""Plan: which documents are due to which recipients now; each becomes part of one message."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from gradeline.access.permissions import Role, sent_to
from gradeline.access.principals import Principal
from gradeline.base.clock import now, school_day
from gradeline.base.languages import language as language_of
from gradeline.flows.deliver.redact import sees_all_problems, visible_problems
from gradeline.flows.parts import Delivery
from gradeline.flows.staff import principal_of_recipient, why_ended
from gradeline.jobs.schedule import next_instant
from gradeline.records.messages import DocumentDue
from gradeline.records.recipients import Recipient, What
from gradeline.records.run_summary import RunProblem, RunSummary
from gradeline.warehouse import Connection, results
from gradeline.warehouse.deliveries import messages, recipients, runs
from gradeline.warehouse.results import daily, documents
from gradeline.warehouse.results.documents import Place

#: What an alert is sent of, once, and what is wrong.
_Notice = tuple[DocumentDue, RunProblem]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What gives rise to messages: the end of a run, or the time."""

    now: datetime
    as_of: datetime | None = None  #: what counts as today for daily figures; None = `now`
    run: RunSummary | None = None  #: the run that has ended; None = no run
    what: frozenset[What] = frozenset(What)  #: of what is due after a run, only this
    courses: frozenset[str] | None = None  #: of reports, only those of these courses; None = all


def name_of_group(place: Place) -> str:
    """Return what the ledger of deliveries calls the report of a group of a course."""
    return " ".join(place)


def plan_messages(connection: Connection, delivery: Delivery, occasion: Occasion) -> int:
    """Store a message for each recipient to whom something new is due; returns how many.

    A recipient with a schedule is due at its instants; one that was missed is caught up once.
    The occasion and its message are one transaction.

    Args:
        connection: in autocommit.
        delivery: the channels and the school's time zone.
        occasion: the run that ended, and the time.
    """
    planned, ended = 0, dict[Recipient, str]()
    for recipient in recipients.ls(connection):
        may_get = recipient.what in sent_to(Role(recipient.role))
        is_open = recipient.channel in delivery.channels and not recipient.is_unsubscribed
        if not is_open or not may_get:
            continue
        why = why_ended(connection, recipient)
        with connection.transaction():
            due = _take_occasion(connection, delivery, recipient, occasion)
            if why:
                ended[recipient] = why
            if due is None or why:
                continue
            documents_due, content = due
            number = messages.put(connection, recipient.recipient_id, documents_due, content)
            planned += number is not None
    return planned + _notify(connection, delivery, map(_notice_of_end, ended.items()))


def _notice_of_end(ended: tuple[Recipient, str]) -> _Notice:
    """Return the alert that is sent once of a recipient whose owner, or curator, is gone."""
    recipient, why = ended
    number = recipient.recipient_id
    return DocumentDue(document=f"recipient {number}", occasion="ended"), RunProblem(
        what=f"Nothing is sent to {recipient} any more",
        reason=f"{why} `gradeline recipients add` adds them again, `gradeline recipients rm"
        f" {number}` removes them.",
    )


def plan_notices(connection: Connection, delivery: Delivery, ended: Mapping[int, str]) -> int:
    """Store an alert for each message that was given up, once; returns how many are to be sent.

    Args:
        connection: in autocommit.
        delivery: the channels.
        ended: number of a message that nobody tries again by itself → why.
    """
    notices = (
        (
            DocumentDue(document=f"message {message_id}", occasion="given up"),
            RunProblem(what=f"Message {message_id} did not arrive", reason=why),
        )
        for message_id, why in ended.items()
    )
    return _notify(connection, delivery, notices)


def plan_stale_notice(connection: Connection, delivery: Delivery, since: datetime) -> int:
    """Store an alert that figures are out of date, once for each time; how many are to be sent.

    Args:
        connection: in autocommit.
        delivery: the channels.
        since: when it was last found that they are up to date.
    """
    due = DocumentDue(document="figures", occasion=since.isoformat())
    problem = RunProblem(
        what=f"Figures are as of {since:%Y-%m-%d %H:%M} UTC, and are shown as stale",
        reason="Nothing computed them again for a day. `gradeline worker` keeps them up to date;"
        " if one runs, its log says what went wrong.",
    )
    return plan_alert(connection, delivery, due, problem)


def plan_alert(
    connection: Connection, delivery: Delivery, due: DocumentDue, problem: RunProblem
) -> int:
    """Store an alert, once for what is due; to how many it goes.

    Args:
        connection: in autocommit.
        delivery: the channels.
        due: what it is about, and which occasion of it.
        problem: what people are told.
    """
    return _notify(connection, delivery, [(due, problem)])


def _notify(connection: Connection, delivery: Delivery, notices: Iterable[_Notice]) -> int:
    """Store alerts, each once; they go to those who get alerts after each run of everything."""
    planned, alerts = 0, list(notices)
    for recipient in recipients.ls(connection):
        gets_alerts = recipient.what is What.ALERT and not recipient.cron
        today = school_day(now(), delivery.timezone)
        principal = principal_of_recipient(connection, recipient, today)
        if not gets_alerts or not sees_all_problems(principal):
            continue
        if recipient.channel not in delivery.channels or recipient.is_unsubscribed:
            continue
        for due, problem in alerts:
            content = msgspec.to_builtins({"problems": [problem]})
            with connection.transaction():
                number = messages.put(connection, recipient.recipient_id, [due], content)
            planned += number is not None
    return planned


_Due = tuple[Sequence[DocumentDue], dict[str, Any]]


def _take_occasion(
    connection: Connection, delivery: Delivery, recipient: Recipient, occasion: Occasion
) -> _Due | None:
    """Return what is due to a recipient, with a schedule's instant taken; None = nothing is."""
    if not recipient.cron:
        if occasion.run is None or recipient.what not in occasion.what:
            return None
        return _documents_due(connection, delivery, recipient, occasion, due_at=None)
    due_at = recipient.next_at
    if due_at is None or due_at > occasion.now:
        return None
    following = next_instant(recipient.cron, delivery.timezone, occasion.now)
    if not recipients.advance(connection, recipient.recipient_id, due_at=due_at, next_at=following):
        return None
    return _documents_due(connection, delivery, recipient, occasion, due_at=due_at)


def _documents_due(
    connection: Connection,
    delivery: Delivery,
    recipient: Recipient,
    occasion: Occasion,
    due_at: datetime | None,
) -> _Due | None:
    instant = due_at.isoformat() if due_at else ""
    today = school_day(occasion.now, delivery.timezone)
    principal = principal_of_recipient(connection, recipient, today)
    if recipient.what in (What.COURSE_REPORT, What.GROUP_REPORT):
        find = _course_reports if recipient.what is What.COURSE_REPORT else _group_reports
        return list(find(connection, principal, occasion.courses, instant)), {}
    if recipient.what is What.DAILY_FIGURES:
        problems = msgspec.to_builtins({"problems": occasion.run.problems if occasion.run else ()})
        days = _days(connection, delivery, (recipient, principal), occasion, instant)
        return list(days), problems
    run = occasion.run or runs.read_last(connection)
    if run is None:
        return None
    if recipient.what is What.ALERT:
        problems = _problems_told(recipient, principal, run)
        if not problems:
            return None
        digest = _digest(sorted(problems))
        due = DocumentDue(document="problems", occasion=instant or digest)
        return [due], msgspec.to_builtins({"problems": run.problems})
    content = {"run": msgspec.to_builtins(run)}
    return [DocumentDue(document="run", occasion=instant or run.run_id)], content


def _problems_told(
    recipient: Recipient, principal: Principal, run: RunSummary | None
) -> tuple[str, ...]:
    if run is None:
        return ()
    language = language_of(recipient.language)
    return visible_problems(run.problems, principal, language)


def _course_reports(
    connection: Connection, principal: Principal, courses: Collection[str] | None, instant: str
) -> Iterator[DocumentDue]:
    """Yield the courses in the principal's scope that have documents."""
    recorded = documents.read_documents(connection)
    for (course_id, group_id), written in sorted(recorded.items(), key=lambda one: one[0]):
        is_asked = not group_id and (courses is None or course_id in courses)
        if is_asked and principal.scope.covers(course_id):
            yield DocumentDue(document=course_id, occasion=instant or written.key)


def _group_reports(
    connection: Connection, principal: Principal, courses: Collection[str] | None, instant: str
) -> Iterator[DocumentDue]:
    """Yield the groups that the principal may see, each with what its figures depend on."""
    keys = results.course_keys(connection)
    for course_id, group_id, name in results.list_groups(connection):
        is_asked = courses is None or course_id in courses
        if is_asked and principal.sees_group(group_id, course_id):
            place = course_id, group_id
            digest = _digest((keys.get(course_id), *place, name))
            yield DocumentDue(document=name_of_group(place), occasion=instant or digest)


def _days(
    connection: Connection,
    delivery: Delivery,
    asking: tuple[Recipient, Principal],
    occasion: Occasion,
    instant: str,
) -> Iterator[DocumentDue]:
    """Yield every school day for a channel that keeps rows, else the last one that has ended."""
    recipient, principal = asking
    if not principal.scope.is_everything:
        return  # these figures are of the whole school
    today = school_day(occasion.as_of or occasion.now, delivery.timezone)
    if delivery.channels[recipient.channel].traits.keeps_rows:
        for row in daily.read_days(connection, last=today):
            yield DocumentDue(document=row.day.isoformat(), occasion=_digest(astuple(row)))
        return
    yesterday = today - timedelta(days=1)
    figures = daily.read_days(connection, yesterday, yesterday)
    if not figures and not delivery.has_daily_figures:
        return
    digest = _digest((*map(astuple, figures), *_problems_told(recipient, principal, occasion.run)))
    yield DocumentDue(document=yesterday.isoformat(), occasion=instant or digest)


def _digest(text: object) -> str:
    return hashlib.sha256(repr(text).encode()).hexdigest()[:32]
