"""Which courses have to be computed anew: those whose numbers depend on something else now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from gradeline.metrics import Terms
from gradeline.metrics.daily import SOURCE as GRADED
from gradeline.records.slices import Slice
from gradeline.warehouse.results.builds import SCHOOL
from gradeline.warehouse.slices.entry import FactObject


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All that numbers can depend on, as it was at one moment."""

    facts: Sequence[FactObject]  #: the ledger's list of fact objects
    latest: Mapping[Slice, datetime | None]  #: slice → newest instant among its facts
    links: pa.Table  #: the links that people made between learners
    known: Mapping[str, str]  #: course id, or SCHOOL → key of the numbers that are published

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of sources that there are facts of."""
        return frozenset(each.slice.source.partition(":")[0] for each in self.facts)

    def settled(self, terms: Terms) -> Terms:
        """Terms that give the same numbers and are the same all day, unless facts lie ahead.

        What is made and compiled for one instant of a day then serves the others.
        """
        return terms if _cut(self.facts, self, terms) else terms.to_day_end()


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is to be computed and what it will depend on."""

    compute: frozenset[str]  #: courses to compute
    gone: frozenset[str]  #: courses with results and without facts
    keys: Mapping[str, str]  #: course id, or SCHOOL → its new key
    whole: bool  #: whether these are all the courses there are
    kinds: frozenset[str]  #: kinds of sources that there are facts of

    @property
    def courses(self) -> frozenset[str]:
        """Courses whose results will be others."""
        return self.compute | self.gone


def work(
    snapshot: Snapshot,
    courses: pa.Table,
    terms: Terms,
    *,
    chosen: frozenset[str] | None,
    full: bool,
) -> Work | None:
    """What there is to compute among the chosen courses (null = all); null = nothing.

    Args:
        snapshot: what numbers can depend on.
        courses: course_id and ends_on of every course there is.
        terms: what the numbers depend on beside facts.
        chosen: courses to look at.
        full: count as if nothing had been computed before.
    """
    now = course_keys(snapshot, courses, terms)
    looked = frozenset(now) - {SCHOOL}
    if chosen is not None:
        looked &= chosen
    gone = frozenset(snapshot.known) - frozenset(now) if chosen is None else frozenset()
    known = {} if full else snapshot.known
    compute = frozenset(each for each in looked if known.get(each) != now[each])
    if chosen is not None and not compute:
        return None
    if chosen is None and known.get(SCHOOL) == now[SCHOOL] and not compute and not gone:
        return None
    # Some courses alone leave the school's own key unsaid, so the next whole run looks again.
    said = {each: now[each] for each in compute}
    return Work(
        compute=compute,
        gone=gone,
        whole=len(compute) == len(now) - 1,
        kinds=snapshot.kinds,
        keys=said | ({SCHOOL: now[SCHOOL]} if chosen is None else {}),
    )


def course_keys(snapshot: Snapshot, courses: pa.Table, terms: Terms) -> Mapping[str, str]:
    """The key of every course, and of the school as a whole.

    It changes whenever facts, settings, definitions or the course's today change.
    """
    shared = (terms.key(), _digest(*map(str, snapshot.links.to_pylist())))
    by_course: dict[str, list[FactObject]] = {
        course_id: [] for course_id in courses["course_id"].to_pylist()
    }
    everywhere = []
    for each in snapshot.facts:
        if each.courses is None:
            everywhere.append(each)
        for course_id in each.courses or ():
            by_course.setdefault(course_id, []).append(each)
    ends = dict(zip(courses["course_id"].to_pylist(), courses["ends_on"].to_pylist(), strict=True))
    found = {
        course_id: _digest(
            *shared,
            # A course that ends today is not finished yet, one that ended yesterday is.
            *(
                (str(terms.today), "running")
                if ends[course_id] is None or terms.today <= ends[course_id]
                else (str(ends[course_id]), "finished")
            ),
            *_told([*everywhere, *by_course[course_id]], snapshot, terms),
        )
        for course_id in ends
    }
    # The grader's days go on to today, whether or not anybody tried anything.
    days = (str(terms.today),) if GRADED in snapshot.kinds else ()
    school = _digest(*shared, *days, *_told(snapshot.facts, snapshot, terms))
    return found | {SCHOOL: school}


def _told(facts: Sequence[FactObject], snapshot: Snapshot, terms: Terms) -> Sequence[str]:
    """The facts by content; and as-of, where some of them are later and so do not exist."""
    told = sorted(f"{each.slice} {each.checksum or each.key}" for each in facts)
    return [*told, terms.as_of.isoformat() if _cut(facts, snapshot, terms) else ""]


def _cut(facts: Sequence[FactObject], snapshot: Snapshot, terms: Terms) -> bool:
    """Whether some of these facts are later than as-of."""
    instants = (snapshot.latest.get(each.slice) for each in facts)
    return any(each is not None and each > terms.as_of for each in instants)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
