"""Which courses of sources are one course, as people say under `also:` in cursos.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, kw_only=True, order=True)
class CourseLink:
    """One course of one source, and the course that its facts count for."""

    course_id: str  #: the course that has them
    source: str  #: e.g. `grader`
    external_id: str  #: the course's id among the facts of that source


@dataclass(frozen=True, kw_only=True)
class CourseLinks:
    """All such links; an id that none names is that of its own course."""

    links: tuple[CourseLink, ...] = field(default=())

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], str]:
        return {(link.source, link.external_id): link.course_id for link in self.links}

    def joined(self, source: str, course_id: str) -> str:
        """Return the course that facts of a source with this course id count for."""
        return self._by_place.get((source, course_id), course_id)

    def join_all(self, source: str, course_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the courses that facts of a source with these course ids count for, sorted."""
        return tuple(sorted({self.joined(source, course_id) for course_id in course_ids}))

    def ids_at(self, source: str, course_ids: Iterable[str]) -> frozenset[str]:
        """Return the ids under which a source may have these courses."""
        wanted = frozenset(course_ids)
        return wanted | {
            link.external_id
            for link in self.links
            if link.source == source and link.course_id in wanted
        }

    def touching(self, course_id: str) -> tuple[CourseLink, ...]:
        """Return the links that bring facts to a course or take them from it, sorted."""
        return tuple(
            sorted(link for link in self.links if course_id in (link.course_id, link.external_id))
        )

    def of_kind(self, kind: str) -> tuple[CourseLink, ...]:
        """Return the links of courses of all sources of a kind."""
        return tuple(link for link in self.links if link.source.partition(":")[0] == kind)


NO_COURSE_LINKS = CourseLinks()
