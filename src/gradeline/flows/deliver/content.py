"""What a message says: made when it is sent, for its recipient, from what is published then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import chain

import msgspec

from gradeline.access.permissions import NEEDED, Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now, school_day
from gradeline.base.languages import NOTHING, Language, message, plural
from gradeline.base.languages import language as language_of
from gradeline.delivery.message import Cell, Message, Table
from gradeline.flows.deliver.course_files import CourseFiles
from gradeline.flows.deliver.course_summary import CourseSummary
from gradeline.flows.deliver.plan import name_of_group
from gradeline.flows.deliver.redact import shows_day, visible_problems
from gradeline.flows.parts import Parts
from gradeline.flows.staff import find_member_of, principal_of_recipient
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import Recipient, What
from gradeline.records.run_summary import RunProblem, RunSummary
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
            if due.document not in newer and principal.scope.covers(due.document)
        ]
        language = language_of(recipient.language)
        published = [each for each in course_ids if self._files.is_published(each)]
        courses = [self._files.summary(each, principal, language) for each in published]
        if not courses:
            return NotDue()
        instants = [each.as_of for each in courses if each.as_of is not None]
        values = CourseReportsValues(
            courses=tuple(each.lines for each in courses if each.has_figures),
            empty=(*_without_figures(courses), *(x for x in course_ids if x not in published)),
            as_of=language.instant(max(instants, default=None), self._parts.delivery.timezone),
            hidden_names=not principal.sees_names,
        )
        made = self._render("course-report", values, language)
        files = (self._files.documents(each, principal, language.code) for each in courses)
        return replace(made, documents=tuple(chain.from_iterable(files)))

    def _group_reports(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        """Make the reports of those groups of the message that the recipient may see now."""
        newer = messages.newer_documents(self._connection, stored.message_id)
        due = {each.document for each in stored.documents}.difference(newer)
        known = [(course, group) for course, group, _ in results.list_groups(self._connection)]
        places = [place for place in known if name_of_group(place) in due]
        language, principal = language_of(recipient.language), self._principal_of(recipient)
        groups = list(self._files.groups(places, principal, language))
        if not groups:
            return self._no_group(recipient, principal)
        instants = [each.as_of for each in groups if each.as_of is not None]
        values = GroupReportsValues(
            groups=tuple(each.lines for each in groups),
            as_of=language.instant(max(instants, default=None), self._parts.delivery.timezone),
            hidden_names=not principal.sees_names,
        )
        made = self._render("group-report", values, language)
        files = (self._files.documents(each, principal, language.code) for each in groups)
        return replace(made, documents=tuple(chain.from_iterable(files)))

    def _no_group(self, recipient: Recipient, principal: Principal) -> NotDue:
        """Say why a recipient gets no report of a group."""
        if principal.role is not Role.CURATOR:
            return NotDue()
        member = find_member_of(self._connection, recipient)
        if member is not None and member.role != Role.CURATOR:
            return NotDue(reason=f"{member} is {member.role} and no curator any more.")
        return NotDue(reason=f"{member} looks after none of these groups any more.")

    def _daily_figures(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        language, principal = language_of(recipient.language), self._principal_of(recipient)
        if not principal.scope.is_everything:
            return NotDue()  # they are of the whole school
        days = [date.fromisoformat(due.document) for due in stored.documents]
        last = max(days)
        first = last - timedelta(days=_SPARKLINE_DAYS - 1)
        by_day = {each.day: each for each in daily.read_days(self._connection, first, last)}
        shown = {day: row.attempts for day, row in by_day.items() if shows_day(row, principal)}
        line = [shown.get(first + timedelta(days=n)) for n in range(_SPARKLINE_DAYS)]
        figures = by_day.get(last)
        problems = msgspec.convert(stored.content.get("problems", ()), tuple[RunProblem, ...])
        values = DailyFiguresValues(
            day=language.day(last),
            timezone=self._parts.delivery.timezone,
            figures=_day_figures(figures, principal, language) if figures else None,
            hidden=len(shown) < len(by_day),
            first_day=language.day(first),
            sparkline=sparkline(line),
            problems=_clipped(visible_problems(problems, principal, language)),
        )
        made = self._render("daily-figures", values, language)
        return replace(made, table=self._daily_table(days, principal, language))

    def _daily_table(self, days: list[date], principal: Principal, language: Language) -> Table:
        rows = daily.read_days(self._connection, min(days), max(days))
        return Table(
            title=language.say(_DAILY_TITLE),
            header=tuple(map(language.say, _DAILY_HEADER)),
            rows=tuple(_cells(row, principal) for row in rows if row.day in days),
        )

    def _run_result(self, stored: StoredMessage, recipient: Recipient) -> Message:
        language = language_of(recipient.language)
        principal = self._principal_of(recipient)
        run = msgspec.convert(stored.content["run"], RunSummary)
        ids = [each for each in run.recalculated if principal.scope.covers(each)]
        shown = [each for each in ids if self._files.is_published(each)][:_COURSES_SHOWN]
        courses = [self._files.summary(each, principal, language) for each in shown]
        links = messages.files(self._connection, "drive", recipient.role)
        zone = self._parts.delivery.timezone
        everything = principal.scope.is_everything
        problems = visible_problems(run.problems, principal, language)
        values = RunResultValues(
            failed=bool(problems),
            started_at=language.instant(run.started_at, zone),
            ended_at=language.instant(run.ended_at, zone),
            took=_duration(run.started_at, run.ended_at, language),
            stored=language.number(run.stored) if everything else "",
            quarantined=language.number(run.quarantined) if everything else "",
            recalculated=language.number(len(ids)),
            documents=language.number(run.documents) if everything else "",
            problems=_clipped(problems),
            problems_count=language.say_n(_PROBLEMS, len(problems)),
            courses=tuple(
                replace(each.lines, links=tuple(_links(each, links)))
                for each in courses
                if each.has_figures
            ),
            empty=_without_figures(courses),
            more_courses=language.number(len(ids) - len(shown)) if len(ids) > len(shown) else "",
            store=f"{self._parts.lake.url.removeprefix('file:').rstrip('/')}/reports",
        )
        return self._render("run-result", values, language)

    def _alert(self, stored: StoredMessage, recipient: Recipient) -> Message | NotDue:
        language = language_of(recipient.language)
        stored_problems = msgspec.convert(stored.content["problems"], tuple[RunProblem, ...])
        problems = visible_problems(stored_problems, self._principal_of(recipient), language)
        if not problems:
            return NotDue()
        values = AlertValues(
            problems=_clipped(problems),
            problems_count=language.say_n(_PROBLEMS, len(problems)),
        )
        return self._render("alert", values, language)

    def _render(self, name: str, values: Values, language: Language) -> Message:
        own = self._parts.delivery.templates
        rendered = render_message(name, values, language.code, own)
        return Message(subject=rendered.subject, text=rendered.text, html=rendered.html)


def _without_figures(courses: Sequence[CourseSummary]) -> tuple[str, ...]:
    return tuple(each.lines.title for each in courses if not each.has_figures)


def _links(course: CourseSummary, files: Mapping[str, str]) -> Iterator[str]:
    """Yield name and address of each of the course's files on Drive."""
    for path, file_id in files.items():
        folder, _, name = path.rpartition("/")
        if folder == "/".join(course.folder):
            yield f"{name}: {_ON_DRIVE.format(file_id)}"


