"""Find the courses to compute again: those whose numbers depend on something that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pyarrow as pa

from gradeline.metrics import Terms
from gradeline.metrics.daily import SOURCE as GRADED
from gradeline.records.course_links import NO_COURSE_LINKS, CourseLinks
from gradeline.records.slices import Slice
from gradeline.records.tables import LEARNERS
from gradeline.warehouse.results.builds import SCHOOL
from gradeline.warehouse.slices.entry import FactObject

#: Between the two parts of a key: what there is beside lists of learners, and these.
_PARTS = "."


@dataclass(frozen=True, kw_only=True)
class LearnerLists:
    """The lists of learners: facts that say who people are, and not in what course."""

    sources: frozenset[str]  #: the sources that have one
    key: str  #: digest of all of them; "" where there are none


#: Course ids → digest of what the lists say about the people of each.
PeopleOf = Callable[[frozenset[str]], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All that numbers can depend on, as it was at one moment."""

    #: the ledger's list of fact objects, each with the courses that its facts count for
    facts: Sequence[FactObject]
    latest: Mapping[Slice, datetime | None]  #: slice → newest instant among its facts, UTC
    links: pa.Table  #: source, external_id, learner_id (text): the links that people made
    known: Mapping[str, str]  #: course id, or SCHOOL → key of the numbers that are published
    courses: CourseLinks = NO_COURSE_LINKS  #: which courses of sources are one

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of the sources that have facts, e.g. `files`."""
        return frozenset(fact.slice.source.partition(":")[0] for fact in self.facts)

    @property
    def lists(self) -> LearnerLists:
        """Return the lists of learners that there are."""
        found = [fact for fact in self.facts if _is_list(fact)]
        return LearnerLists(
            sources=frozenset(fact.slice.source for fact in found),
            key=digest(*_contents(found)) if found else "",
        )

    def round_terms(self, terms: Terms) -> Terms:
        """Return terms that give the same numbers and stay the same for the whole day.

        Expressions compiled for one instant of a day then serve the others. Where facts are
        later than as-of, the terms stay as they are: the instant decides which facts count.
        """
        return terms if _has_later(self.facts, self, terms) else terms.to_day_end()


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a refresh has to compute."""

    compute: frozenset[str]  #: courses to compute
    gone: frozenset[str]  #: courses with results and without facts
    #: course id, or SCHOOL → its new key; those of courses lack their people (`with_people`)
    keys: Mapping[str, str]
    whole: bool  #: whether `compute` is all the courses there are
    kinds: frozenset[str]  #: kinds of the sources that have facts

    @property
    def courses(self) -> frozenset[str]:
        """Return the courses whose results change."""
        return self.compute | self.gone

    def without(self, course_ids: frozenset[str]) -> Work:
        """Return the work without these courses, which stay as they are until the next run."""
        if not course_ids:
            return self
        return replace(
            self,
            compute=self.compute - course_ids,
            # The school keeps its old key, so that the next run looks again.
            keys={id_: key for id_, key in self.keys.items() if id_ not in {*course_ids, SCHOOL}},
            whole=False,
        )

    def with_people(self, people: Mapping[str, str]) -> Work:
        """Return the work with whole keys.

        Args:
            people: every course to compute → digest of what the lists say about its people.
        """
        whole = {id_: f"{self.keys[id_]}{_PARTS}{people[id_]}" for id_ in self.compute}
        return replace(self, keys={**self.keys, **whole})


def find_work(
    snapshot: Snapshot,
    courses: pa.Table,
    terms: Terms,
    people_of: PeopleOf,
    *,
    chosen: frozenset[str] | None,
    full: bool,
) -> Work | None:
    """Find what there is to compute; None = nothing.

    Args:
        snapshot: what numbers can depend on.
        courses: course_id (text) and ends_on (date) of every course there is.
        terms: what the numbers depend on beside facts.
        people_of: reads facts; called for courses that nothing but a list of learners may have
            changed.
        chosen: only look at these courses; None = all.
        full: compute as if nothing had been computed before.
    """
    keys = compute_keys(snapshot, courses, terms)
    candidates = frozenset(keys) - {SCHOOL}
    if chosen is not None:
        candidates &= chosen
    gone = frozenset(snapshot.known) - frozenset(keys) if chosen is None else frozenset()
    published = {} if full else snapshot.known
    compute = candidates - _find_unchanged(candidates, keys, published, people_of)
    if chosen is not None and not compute:
        return None
    if chosen is None and published.get(SCHOOL) == keys[SCHOOL] and not compute and not gone:
        return None
    # After some courses alone the school keeps its old key, so the next whole run looks again.
    new_keys = {id_: keys[id_] for id_ in compute}
    return Work(
        compute=compute,
        gone=gone,
        whole=len(compute) == len(keys) - 1,
        kinds=snapshot.kinds,
        keys=new_keys | ({SCHOOL: keys[SCHOOL]} if chosen is None else {}),
    )


