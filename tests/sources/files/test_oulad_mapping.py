"""The Open University's files through the mapping that ships: every count, from every format."""

import shutil
from datetime import date

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from gradeline.sources.files.datasets import Dataset, parse_datasets
from gradeline.sources.files.source import open_files
from gradeline.sources.source import PlanRequest

from .conftest import MAPPING, counts, read_all

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

SMALL = {
    "courses": 22,
    "learners": 28_785,
    "groups": 282,
    "items": 206,
    "memberships": 32_593,
    "plan": 195,
    "attempts": 173_912,
}

#: One row of each table, as CSV.
AAA = {
    "courses": ("code_module,code_presentation,module_presentation_length", "AAA,2013J,268"),
    "assessments": (
        "code_module,code_presentation,id_assessment,assessment_type,date,weight",
        "AAA,2013J,1752,TMA,19,10",
    ),
    "studentInfo": (
        "code_module,code_presentation,id_student,region,final_result",
        "AAA,2013J,11391,Scotland,Pass",
    ),
    "studentRegistration": (
        "code_module,code_presentation,id_student,date_registration,date_unregistration",
        "AAA,2013J,11391,-159,",
    ),
    "studentAssessment": (
        "id_assessment,id_student,date_submitted,is_banked,score",
        "1752,11391,18,0,78",
    ),
    "vle": ("id_site,code_module,code_presentation,activity_type", "546614,AAA,2013J,homepage"),
    "studentVle": (
        "code_module,code_presentation,id_student,id_site,date,sum_click",
        "AAA,2013J,11391,546614,-5,4",
    ),
}


def opened(data):
    """The source of a folder of OULAD's files."""
    return open_files(Dataset(name="oulad", mapping=MAPPING, data=data))


@pytest.fixture(scope="module")
def from_parquet(oulad, tmp_path_factory):
    """All slices of the Parquet files but the clicks."""
    return read_all(opened(oulad / "parquet"), tmp_path_factory.mktemp("parquet"), set(SMALL))


@pytest.fixture(scope="module")
def clicks(oulad, tmp_path_factory):
    """What reading all clicks gave, the facts queried where they lie and thrown away."""
    home = tmp_path_factory.mktemp("clicks")
    source = opened(oulad / "parquet")
    found = []
    plan = source.plan(PlanRequest())
    for planned in plan.slices:
        if planned.slice.stream == "events":
            raws = [raw.path for raw in plan.fetch(planned, home)]
            reading = source.read(planned, raws, home / "facts.parquet")
            facts = pq.read_table(
                home / "facts.parquet", columns=["count", "group_id"], partitioning=None
            )
            summed = pc.sum(facts["count"]).as_py(), len(facts) - facts["group_id"].null_count
            found.append((reading, *summed))
    return found


@pytest.mark.oulad
def test_every_table_has_the_rows_its_publishers_say(from_parquet):
    """All rows load, none is broken or doubled."""
    assert counts(from_parquet) == SMALL
    assert {read.reading.counts.received - read.reading.counts.stored for read in from_parquet} == {
        0
    }


@pytest.mark.oulad
def test_csv_gives_the_same_facts_as_parquet(oulad, from_parquet, tmp_path):
    """Text and floats are two ways to write one table; without clicks there are no events."""
    from_csv = read_all(opened(oulad / "csv"), tmp_path)
    assert {read.planned.slice.stream: read.reading.checksum for read in from_csv} == {
        read.planned.slice.stream: read.reading.checksum for read in from_parquet
    }


@pytest.mark.oulad
def test_clicks_beside_csv_tables_are_the_same_facts(oulad, clicks, tmp_path):
    """A school may keep some tables in one format and some in another."""
    shutil.copytree(oulad / "csv", tmp_path / "data" / "csv")
    shutil.copytree(oulad / "parquet" / "studentVle", tmp_path / "data" / "studentVle")
    mixed = opened(tmp_path / "data")
    plan = mixed.plan(PlanRequest())
    planned = next(each for each in plan.slices if each.slice.stream == "events")
    raws = [raw.path for raw in plan.fetch(planned, tmp_path)]
    reading = mixed.read(planned, raws, tmp_path / "facts.parquet")
    assert reading.checksum == clicks[0][0].checksum