def _cells(row: daily.DailyStatistics, principal: Principal) -> tuple[Cell, ...]:
    """Return the cells of a day; where it is hidden, its figures are unknown."""
    # As the mail shows it: 66.66666666666667 says no more.
    rate = None if row.success_rate is None else round(row.success_rate, 1)
    day, *figures = astuple(replace(row, success_rate=rate))
    return (day, *(figures if shows_day(row, principal) else [None] * len(figures)))


def _day_figures(
    row: daily.DailyStatistics, principal: Principal, language: Language
) -> DayFigures:
    if not shows_day(row, principal):
        return DayFigures(**dict.fromkeys((each.name for each in fields(DayFigures)), NOTHING))
    rate = None if row.success_rate is None else row.success_rate / 100
    return DayFigures(
        attempts=language.number(row.attempts),
        successful=language.number(row.successful),
        failed=language.number(row.failed),
        runs=language.number(row.runs),
        unique_users=language.number(row.unique_users),
        success_rate=language.percent(rate),
    )


def _clipped(problems: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clip(each, _PROBLEM_CHARACTERS) for each in problems)


def _duration(started_at: datetime, ended_at: datetime, language: Language) -> str:
    seconds = round((ended_at - started_at).total_seconds())
    if seconds < 120:
        return language.say_n(_SECONDS, seconds)
    return language.say_n(_MINUTES, round(seconds / 60))