def _find_unchanged(
    candidates: frozenset[str],
    keys: Mapping[str, str],
    published: Mapping[str, str],
    people_of: PeopleOf,
) -> frozenset[str]:
    """Return the courses of which nothing that they depend on changed."""
    before = {id_: key.partition(_PARTS) for id_, key in published.items()}
    same = frozenset(id_ for id_ in candidates if id_ in before and before[id_][0] == keys[id_])
    # Only a build of all courses has the key of the school: what it says of lists holds for each.
    lists = keys[SCHOOL].partition(_PARTS)[2]
    if not same or (SCHOOL in before and before[SCHOOL][2] == lists):
        return same
    people = people_of(same)
    return frozenset(id_ for id_ in same if before[id_][2] == people[id_])


def compute_keys(snapshot: Snapshot, courses: pa.Table, terms: Terms) -> Mapping[str, str]:
    """Compute the key of every course, and of the school as a whole (SCHOOL).

    A key changes whenever facts, settings, definitions or the course's today change. That of a
    course is without lists of learners; that of the school ends with them.

    Args:
        snapshot: what numbers can depend on.
        courses: course_id (text) and ends_on (date) of every course there is.
        terms: what the numbers depend on beside facts.
    """
    shared = (terms.key(), digest(*map(str, snapshot.links.to_pylist())))
    ends = dict(zip(courses["course_id"].to_pylist(), courses["ends_on"].to_pylist(), strict=True))
    by_course: dict[str, list[FactObject]] = {course_id: [] for course_id in ends}
    everywhere = []
    for fact in snapshot.facts:
        if fact.courses is None and not _is_list(fact):
            everywhere.append(fact)
        for course_id in fact.courses or ():
            by_course.setdefault(course_id, []).append(fact)
    keys = {
        course_id: digest(
            *shared,
            *map(repr, snapshot.courses.touching(course_id)),
            # A course that ends today is still running, one that ended yesterday is finished.
            *(
                (str(terms.today), "running")
                if ends[course_id] is None or terms.today <= ends[course_id]
                else (str(ends[course_id]), "finished")
            ),
            *_content_of([*everywhere, *by_course[course_id]], snapshot, terms),
        )
        for course_id in ends
    }
    # The grader's days go on to today, whether or not anybody submitted anything.
    days = (str(terms.today),) if GRADED in snapshot.kinds else ()
    school = digest(*shared, *days, *_content_of(snapshot.facts, snapshot, terms))
    return keys | {SCHOOL: f"{school}{_PARTS}{snapshot.lists.key}"}


def _is_list(fact: FactObject) -> bool:
    """Whether it is a list of learners, which touches only the courses that name these."""
    return fact.courses is None and fact.slice.stream == LEARNERS.name


def _content_of(facts: Sequence[FactObject], snapshot: Snapshot, terms: Terms) -> Sequence[str]:
    """Return the facts by content; and as-of where some are later, so that it decides."""
    as_of = terms.as_of.isoformat() if _has_later(facts, snapshot, terms) else ""
    return [*_contents(facts), as_of]


def _contents(facts: Sequence[FactObject]) -> list[str]:
    return sorted(f"{fact.slice} {fact.checksum or fact.key}" for fact in facts)


def _has_later(facts: Sequence[FactObject], snapshot: Snapshot, terms: Terms) -> bool:
    """Whether some of these facts are later than as-of."""
    instants = (snapshot.latest.get(fact.slice) for fact in facts)
    return any(instant is not None and instant > terms.as_of for instant in instants)


def digest(*parts: str) -> str:
    """Return the digest of texts in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
