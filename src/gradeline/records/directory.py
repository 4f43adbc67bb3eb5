"""Who and what a line of people's groups may mean: learners and courses of all systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gradeline.records.course_list import plain
from gradeline.records.ids import normalize_email, normalize_id


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The learners and courses that facts name."""

    learners: Mapping[str, frozenset[str]]  #: id, id in its source or e-mail → ids of learners
    courses: Mapping[str, frozenset[str]]  #: id or title, without accents and case → ids
    #: learner and course of each membership in a group that a system names
    in_groups: frozenset[tuple[str, str]] = frozenset()


def know(
    learners: Iterable[tuple[str, str, str | None]],
    links: Iterable[tuple[str, str, str]],
    courses: Sequence[tuple[str, str | None]],
    in_groups: Iterable[tuple[str, str]] = (),
) -> Directory:
    """Return what lines may mean.

    Args:
        learners: id, source and e-mail of each learner.
        links: source, id there and learner's id, as people linked them.
        courses: id and title of each course, again for each other title that it goes by.
        in_groups: learner and course of each membership in a group that a system names.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for learner_id, source, email in learners:
        names[spelled(learner_id)].add(learner_id)
        own = learner_id.removeprefix(f"{source}:")
        names[spelled(own)].add(learner_id)
        if email:
            names[spelled(email)].add(learner_id)
    for source, external_id, learner_id in links:
        for name in (external_id, f"{source}:{external_id}"):
            names[spelled(name)].add(learner_id)
    titles: dict[str, set[str]] = defaultdict(set)
    for course_id, _ in courses:
        titles[plain(course_id)].add(course_id)
    ids = set(titles)
    for course_id, title in courses:
        if title and plain(normalize_id(title)) not in ids:
            titles[plain(normalize_id(title))].add(course_id)
    return Directory(
        learners={name: frozenset(found) for name, found in names.items()},
        courses={name: frozenset(found) for name, found in titles.items()},
        in_groups=frozenset(in_groups),
    )


def spelled(name: str) -> str:
    """Return an id or e-mail as it is a key of `Directory.learners`."""
    return normalize_email(name) if "@" in name else normalize_id(name)
