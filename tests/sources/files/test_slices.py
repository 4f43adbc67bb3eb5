"""Slices: one for each file and table; a changed file is read again, an unchanged one is not."""

import os

import pyarrow.parquet as pq
import pytest

from gradeline.base.errors import InputBroken
from gradeline.sources.source import PlanRequest

CSV = "learner_id,item_id,kind,score,at\n7,task-1,answer,0.5,2024-03-01\n"
COURSES = "SELECT _file, _line, c AS course_id, 'x' AS category, 'y' AS course FROM courses"


def fingerprints(school):
    """Fingerprint of each slice of the school, by its window."""
    return {
        each.slice.window: each.fingerprint for each in school.source().plan(PlanRequest()).slices
    }


def test_each_file_of_the_leading_table_is_a_slice(school):
    """Files of one name, parts and partitions are one table, and a slice each."""
    school.put("2023/attempts.csv", CSV)
    school.put("2024/attempts.csv", CSV)
    assert list(fingerprints(school)) == ["2023/attempts.csv", "2024/attempts.csv"]


def test_folders_of_a_partitioned_table_become_columns(school):
    """`key=value` folders say something about every row of the files in them."""
    school.mapping["attempts"] = school.mapping["attempts"].replace(
        "kind", "kind || '-' || term AS kind"
    )
    school.mapping["attempts"] = school.mapping["attempts"].replace("kind || '-' || term", "term")
    school.put("attempts/term=answer/part-0.csv", CSV.replace("kind,", "").replace("answer,", ""))
    assert school.read().facts["kind"].to_pylist() == ["answer"]


def test_an_unchanged_file_keeps_its_fingerprint(school):
    """Touching a file changes nothing: bytes count, not times."""
    path = school.put("attempts.csv", CSV)
    before = fingerprints(school)
    os.utime(path, (1, 1))
    assert fingerprints(school) == before


@pytest.mark.parametrize("change", ["its rows", "the sql", "the time zone", "what it points at"])
def test_a_slice_changes_with_all_that_its_rows_depend_on(school, change):
    """File, mapping, school clock and the tables that rows may point at."""
    school.mapping["courses"] = COURSES
    school.put("attempts.csv", CSV)
    school.put("courses.csv", "c\nAAA/2013J\n")
    before = fingerprints(school)["attempts.csv"]
    changes = {
        "its rows": lambda: school.put("attempts.csv", CSV + CSV[-30:]),
        "the sql": lambda: school.mapping.update(
            attempts=school.mapping["attempts"] + " WHERE true"
        ),
        "the time zone": lambda: setattr(school, "timezone", "Europe/Madrid"),
        "what it points at": lambda: school.put("courses.csv", "c\nBBB/2013J\n"),
    }
    changes[change]()
    assert fingerprints(school)["attempts.csv"] != before


def test_a_file_that_changed_after_planning_is_not_read(school):
    """What is read is what was planned, or nothing."""
    path = school.put("attempts.csv", CSV)
    source = school.source()
    plan = source.plan(PlanRequest())
    (planned,) = plan.slices
    school.put("attempts.csv", CSV + "8,a,run,,2024-03-01\n")
    with pytest.raises(InputBroken, match=r"attempts\.csv changed while it was read"):
        plan.fetch(planned, school.home)
    with pytest.raises(InputBroken, match=r"attempts\.csv changed while it was read"):
        source.read(planned, [path], school.home / "facts.parquet")


def test_all_that_a_slice_depends_on_is_fetched(school):
    """Raw files are every byte that reading needs, the leading one first."""
    school.mapping["courses"] = COURSES
    school.put("attempts.csv", CSV)
    school.put("courses.csv", "c\nAAA/2013J\n")
    source = school.source()
    plan = source.plan(PlanRequest())
    planned = {each.slice.stream: each for each in plan.slices}
    raws = plan.fetch(planned["attempts"], school.home)
    assert [(raw.stream, raw.window, raw.extension) for raw in raws] == [
        ("file", "attempts.csv", "csv"),
        ("file", "courses.csv", "csv"),
    ]


def test_an_optional_table_that_is_not_there_gives_no_slice(school):
    """`-- optional` says that a school may not have the file; the stream stays, empty."""
    school.mapping["events"] = (
        "-- optional\nSELECT _file, _line, a AS learner_id, 'x' AS type, 1 AS count, b AS at FROM clicks"
    )
    school.put("attempts.csv", CSV)
    assert list(fingerprints(school)) == ["attempts.csv"]
    assert set(school.source().streams) == {"attempts", "events"}


@pytest.mark.heavy
def test_reading_again_gives_the_same_bytes(school):
    """Facts are named by what they were made from, so their bytes may not depend on the run."""
    rows = "".join(
        f"{n % 97},task-{n % 7},answer,0.{n % 10},2024-03-0{n % 9 + 1}\n" for n in range(200_000)
    )
    school.put("attempts.csv", CSV.splitlines()[0] + "\n" + rows)
    school.read()
    first = (school.home / "facts.parquet").read_bytes()
    school.read()
    assert (school.home / "facts.parquet").read_bytes() == first


def test_copies_give_the_same_facts(school):
    """Bytes from the lake are as good as the files where they lay."""
    path = school.put("attempts.csv", CSV + "8,a,run,,soon\n")
    source, facts = school.source(), school.home / "facts.parquet"
    plan = source.plan(PlanRequest())
    (planned,) = plan.slices
    there = source.read(planned, [path], facts)
    first, wrong = facts.read_bytes(), tuple(there.broken)
    copy = school.home / "copy.csv"
    copy.write_bytes(path.read_bytes())
    again = source.read(planned, [copy], facts)
    assert (again.checksum, tuple(again.broken)) == (there.checksum, wrong)
    assert facts.read_bytes() == first


def test_facts_have_the_columns_their_stream_declares(school):
    """A fact file is what the stream's schema says, so every engine reads it the same."""
    school.put("attempts.csv", CSV)
    school.read()
    declared = school.source().streams["attempts"].schema
    written = pq.read_schema(school.home / "facts.parquet")
    assert [(f.name, f.type) for f in written] == [(f.name, f.type) for f in declared]
