"""What a message says: made when it is sent, for its recipient, from what is published then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, timedelta

import msgspec

from gradeline.access.permissions import NEEDED, Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now, school_day
from gradeline.base.languages import Language, message, plural
from gradeline.base.languages import language as language_of
from gradeline.delivery.message import Document, Message, Table
from gradeline.flows.deliver.course_files import CourseFiles
from gradeline.flows.deliver.lines import course_lines, group_lines, has_figures, titles_without
from gradeline.flows.deliver.plan import name_of_group
from gradeline.flows.parts import Parts
from gradeline.flows.staff import find_member_of, principal_of_recipient
from gradeline.records.course_report import CourseReport
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import Recipient, What
from gradeline.records.run_summary import RunSummary
from gradeline.reports.messages.render import render_message
from gradeline.reports.messages.sparkline import sparkline
from gradeline.reports.messages.values import (
    AlertValues,
    CourseReportsValues,
    DailyFiguresValues,
    DayFigures,
    GroupReportsValues,
    RunResultValues,
    Values,
)
from gradeline.reports.plain_text import clip
from gradeline.warehouse import Connection, results
from gradeline.warehouse.deliveries import messages
from gradeline.warehouse.results import daily

_SPARKLINE_DAYS = 30
#: A run's result names so many courses; where the others' documents are is said.
_COURSES_SHOWN = 10
_PROBLEM_CHARACTERS = 500
_ON_DRIVE = "https://drive.google.com/file/d/{}/view"
_PROBLEMS = plural("{n} problem", "{n} problems")
_SECONDS = plural("{n} second", "{n} seconds")
_MINUTES = plural("{n} minute", "{n} minutes")
_DAILY_TITLE = message("Daily figures")
_DAILY_HEADER = (
    message("Day"),
    message("Attempts"),
    message("Successful"),
    message("Failed"),
    message("Runs"),
    message("Unique users"),
    message("Success rate, %"),
)


@dataclass(frozen=True, kw_only=True)
class NotDue:
    """Why nothing of a message is to be said any more."""

    reason: str = "Nothing of it is due to this recipient any more."


class MessageMaker:
    """Makes messages; a course's files for one kind of reader are made once."""

    def __init__(self, parts: Parts, connection: Connection, files: CourseFiles) -> None:
        self._parts = parts
        self._connection = connection
        self._files = files

    def make(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        """Make a message for its recipient, by the rights that they have now.

        Raises:
            ReportError: a template of the school, or a document, cannot be made.
            LakeError: a document cannot be read.
        """
        makers: Mapping[What, Callable[[StoredMessage, Recipient], Message | NotDue]] = {
            What.COURSE_REPORT: self._course_reports,
            What.GROUP_REPORT: self._group_reports,
            What.DAILY_FIGURES: self._daily_figures,
            What.RUN_RESULT: self._run_result,
            What.ALERT: self._alert,
        }
        if not self._principal_of(recipient).may(NEEDED[stored.what]):
            return NotDue(reason=f"A {recipient.role} gets no {stored.what}.")
        return makers[stored.what](stored, recipient)

    def _principal_of(self, recipient: Recipient) -> Principal:
        today = school_day(now(), self._parts.delivery.timezone)
        return principal_of_recipient(self._connection, recipient, today)

    def _course_reports(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        """Make the reports that the recipient may see now and of which no newer one is planned."""
        newer = messages.newer_documents(self._connection, stored.message_id)
        principal = self._principal_of(recipient)
        course_ids = [
            due.document
            for due in stored.documents
            if due.document not in newer and principal.sees_course(due.document)
        ]
        reports = [
            self._files.course(course_id, principal)
            for course_id in course_ids
            if self._files.is_published(course_id)
        ]
        if not reports:
            return NotDue()
        language = language_of(recipient.language)
        instants = [each.as_of for each in reports if each.as_of is not None]
        values = CourseReportsValues(
            courses=tuple(course_lines(each, language) for each in reports if has_figures(each)),
            empty=titles_without(reports),
            as_of=language.instant(max(instants, default=None), self._parts.delivery.timezone),
            hidden_names=not principal.sees_names,
        )
        made = self._render("course-report", values, language)
        return replace(made, documents=tuple(self._documents(reports, principal, language)))

    def _group_reports(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        """Make the reports of those groups of the message that the recipient may see now."""
        newer = messages.newer_documents(self._connection, stored.message_id)
        due = {each.document for each in stored.documents} - set(newer)
        known = [(course, group) for course, group, _ in results.list_groups(self._connection)]
        principal = self._principal_of(recipient)
        places = [place for place in known if name_of_group(place) in due]
        reports = list(self._files.groups(places, principal))
        if not reports:
            return self._no_group(recipient, principal)
        language = language_of(recipient.language)
        instants = [each.as_of for each in reports if each.as_of is not None]
        values = GroupReportsValues(
            groups=tuple(line for each in reports for line in group_lines(each, language)),
            as_of=language.instant(max(instants, default=None), self._parts.delivery.timezone),
            hidden_names=not principal.sees_names,
        )
        made = self._render("group-report", values, language)
        return replace(made, documents=tuple(self._documents(reports, principal, language)))

    def _no_group(self, recipient: Recipient, principal: Principal) -> NotDue:
        """Say why a recipient gets no report of a group."""
        if principal.role is not Role.CURATOR:
            return NotDue()
        member = find_member_of(self._connection, recipient)
        if member is None:
            return NotDue(reason="Whose groups these were is of the staff no more.")
        if member.role != Role.CURATOR:
            return NotDue(reason=f"{member} is {member.role} and no curator any more.")
        return NotDue(reason=f"{member} looks after none of these groups any more.")

    def _documents(
        self, reports: list[CourseReport], principal: Principal, language: Language
    ) -> Iterator[Document]:
        for report in reports:
            yield from self._files.documents(report, principal, language.code)

    def _daily_figures(self, stored: StoredMessage, recipient: Recipient) -> Message:
        language = language_of(recipient.language)
        days = [date.fromisoformat(due.document) for due in stored.documents]
        last = max(days)
        first = last - timedelta(days=_SPARKLINE_DAYS - 1)
        by_day = {each.day: each for each in daily.read_days(self._connection, first, last)}
        attempts = [
            by_day[day].attempts if day in by_day else None
            for day in (first + timedelta(days=n) for n in range(_SPARKLINE_DAYS))
        ]
        figures = by_day.get(last)
        values = DailyFiguresValues(
            day=language.day(last),
            timezone=self._parts.delivery.timezone,
            figures=_day_figures(figures, language) if figures else None,
            first_day=language.day(first),
            sparkline=sparkline(attempts),
            problems=_problems(stored.content.get("problems", ())),
        )
        made = self._render("daily-figures", values, language)
        return replace(made, table=self._daily_table(days, language))

    def _daily_table(self, days: list[date], language: Language) -> Table:
        rows = daily.read_days(self._connection, min(days), max(days))
        return Table(
            title=language.say(_DAILY_TITLE),
            header=tuple(map(language.say, _DAILY_HEADER)),
            rows=tuple(astuple(row) for row in rows if row.day in days),
        )

    def _run_result(self, stored: StoredMessage, recipient: Recipient) -> Message:
        language = language_of(recipient.language)
        principal = self._principal_of(recipient)
        run = msgspec.convert(stored.content["run"], RunSummary)
        ids = [each for each in run.recalculated if principal.scope.covers(each)]
        shown = [each for each in ids if self._files.is_published(each)][:_COURSES_SHOWN]
        reports = [self._files.course(each, principal) for each in shown]
        links = messages.files(self._connection, "drive", recipient.role)
        zone = self._parts.delivery.timezone
        values = RunResultValues(
            failed=run.failed,
            started_at=language.instant(run.started_at, zone),
            ended_at=language.instant(run.ended_at, zone),
            took=_duration(run.started_at, run.ended_at, language),
            stored=language.number(run.stored),
            quarantined=language.number(run.quarantined),
            recalculated=language.number(len(run.recalculated)),
            documents=language.number(run.documents),
            problems=_problems(run.problems),
            problems_count=language.say_n(_PROBLEMS, len(run.problems)),
            courses=tuple(
                replace(course_lines(each, language), links=tuple(_links(each, links)))
                for each in reports
                if has_figures(each)
            ),
            empty=titles_without(reports),
            more_courses=language.number(len(ids) - len(shown)) if len(ids) > len(shown) else "",
            store=f"{self._parts.lake.url.removeprefix('file:').rstrip('/')}/reports",
        )
        return self._render("run-result", values, language)

    def _alert(self, stored: StoredMessage, recipient: Recipient) -> Message:
        language = language_of(recipient.language)
        run = msgspec.convert(stored.content["run"], RunSummary)
        values = AlertValues(
            problems=_problems(run.problems),
            problems_count=language.say_n(_PROBLEMS, len(run.problems)),
        )
        return self._render("alert", values, language)

    def _render(self, name: str, values: Values, language: Language) -> Message:
        own = self._parts.delivery.templates
        rendered = render_message(name, values, language.code, own)
        return Message(subject=rendered.subject, text=rendered.text, html=rendered.html)


def _links(report: CourseReport, files: Mapping[str, str]) -> Iterator[str]:
    """Yield name and address of each of the course's files on Drive."""
    for path, file_id in files.items():
        folder, _, name = path.rpartition("/")
        if folder == f"{report.category}/{report.course}":
            yield f"{name}: {_ON_DRIVE.format(file_id)}"


def _day_figures(row: daily.DailyStatistics, language: Language) -> DayFigures:
    rate = None if row.success_rate is None else row.success_rate / 100
    return DayFigures(
        attempts=language.number(row.attempts),
        successful=language.number(row.successful),
        failed=language.number(row.failed),
        runs=language.number(row.runs),
        unique_users=language.number(row.unique_users),
        success_rate=language.percent(rate),
    )


def _problems(problems: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(clip(each, _PROBLEM_CHARACTERS) for each in problems)


def _duration(started_at: datetime, ended_at: datetime, language: Language) -> str:
    seconds = round((ended_at - started_at).total_seconds())
    if seconds < 120:
        return language.say_n(_SECONDS, seconds)
    return language.say_n(_MINUTES, round(seconds / 60))
