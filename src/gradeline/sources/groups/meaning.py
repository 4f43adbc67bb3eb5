"""Whom and which course a line of people's groups means."""

from __future__ import annotations

from gradeline.records.course_list import plain
from gradeline.records.directory import Directory, spelled
from gradeline.records.ids import normalize_id


def find_learners(known: Directory, text: str) -> frozenset[str]:
    """Return the learners that an id or e-mail means; several only for an e-mail.

    Raises:
        KeyError: nobody is known by it.
        ValueError: an id that several learners have in their systems; a code, then words.
    """
    found = known.learners.get(spelled(text), frozenset())
    if not found:
        raise KeyError(text)
    if len(found) > 1 and "@" not in text:
        several = ", ".join(sorted(found))
        raise ValueError(f"ambiguous: learner {text!r} is {several}; write one of them")
    return found


def find_course(known: Directory, text: str) -> str:
    """Return the course of that id or title; case and accents make no difference.

    Raises:
        ValueError: no course, or several, are called so; a code, then words.
    """
    found = known.courses.get(plain(normalize_id(text)), frozenset())
    if not found:
        raise ValueError(f"unknown_course: no course has the id or title {text!r}")
    if len(found) > 1:
        several = ", ".join(sorted(found))
        raise ValueError(f"ambiguous: course {text!r} is {several}; write one of them")
    return next(iter(found))
