"""Who and what a line of people's groups may mean: learners and courses of all systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gradeline.records.course_list import plain
from gradeline.records.ids import normalize_email, normalize_id


@dataclass(frozen=True, kw_only=True)
class Known:
    """The learners and courses that facts name."""

    learners: Mapping[str, frozenset[str]]  #: id, id in its source or e-mail → ids of learners
    courses: Mapping[str, frozenset[str]]  #: id or title, without accents and case → ids
    #: learner and course of each membership in a group that a system names
    in_groups: frozenset[tuple[str, str]] = frozenset()

    def find_learners(self, text: str) -> frozenset[str]:
        """Return the learners that an id or e-mail means; several only for an e-mail.

        Raises:
            KeyError: nobody is known by it.
            ValueError: an id that several learners have in their systems; a code, then words.
        """
        is_email = "@" in text
        found = self.learners.get(_spelled(text), frozenset())
        if not found:
            raise KeyError(text)
        if len(found) > 1 and not is_email:
            several = ", ".join(sorted(found))
            raise ValueError(f"ambiguous: learner {text!r} is {several}; write one of them")
        return found

    def find_course(self, text: str) -> str:
        """Return the course of that id or title; case and accents make no difference.

        Raises:
            ValueError: no course, or several, are called so; a code, then words.
        """
        found = self.courses.get(plain(normalize_id(text)), frozenset())
        if not found:
            raise ValueError(f"unknown_course: no course has the id or title {text!r}")
        if len(found) > 1:
            several = ", ".join(sorted(found))
            raise ValueError(f"ambiguous: course {text!r} is {several}; write one of them")
        return next(iter(found))


def know(
    learners: Iterable[tuple[str, str, str | None]],
    links: Iterable[tuple[str, str, str]],
    courses: Sequence[tuple[str, str | None]],
    in_groups: Iterable[tuple[str, str]] = (),
) -> Known:
    """Return what lines may mean.

    Args:
        learners: id, source and e-mail of each learner.
        links: source, id there and learner's id, as people linked them.
        courses: id and title of each course.
        in_groups: learner and course of each membership in a group that a system names.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for learner_id, source, email in learners:
        names[_spelled(learner_id)].add(learner_id)
        own = learner_id.removeprefix(f"{source}:")
        names[_spelled(own)].add(learner_id)
        if email:
            names[_spelled(email)].add(learner_id)
    for source, external_id, learner_id in links:
        for name in (external_id, f"{source}:{external_id}"):
            names[_spelled(name)].add(learner_id)
    titles: dict[str, set[str]] = defaultdict(set)
    for course_id, _ in courses:
        titles[plain(course_id)].add(course_id)
    ids = set(titles)
    for course_id, title in courses:
        if title and plain(normalize_id(title)) not in ids:
            titles[plain(normalize_id(title))].add(course_id)
    return Known(
        learners={name: frozenset(found) for name, found in names.items()},
        courses={name: frozenset(found) for name, found in titles.items()},
        in_groups=frozenset(in_groups),
    )


def _spelled(name: str) -> str:
    return normalize_email(name) if "@" in name else normalize_id(name)
