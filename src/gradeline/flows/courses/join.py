"""Join courses: what `also:` of cursos.yml says, as links between courses of sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gradeline.flows.courses.cursos_yml import FILE, Choices
from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.records.course_list import CourseEntry, CourseList, plain
from gradeline.sources import KINDS
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.course_links import replace_course_links
from gradeline.warehouse.learners import forgotten
from gradeline.warehouse.slices import ledger

#: Source → the ids of courses that its facts have.
CoursesOfSources = Mapping[str, Collection[str]]


@dataclass(frozen=True, kw_only=True)
class JoinedCourses:
    """What the `also:` of all courses say."""

    links: CourseLinks
    mistakes: Mapping[str, str]  #: course id → what is wrong with its `also:`
    as_before: frozenset[str]  #: courses whose links stay as they were, for that is wrong
    unused: tuple[str, ...]  #: ids of `also:` that no fact has, each with its course


def store_course_links(database: Database, sources: Iterable[str], choices: Choices) -> Choices:
    """Store what `also:` says now, and return the choices with the mistakes that are in it.

    Of a course with a mistake the links stay as they were.

    Args:
        database: the warehouse.
        sources: names of the sources that settings name.
        choices: cursos.yml as it is now.
    """
    with database.connect() as connection:
        found = read_joined(connection, sources, choices.book)
        replace_course_links(connection, found.links, keep=found.as_before)
    return choices.with_mistakes(found.mistakes)


def read_joined(connection: Connection, sources: Iterable[str], book: CourseList) -> JoinedCourses:
    """Read what `also:` says of the courses of these sources and of those the ledger knows."""
    courses: dict[str, set[str]] = defaultdict(set)
    for source in (*sources, *forgotten.sources(connection)):
        if not KINDS[source.partition(":")[0]].replaces_plans:
            courses[source] = set()
    for fact in ledger.snapshot(connection):
        if fact.slice.source in courses:
            courses[fact.slice.source].update(fact.courses or ())
    return find_joined(book, courses)


def find_joined(book: CourseList, courses: CoursesOfSources) -> JoinedCourses:
    """Find the links that the entries of cursos.yml ask for, and what is wrong with them.

    Args:
        book: the courses of cursos.yml.
        courses: every source there is, with the ids of courses that its facts have.
    """
    spelled = {plain(each): each for ids in courses.values() for each in sorted(ids)}
    links: list[CourseLink] = []
    wrong: dict[str, list[str]] = defaultdict(list)
    unused: list[str] = []
    claims: dict[tuple[str, str], str] = {}
    for entry in book.courses:
        own = spelled.get(plain(entry.course_id), entry.course_id)
        for text in entry.also:
            found = _links_of(own, text, courses)
            wrong[entry.course_id] += _mistakes(entry, text, found, book, courses)
            if found and not any(link.external_id in courses[link.source] for link in found):
                unused.append(f"{text} of {entry.course_id}")
            for link in found:
                first = claims.setdefault((link.source, plain(link.external_id)), entry.course_id)
                if first != entry.course_id:
                    for one, other in ((first, entry.course_id), (entry.course_id, first)):
                        wrong[one].append(f"{text} is under `also:` of {other}, too")
                links.append(link)
    mistakes = {
        course_id: f"{FILE}: {course_id}: {'; '.join(dict.fromkeys(whys))}."
        for course_id, whys in wrong.items()
        if whys
    }
    wrong_courses = frozenset(spelled.get(plain(each), each) for each in mistakes)
    right = tuple(sorted({link for link in links if link.course_id not in wrong_courses}))
    return JoinedCourses(
        links=CourseLinks(links=right),
        mistakes=mistakes,
        as_before=wrong_courses,
        unused=tuple(unused),
    )


def _links_of(course_id: str, text: str, courses: CoursesOfSources) -> Sequence[CourseLink]:
    """Return the links of one text under `also:`, `source:id` or `kind:id`; of the longest name."""
    named = [source for source in courses if text.startswith(f"{source}:")]
    kind, _, _ = text.partition(":")
    of_kind = [source for source in courses if source.partition(":")[0] == kind]
    name = max(named, key=len, default=kind)
    external = text.removeprefix(f"{name}:")
    if not (named or of_kind) or external in (text, ""):
        return ()
    return [
        CourseLink(course_id=course_id, source=source, external_id=spelled)
        for source in (of_kind if name == kind else [name])
        for spelled in _spellings(external, courses[source])
    ]


def _spellings(course_id: str, known: Collection[str]) -> Sequence[str]:
    """Return an id as facts spell it; accents and case make no difference."""
    same = sorted(each for each in known if plain(each) == plain(course_id))
    return [course_id] if course_id in same or not same else same


def _mistakes(
    entry: CourseEntry,
    text: str,
    found: Sequence[CourseLink],
    book: CourseList,
    courses: CoursesOfSources,
) -> Iterator[str]:
    """Yield what is wrong with one text under `also:`."""
    if not found:
        known = ", ".join(sorted(courses)) or "none yet"
        yield f"{text} under `also:` does not begin with a source; known are {known}"
        return
    external = plain(found[0].external_id)
    if external == plain(entry.course_id):
        yield f"{text} under `also:` is the course itself; remove it"
        return
    other = next((each for each in book.courses if plain(each.course_id) == external), None)
    if other is not None and other.also:
        yield (
            f"{text} under `also:` has `also:` itself; write all ids under one of the two courses"
        )
