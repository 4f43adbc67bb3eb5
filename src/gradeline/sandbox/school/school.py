"""The school that all twins serve: a third of module AAA of OULAD, as it ships with Gradeline.

Learners, courses, items, enrolments and submissions are those of the Open University, their days
counted from the course's real start. What OULAD does not hold (names, titles, the second within a
day, mail addresses, ids in other systems) is made up, always in the same way.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from gradeline.sandbox.school.names import name_of
from gradeline.sandbox.school.wording import CourseTexts, wording_of

#: One learner in three: enough to fill pages, few enough to request one by one.
_EVERY = 3
#: Letter of a presentation → the month in which it starts.
_STARTS_IN = {"B": 2, "J": 10}


@lru_cache(maxsize=4096)
def digest(*what: object) -> str:
    """Return forty hex digits, equal for equal arguments."""
    return hashlib.sha1("\n".join(map(str, what)).encode(), usedforsecurity=False).hexdigest()


def share(*what: object) -> float:
    """Return a number from 0 up to 1, equal for equal arguments."""
    return int(digest(*what)[:12], 16) / 16**12


@dataclass(frozen=True, kw_only=True)
class Learner:
    """One person, with the ids of each system."""

    number: int  #: OULAD's id_student

    @property
    def name(self) -> str:
        """What people call the person; made up."""
        return name_of(self.number)

    @property
    def email(self) -> str:
        """The address in every system."""
        return f"learner{self.number}@example.org"

    @property
    def username(self) -> str:
        """The person's user name."""
        return f"learner{self.number}"

    @property
    def anonymous_id(self) -> str:
        """The person's id in the grader: 32 hex digits."""
        return digest("anonymous", self.number)[:32]

    @property
    def object_id(self) -> str:
        """The person's id at LearnWorlds: 24 hex digits."""
        return digest("object", self.number)[:24]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One assessment of a course."""

    number: int  #: OULAD's id_assessment
    kind: str  #: TMA or Exam
    due: int  #: days after the course's start; the last day for an exam
    weight: int

    @property
    def object_id(self) -> str:
        """Its id at LearnWorlds: 24 hex digits."""
        return digest("item", self.number)[:24]

    @property
    def block(self) -> str:
        """The id of its block in the grader's course: 32 hex digits."""
        return digest("block", self.number)[:32]


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """One person in one course."""

    learner: Learner
    at: datetime
    left: datetime | None
    result: str  #: Pass, Fail, Withdrawn or Distinction


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One piece of work handed in."""

    learner: Learner
    item: Item
    at: datetime
    score: int | None  #: 0 to 100


@dataclass(frozen=True, kw_only=True)
class Course:
    """One presentation of the module."""

    module: str
    presentation: str  #: 2013J
    starts: date
    days: int
    items: tuple[Item, ...]
    enrolments: tuple[Enrolment, ...]
    submissions: tuple[Submission, ...]  #: by time

    @property
    def slug(self) -> str:
        """Its id at LearnWorlds."""
        return self.wording.slug

    @property
    def title(self) -> str:
        """Its title."""
        return self.wording.title

    @property
    def wording(self) -> CourseTexts:
        """What the school calls it, its work and its groups."""
        return wording_of(self.module, self.presentation)

    def title_of(self, item: Item) -> str:
        """Return the title of one of its items."""
        place = self.items.index(item)
        titles = self.wording.assessments[place : place + 1]
        return titles[0] if titles else f"{item.kind} {place + 1}"

    @property
    def opened(self) -> datetime:
        """When it was published: a year before it starts."""
        return instant(self.starts, -365, self.presentation)


def instant(start: date, day: int, *what: object) -> datetime:
    """Return a moment from 8 to 22 h on that day after the start, equal for equal arguments."""
    seconds = 8 * 3600 + int(share("second", *what) * 14 * 3600)
    microseconds = int(share("microsecond", *what) * 1_000_000)
    midnight = datetime.combine(start, time(), tzinfo=UTC) + timedelta(days=day)
    return midnight + timedelta(seconds=seconds, microseconds=microseconds)


@dataclass(frozen=True, kw_only=True)
class School:
    """The school that the twins serve."""

    courses: tuple[Course, ...]

    @cached_property
    def learners(self) -> tuple[Learner, ...]:
        """Every person once, by number."""
        people = {
            enrolment.learner.number: enrolment.learner
            for c in self.courses
            for enrolment in c.enrolments
        }
        return tuple(people[number] for number in sorted(people))

    def course_of(self, day: date) -> Course:
        """Return the presentation that is taught on a day: the two take turns, each October."""
        return self.courses[(day.year if day.month >= _STARTS_IN["J"] else day.year - 1) % 2 - 1]


def shipped() -> Path:
    """Return the folder of module AAA inside the package."""
    return Path(str(files("gradeline") / "sources" / "shipped" / "aaa"))


def read_school(folder: Path | None = None) -> School:
    """Read the school from the CSV files of `folder`, in OULAD's form; AAA by default.

    Raises:
        OSError: a file is not there.
    """
    where = folder or shipped()
    return School(courses=tuple(_course(where, row) for row in _rows(where, "courses", {})))


def _course(folder: Path, row: dict[str, str]) -> Course:
    presentation, days = row["code_presentation"], int(row["module_presentation_length"])
    month = _STARTS_IN[presentation[-1]]
    starts = date(int(presentation[:4]), month, 1)
    this = {"code_module": row["code_module"], "code_presentation": presentation}
    items = tuple(
        Item(
            number=int(item["id_assessment"]),
            kind=item["assessment_type"],
            due=int(item["date"] or days),
            weight=int(item["weight"]),
        )
        for item in _rows(folder, "assessments", this)
    )
    enrolments = tuple(_enrolments(folder, this, starts))
    return Course(
        module=row["code_module"],
        presentation=presentation,
        starts=starts,
        days=days,
        items=items,
        enrolments=enrolments,
        submissions=tuple(_submissions(folder, starts, items, enrolments)),
    )


def _enrolments(folder: Path, this: dict[str, str], starts: date) -> Iterator[Enrolment]:
    results = {row["id_student"]: row["final_result"] for row in _rows(folder, "studentInfo", this)}
    for row in _rows(folder, "studentRegistration", this):
        number = int(row["id_student"])
        if number % _EVERY:
            continue
        key = (starts.isoformat(), number)
        left = row["date_unregistration"]
        yield Enrolment(
            learner=Learner(number=number),
            at=instant(starts, int(row["date_registration"] or 0), "enrolled", *key),
            left=instant(starts, int(left), "left", *key) if left else None,
            result=results[row["id_student"]],
        )


def _submissions(
    folder: Path, starts: date, items: tuple[Item, ...], enrolments: tuple[Enrolment, ...]
) -> list[Submission]:
    known = {str(item.number): item for item in items}
    people = {str(enrolment.learner.number): enrolment.learner for enrolment in enrolments}
    submissions = [
        Submission(
            learner=people[row["id_student"]],
            item=known[row["id_assessment"]],
            at=instant(starts, int(row["date_submitted"]), row["id_student"], row["id_assessment"]),
            score=int(row["score"]) if row["score"] else None,
        )
        for row in _rows(folder, "studentAssessment", {})
        # What was carried over from another course was not done in this one.
        if row["id_assessment"] in known and row["id_student"] in people and row["is_banked"] == "0"
    ]
    return sorted(submissions, key=lambda submission: (submission.at, submission.learner.number))


def _rows(folder: Path, table: str, where: dict[str, str]) -> Iterator[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if all(row[name] == value for name, value in where.items()):
                yield row
