"""What is wrong with data is told of the courses that it feeds, and of no others."""

from dataclasses import replace

import pytest

from gradeline.records.slices import RejectedRecord, Slice
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.data_quality import SourceQuality

COURSES = ("M/c1", "M/c2")
GUESSED = {"encodings": {"list.csv": {"name": "windows-1251", "by": "guessed"}}}


@pytest.fixture
def put(loader, planned, settled):
    """Load a slice whose only file has a guessed encoding and a broken record."""

    def load(source, stream, courses):
        name = Slice(source=source, stream=stream, window="list.csv")
        number = ledger.plan(loader, [replace(planned(), slice=name)])[0].slice_id
        ledger.settle(loader, number, settled(courses=courses, notes=GUESSED))
        broken = RejectedRecord(place="line 2", reason="missing: name is required", raw=b"x")
        quarantine.replace(loader, number, [broken])
        return number

    return load


def shown(loader):
    """The courses that quarantine, guessed encodings and failed slices are told of."""
    quality = SourceQuality(loader)
    return [sorted(found(COURSES)) for found in (quality.waiting, quality.guessed, quality.failed)]


def test_people_of_a_source_without_courses_are_told_of_no_course(loader, put):
    """A dataset of learners alone puts nothing into the reports of courses it does not feed."""
    ledger.mark_failed(loader, put("files:people", "learners", None), "list.csv is cut")
    assert shown(loader) == [[], [], []]


def test_people_of_a_source_are_told_of_the_courses_it_feeds(loader, put):
    """Any stream that names a course says so for the others."""
    ledger.mark_failed(loader, put("files:s", "learners", None), "list.csv is cut")
    put("files:s", "memberships", frozenset({"M/c2"}))
    assert shown(loader) == [["M/c2"], ["M/c2"], ["M/c2"]]


def test_a_slice_that_never_loaded_may_be_of_any_course(loader, planned):
    """Where nothing tells what attempts are of, every report says that they are not there."""
    number = ledger.plan(loader, [planned("new.csv")])[0].slice_id
    ledger.mark_failed(loader, number, "new.csv is cut")
    (found,) = SourceQuality(loader).failed(COURSES)["M/c1"]
    assert (found.stream, found.windows, found.reason) == (
        "attempts",
        ("new.csv",),
        "new.csv is cut",
    )
    assert sorted(SourceQuality(loader).failed(COURSES)) == ["M/c1", "M/c2"]


def test_a_slice_whose_file_is_gone_has_not_failed_any_more(loader, planned):
    """Whoever took a broken file away has dealt with it."""
    number = ledger.plan(loader, [planned("new.csv")])[0].slice_id
    ledger.mark_failed(loader, number, "new.csv is cut")
    ledger.mark_gone(loader, "files:oulad", keep=[])
    assert SourceQuality(loader).failed(COURSES) == {}
