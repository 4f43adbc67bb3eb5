"""What fails in one course is noted; what every course would meet ends the run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gradeline.base.errors import DiskFull, LakeUnavailable, WarehouseUnavailable
from gradeline.flows.failures import Failures, by_halves

COURSES = tuple(f"a/{number}" for number in range(20))


def reciprocal(course_ids: Sequence[str]) -> float:
    """A computation that fails for the course a/0."""
    return sum(1 / int(course_id[2:]) for course_id in course_ids)


def test_an_error_of_one_course_is_noted(caplog) -> None:
    """An unexpected error has its type and words in the reason, and its stack in the log."""
    failures = Failures()
    with failures.only("a/1"):
        {}["topic"]
    (failure,) = failures.found
    assert failure.what == "a/1"
    assert "KeyError: 'topic'" in failure.reason
    assert "Traceback" in caplog.text
    assert failures.has("a/1")


@pytest.mark.parametrize("fatal", [DiskFull, LakeUnavailable, WarehouseUnavailable])
def test_what_every_course_would_meet_is_raised(fatal: type[Exception]) -> None:
    """A full disk and a lost database or store end the run."""
    failures = Failures()
    with pytest.raises(fatal), failures.only("a/1"):
        raise fatal("gone")
    assert failures.found == ()


def test_the_course_that_fails_is_found_among_many() -> None:
    """The other courses are computed, in few parts."""
    done, failed = by_halves(COURSES, reciprocal)
    assert [course_id for course_id, _ in failed] == ["a/0"]
    assert sorted(one for part, _ in done for one in part) == sorted(COURSES[1:])
    assert len(done) < 6


def test_an_error_that_no_course_causes_is_raised() -> None:
    """Where even no course at all fails, nobody looks for one."""
    asked: list[Sequence[str]] = []

    def broken(course_ids: Sequence[str]) -> None:
        asked.append(course_ids)
        raise OSError("no engine")

    with pytest.raises(OSError, match="no engine"):
        by_halves(COURSES, broken)
    assert len(asked) == 2