@pytest.mark.oulad
def test_every_click_row_is_an_event(clicks):
    """10,655,280 rows in 22 slices, equal ones not dropped, summing to 39,605,099 clicks."""
    assert len(clicks) == 22
    assert sum(reading.counts.stored for reading, _, _ in clicks) == 10_655_280
    assert sum(reading.counts.received for reading, _, _ in clicks) == 10_655_280
    assert sum(total for _, total, _ in clicks) == 39_605_099
    assert sum(grouped for _, _, grouped in clicks) == 10_655_280


@pytest.mark.oulad
def test_each_click_slice_touches_one_course(clicks):
    """A changed file of clicks has one course computed again, not all."""
    touched = [reading.courses for reading, _, _ in clicks]
    assert {len(courses) for courses in touched} == {1}
    assert len(frozenset.union(*touched)) == 22


@pytest.mark.oulad
def test_banked_submissions_are_carried(from_parquet):
    """1,909 submissions came from an earlier presentation; 173 have no score."""
    facts = from_parquet[-1].facts
    assert facts["kind"].to_pylist().count("carried") == 1_909
    assert facts["score"].null_count == 173
    assert facts["attempt_id"][0].as_py() == "1752/11391"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What ships with Gradeline, read."""
    (dataset,) = parse_datasets("oulad=builtin:oulad@builtin:aaa")
    reads = read_all(open_files(dataset), tmp_path_factory.mktemp("demo"))
    return {read.planned.slice.stream: read for read in reads}, counts(reads)


def test_the_demo_holds_module_aaa(demo):
    """Two presentations with clicks, small enough to ship."""
    assert demo[1] == {
        "courses": 2,
        "learners": 712,
        "groups": 26,
        "items": 12,
        "memberships": 748,
        "plan": 10,
        "attempts": 3_149,
        "events": 350_298,
    }


def test_a_course_runs_from_day_0_to_day_number_length(demo):
    """AAA/2013J starts on 1 October 2013 and is 268 days long."""
    course = demo[0]["courses"].facts.to_pylist()[0]
    assert course["course_id"] == "AAA/2013J"
    assert (course["category"], course["course"]) == ("AAA", "2013J")
    assert (course["starts_on"], course["ends_on"]) == (date(2013, 10, 1), date(2014, 6, 26))


def test_a_membership_is_from_registration_to_unregistration(demo):
    """Days count from the start of the course; who is still in has no last day."""
    rows = {
        row["learner_id"]: row
        for row in demo[0]["memberships"].facts.to_pylist()
        if row["course_id"] == "AAA/2013J"
    }
    stayed, left = rows["11391"], rows["30268"]
    assert (stayed["starts_on"], stayed["ends_on"], stayed["outcome"]) == (
        date(2013, 4, 25),
        None,
        "pass",
    )
    assert (left["ends_on"], left["outcome"]) == (date(2013, 10, 13), "withdrawn")
    assert stayed["group_id"] == "AAA/2013J/East Anglian Region"


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        (
            "studentAssessment",
            "date_submitted",
            "soon",
            "bad_instant: at is not a valid local time",
        ),
        (
            "studentAssessment",
            "score",
            "high",
            "bad_number: score is not a number that fits: 'high'",
        ),
        ("studentRegistration", "date_registration", "x", "bad_day: starts_on is not a day: 'x'"),
        ("assessments", "date", "later", "bad_day: due_on is not a day: 'later'"),
        ("assessments", "date", "?", None),
        ("studentVle", "date", "soon", "bad_instant: at is not a valid local time: 'soon'"),
    ],
)
def test_what_no_day_or_number_can_be_made_of_is_named(tmp_path, table, column, value, reason):
    """A bad value is told as one and never as a missing one; a dialect's `?` is a missing one."""
    for name, rows in AAA.items():
        header, row = (line.split(",") for line in rows)
        if name == table:
            row[header.index(column)] = value
        put = tmp_path / "data" / f"{name}.csv"
        put.parent.mkdir(exist_ok=True)
        put.write_text("\n".join([",".join(header), ",".join(row), ""]))
    broken = [
        each for read in read_all(opened(tmp_path / "data"), tmp_path) for each in read.broken
    ]
    assert [each.reason[: len(reason or "")] for each in broken[:1]] == [reason] * bool(reason)
