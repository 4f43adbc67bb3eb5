"""Propose courses to join: those of different systems with the same title or the same learners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import ibis
import ibis.expr.types as ir

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.records.course_list import CourseList, plain
from gradeline.records.ids import normalize_email
from gradeline.sources import KINDS
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.slices import ledger

#: Fewer common learners, or a smaller share of the smaller course, may be chance.
_LEAST_LEARNERS = 3
_LEAST_SHARE = 0.5
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class SystemCourse:
    """A course as the facts show it."""

    course_id: str
    sources: frozenset[str]  #: those with facts of it
    title: str | None = None
    learners: frozenset[str] = frozenset()  #: their e-mails, of those without one their ids


@dataclass(frozen=True, kw_only=True)
class CourseProposal:
    """Two courses of different systems that are likely one."""

    course_id: str  #: the one that would have both
    other_id: str  #: the one that would count for it
    also: tuple[str, ...]  #: what to write under its `also:`
    same_title: bool
    common: int  #: learners of both
    share: float  #: of the learners of the smaller one; 0 where it has none

    @property
    def line(self) -> str:
        """What to paste into the entry of the course in cursos.yml."""
        quoted = ", ".join(f'"{text}"' for text in self.also)
        return f"also: [{quoted}]"


def propose_courses(parts: Parts) -> Sequence[CourseProposal]:
    """Propose pairs of courses that are likely one.

    Raises:
        LakeError, EngineError, WarehouseError: the facts cannot be read.
    """
    with parts.database.connect() as connection:
        facts, links = ledger.snapshot(connection), read_course_links(connection)
    sources: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        source = fact.slice.source
        if not KINDS[source.partition(":")[0]].replaces_plans:
            for course_id in fact.count_for(links).courses or ():
                sources[course_id].add(source)
    with canonical_session(parts) as (session, canonical):
        titles = session.run(canonical["courses"].select("course_id", "title")).to_pylist()
        people = session.run(_learners(canonical)).to_pylist()
    title_of = {row["course_id"]: row["title"] for row in titles}
    learners: dict[str, set[str]] = defaultdict(set)
    for row in people:
        learners[row["course_id"]].add(normalize_email(row["email"] or "") or row["learner_id"])
    return match_courses(
        [
            SystemCourse(
                course_id=course_id,
                sources=frozenset(found),
                title=title_of.get(course_id),
                learners=frozenset(learners[course_id]),
            )
            for course_id, found in sources.items()
        ],
        parts.choices.book,
    )


def _learners(canonical: Mapping[str, ir.Table]) -> ir.Table:
    """Return who was enrolled or seen in each course: course_id, learner_id, email."""
    members = canonical["memberships"].filter(canonical["memberships"].role == "learner")
    seen = [
        table.select("course_id", "learner_id").filter(table.course_id.notnull())
        for table in (members, canonical["attempts"], canonical["events"])
    ]
    people = canonical["learners"].group_by("learner_id")
    emails = people.agg(email=canonical["learners"].email.max())
    return (
        ibis.union(*seen, distinct=True)
        .left_join(emails, "learner_id")
        .select("course_id", "learner_id", "email")
    )


def match_courses(courses: Iterable[SystemCourse], book: CourseList) -> Sequence[CourseProposal]:
    """Find pairs of courses of different systems with equal titles or the same learners.

    Titles are compared without case, accents and punctuation. Of courses with common learners
    only those are a pair of which each has more in common with the other than with any third.

    Args:
        courses: all that there are.
        book: cursos.yml; of a pair the course that is in it has the other.
    """
    ordered = sorted(courses, key=lambda course: _rank(course, book))
    pairs = [
        (one, other)
        for one, other in combinations(ordered, 2)
        if one.sources.isdisjoint(other.sources)
    ]
    best = _best_by_learners(pairs)
    found = [
        _proposal(one, other)
        for one, other in pairs
        if _title(one) == _title(other)
        or (
            best.get(one.course_id) == other.course_id
            and best.get(other.course_id) == one.course_id
        )
    ]
    # A course counts for one other: of several it is the first with the same title, then any.
    found.sort(key=lambda each: not each.same_title)
    return tuple(_once(found))


def _rank(course: SystemCourse, book: CourseList) -> tuple[bool, bool, str]:
    """Say which of two courses has the other: one of cursos.yml, one with a title, the first."""
    return book.of_course(course.course_id) is None, course.title is None, course.course_id


def _title(course: SystemCourse) -> str:
    name = course.title or course.course_id.partition("/")[2] or course.course_id
    return _SIGNS.sub("", plain(name)) or name


def _best_by_learners(pairs: Iterable[tuple[SystemCourse, SystemCourse]]) -> Mapping[str, str]:
    """Return for each course the one of another system that has most of its learners."""
    best: dict[str, tuple[float, int, str]] = {}
    for one, other in pairs:
        common = len(one.learners & other.learners)
        share = _share(one, other)
        if common < _LEAST_LEARNERS or share < _LEAST_SHARE:
            continue
        # Of equal shares the pair counts whose courses have the fewest learners apart.
        both = common / len(one.learners | other.learners)
        for own, third in ((one, other), (other, one)):
            rank = (both, common, third.course_id)
            best[own.course_id] = max(best.get(own.course_id, rank), rank)
    return {course_id: other for course_id, (_, _, other) in best.items()}


def _share(one: SystemCourse, other: SystemCourse) -> float:
    smaller = min(len(one.learners), len(other.learners))
    return len(one.learners & other.learners) / smaller if smaller else 0.0


def _proposal(one: SystemCourse, other: SystemCourse) -> CourseProposal:
    return CourseProposal(
        course_id=one.course_id,
        other_id=other.course_id,
        also=tuple(f"{source}:{other.course_id}" for source in sorted(other.sources)),
        same_title=_title(one) == _title(other),
        common=len(one.learners & other.learners),
        share=_share(one, other),
    )


def _once(found: Iterable[CourseProposal]) -> Iterator[CourseProposal]:
    """Yield the pairs in which no course counts for two others, or for one that counts itself."""
    joined: set[str] = set()
    having: set[str] = set()
    for each in found:
        if each.other_id in joined | having or each.course_id in joined:
            continue
        joined.add(each.other_id)
        having.add(each.course_id)
        yield each
