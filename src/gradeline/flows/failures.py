"""What goes wrong in one course or one document, noted while the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from gradeline.base.errors import DiskFull, GradelineError, LakeUnavailable, WarehouseError

#: Errors that every course would meet: they end the run.
FATAL = (DiskFull, LakeUnavailable, WarehouseError)
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A course, or a document of it, that failed."""

    course_id: str  #: the course; empty for all of a source
    what: str  #: the course's id, or the key of its document
    reason: str  #: why, and what to do


class Failures:
    """Collects what failed, each with its reason; the log has the stacks."""

    def __init__(self) -> None:
        self._found: list[Failure] = []

    @property
    def found(self) -> tuple[Failure, ...]:
        """Return what failed, in the order in which it was met."""
        return tuple(self._found)

    def has(self, course_id: str) -> bool:
        """Whether something of that course failed."""
        return any(failure.course_id == course_id for failure in self._found)

    def add(self, what: str, error: Exception, *, course_id: str) -> None:
        """Note that a course, or something of it, failed.

        Raises:
            DiskFull, LakeUnavailable, WarehouseError: that is the error, which others would meet.
        """
        if isinstance(error, FATAL):
            raise error
        _log.error("%s failed", what, exc_info=error)
        self._found.append(Failure(course_id=course_id, what=what, reason=_reason_of(error)))

    @contextmanager
    def only(self, course_id: str, what: str = "") -> Iterator[None]:
        """End the block at an error and note it, by default as one of the course as a whole.

        Raises:
            DiskFull, LakeUnavailable, WarehouseError: others would meet the error.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, others go on
            self.add(what or course_id, error, course_id=course_id)


def _reason_of(error: Exception) -> str:
    """Return why something failed, in words for the person who runs Gradeline."""
    if isinstance(error, GradelineError):
        return str(error)
    words = f"{type(error).__name__}: {error}".strip().rstrip(".")
    return f"An unexpected error, {words}. The log has the details; please report them."


def by_halves(
    course_ids: Sequence[str], compute: Callable[[Sequence[str]], _Result]
) -> tuple[list[tuple[Sequence[str], _Result]], list[tuple[str, Exception]]]:
    """Compute something for many courses at once, and without those that it fails for.

    Where it fails for all of them, it is tried for each half, down to single courses.

    Args:
        course_ids: the courses.
        compute: called with some of them, or with none to learn whether it fails without any.

    Returns:
        (courses, their result) for each part that succeeded; (course, its error) for the others.

    Raises:
        DiskFull, LakeUnavailable, WarehouseError: others would meet the error.
        Exception: it fails without any course too, so no course is the cause.
    """
    done: list[tuple[Sequence[str], _Result]] = []
    failed: list[tuple[str, Exception]] = []
    parts = [course_ids]
    while parts:
        part = parts.pop()
        try:
            done.append((part, compute(part)))
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - the other courses go on
            if part is course_ids:
                _log.warning("one of %d courses fails", len(part), exc_info=error)
                compute(())
            if len(part) == 1:
                failed.append((part[0], error))
                continue
            middle = len(part) // 2
            parts += [part[middle:], part[:middle]]
    return done, failed
