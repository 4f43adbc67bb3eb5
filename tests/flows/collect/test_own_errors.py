"""An error that nobody foresaw ends one source or one slice, and the others go on."""

import errno
from contextlib import contextmanager
from dataclasses import replace

import pytest

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.flows.collect.collect import make_plan
from gradeline.flows.own_errors import own_errors
from gradeline.flows.run import RunRequest, Steps, run_all
from gradeline.settings import read_settings
from gradeline.sources.encodings.rules import NO_ENCODINGS
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import FilesSource
from gradeline.sources.source import PlanRequest
from gradeline.wiring.run import terms_of, wire_run

LEARNERS = "select _file, _line, id as learner_id from people"
COURSES = "select _file, _line, 'a' as category, id as course, 'a/' || id as course_id from people"


class OddSource(FilesSource):
    """A dataset whose code has a bug, in planning or in one of its streams."""

    planning: Exception | None = None
    reading: Exception | None = None

    def plan(self, request):
        """Plan, or meet the bug."""
        if self.planning:
            raise self.planning
        return super().plan(request)

    def read(self, planned, raws, facts):
        """Read, or meet the bug."""
        if self.reading and planned.slice.stream == "courses":
            raise self.reading
        return super().read(planned, raws, facts)


@contextmanager
def no_progress(_doing):
    """A bar that nobody sees."""
    yield lambda *_: None


def collected(parts):
    """Collect both datasets and return their outcomes."""
    request = RunRequest(terms=terms_of(read_settings(home=parts.spool.parent), None))
    return [
        outcome
        for _, outcome in run_all(parts, request, Steps(analyse=False), no_progress).collected
    ]


@pytest.fixture
def parts(used_home, tmp_path):
    """A wired Gradeline with two datasets, `odd` and `good`."""
    (tmp_path / "learners.sql").write_text(LEARNERS)
    (tmp_path / "courses.sql").write_text(COURSES)
    (tmp_path / "people.csv").write_text("id\nada\n")
    folders = f"odd={tmp_path}@{tmp_path};good={tmp_path}@{tmp_path}"
    with wire_run(read_settings(home=used_home), lambda _: None) as wired:
        sources = [
            OddSource(one, "UTC", wired.spool, NO_ENCODINGS) for one in parse_datasets(folders)
        ]
        yield replace(wired, sources={one.name: one for one in sources})


def test_a_bug_in_planning_ends_one_source(parts):
    """The outcome has the reason, and the next source is read."""
    parts.sources["files:odd"].planning = TypeError("unsupported operand")
    odd, good = collected(parts)
    assert odd.unread.startswith("An unexpected error, TypeError: unsupported operand.")
    assert (good.done, good.failed) == (2, ())


def test_a_bug_in_reading_ends_one_slice(parts):
    """The slice failed with the reason; the others of its source and the next are loaded."""
    parts.sources["files:odd"].reading = IndexError("tuple index out of range")
    odd, good = collected(parts)
    ((failed, reason),) = odd.failed
    assert (failed.stream, odd.done, good.done) == ("courses", 1, 2)
    assert reason.startswith("An unexpected error, IndexError: tuple index out of range.")


def test_a_full_disk_is_no_matter_of_one_source(parts):
    """What ends the run is told as it is, whoever meets it first."""
    source = parts.sources["files:odd"]
    source.planning = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(DiskFull, match="files:odd could not be planned"):
        make_plan(source, PlanRequest(), parts)
    with pytest.raises(WarehouseError), own_errors("files:odd"):
        raise WarehouseError("gone")
