"""A table of another PostgreSQL is read range by range, and late rows are found."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gradeline.base.errors import (
    InputMissing,
    MappingBroken,
    SourceRefused,
    SourceUnavailable,
    WrongAnswer,
    WrongSetting,
)
from gradeline.sources.postgres.tables import parse_tables
from gradeline.sources.source import PlanRequest

from .conftest import LEARNERS


def fingerprints(source):
    """What each range depends on now."""
    return {each.slice.window: each.fingerprint for each in source.plan(PlanRequest()).slices}


@pytest.mark.parametrize("cursor", ["id", "updated_at", "happened_at"])
def test_every_row_is_read_once(database, source, read, cursor):
    """Whatever grows in the table, its ranges together hold every row once."""
    ranges = read(source(cursor)).values()
    ids = [id_ for each in ranges for id_ in each.facts["attempt_id"].to_pylist()]
    there = [str(row.values[0]) for row in database.rows if not row.late]
    assert sorted(ids) == sorted(there)
    assert all(each.reading.counts.quarantined == 0 for each in ranges)


def test_values_keep_their_types(database, source, read):
    """Decimals stay exact, instants stay instants, nulls stay null."""
    rows = {row.values[0]: row for row in database.rows}
    for each in read(source("id")).values():
        for found in each.facts.to_pylist():
            told = rows[int(found["attempt_id"])].values
            score = None if told[7] is None else Decimal(str(told[7])) / 100
            assert (found["score"], found["at"], found["correct"]) == (score, told[9], told[6])


def test_ranges_of_a_time_are_days(source):
    """A slice is a day of UTC by the cursor, whatever zone the server has."""
    windows = list(fingerprints(source("happened_at")))
    assert windows == ["2024-01-11", "2024-01-12", "2024-01-13"]


def test_a_span_chooses_days(source):
    """--since and --until plan the days they touch."""
    since, until = datetime(2024, 1, 12, 5, tzinfo=UTC), datetime(2024, 1, 13, tzinfo=UTC)
    planned = source("happened_at").plan(PlanRequest(since=since, until=until)).slices
    assert [each.slice.window for each in planned] == ["2024-01-12"]


def test_an_unchanged_table_gives_no_work(source):
    """Two looks at the same rows give the same fingerprints."""
    assert fingerprints(source()) == fingerprints(source())


def test_late_rows_change_their_range_alone(changing, source, read):
    """Rows that come in late are found in the days they belong to, or behind all ids."""
    cursors = ("id", "updated_at", "happened_at")
    before = {cursor: fingerprints(source(cursor, changing)) for cursor in cursors}
    assert changing.add_late() > 0
    for cursor in cursors:
        after = read(source(cursor, changing))
        assert {name: each.planned.fingerprint for name, each in after.items()} != before[cursor]
        assert sum(each.reading.counts.stored for each in after.values()) == len(changing.rows)


def test_a_row_that_changes_is_found_by_its_time(changing, source):
    """With a cursor that tells of changes, a changed row is in a new range."""
    before = fingerprints(source(at=changing))
    changing.correct_scores()
    assert fingerprints(source(at=changing)) != before


def test_an_hour_read_twice_is_the_same_bytes(source, tmp_path):
    """Rows come in one order, so raw bytes and facts are equal after a rerun."""
    planned = source().plan(PlanRequest()).slices[0]
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        source().plan(PlanRequest()).fetch(planned, folder)
    assert (one / "rows.parquet").read_bytes() == (other / "rows.parquet").read_bytes()


def test_a_renamed_column_is_named(changing, source, read):
    """A changed schema says which column the mapping reads and which there are."""
    changing.rename()
    with pytest.raises(WrongAnswer, match=r"reads a column 'score'.*points.*POSTGRES_TABLES"):
        read(source(at=changing))


@pytest.mark.parametrize("wrong", ["reader:no@", "nobody:no@"])
def test_a_wrong_login_names_the_setting(database, source, wrong):
    """The message names the table and the setting, and never a password."""
    url = f"postgresql://{wrong}127.0.0.1:{database.port}/postgres"
    with pytest.raises(SourceRefused, match="POSTGRES_TABLES") as caught:
        fingerprints(source(url=url))
    assert ":no@" not in str(caught.value)


def test_a_server_that_is_away_is_named(database, source):
    """Nobody listens: the run is to be tried again."""
    url = database.url.replace(f":{database.port}/", ":9/")
    with pytest.raises(SourceUnavailable, match=r"lesson_activity at 127\.0\.0\.1") as caught:
        fingerprints(source(url=url))
    assert database.reader_password not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"table": "lessons"}, "is not there"), ({"cursor": "version"}, "has only id, learner"),
     ({"cursor": "course"}, "no id and no time")],
)  # fmt: skip
def test_a_table_that_is_not_as_declared_is_said(source, change, words):
    """A wrong table or cursor names the setting to fix."""
    made = source()
    made.table = type(made.table)(**{**vars(made.table), **change})
    with pytest.raises(WrongAnswer, match=rf"{words}.*POSTGRES_TABLES"):
        fingerprints(made)


def test_a_mapping_reads_its_table_alone(source):
    """What another table holds belongs into a view of that database."""
    with pytest.raises(MappingBroken, match="reads courses"):
        source(attempts="SELECT _file, _line, learner AS learner_id FROM courses")


def test_a_mapping_of_two_queries_reads_each_range_for_both(source, tmp_path):
    """Learners and attempts come from the same table, a slice each."""
    source()
    (tmp_path / "mapping" / "learners.sql").write_text(LEARNERS)
    planned = source("id").plan(PlanRequest()).slices
    assert {each.slice.stream for each in planned} == {"learners", "attempts"}
    assert len(planned) == 2 * len({each.slice.window for each in planned})


@pytest.mark.parametrize(
    "text",
    ["a=m", "a=m@mysql://h/d#t?cursor=id", "a=m@postgresql://h/d#t", "a=m@postgresql://h/d?cursor=id",
     "=m@postgresql://h/d#t?cursor=id", "a=m@postgresql://u:geheim@h/d"],
)  # fmt: skip
def test_a_setting_that_cannot_be_read_shows_no_password(text, tmp_path):
    """The part is named by its place, the form by an example."""
    with pytest.raises(WrongSetting, match=r"Part 1 of POSTGRES_TABLES") as caught:
        parse_tables(text, home=tmp_path)
    assert "geheim" not in str(caught.value)


def test_a_setting_names_tables(tmp_path):
    """Several tables stand with ; between; a schema may be left out."""
    (tmp_path / "m").mkdir()
    told = "a=m@postgresql://u:p%40@h:5/d#lessons?cursor=id; b=m@postgres://h/d#s.t?cursor=x"
    one, two = parse_tables(told, home=tmp_path)
    assert (one.schema, one.table, one.cursor, one.password) == ("public", "lessons", "id", "p@")
    assert (str(two), two.name) == ("s.t at h/d", "b")
    with pytest.raises(InputMissing, match="POSTGRES_TABLES"):
        parse_tables(told.replace("m@", "n@"), home=tmp_path)
