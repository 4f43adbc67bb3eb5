"""A backup shows one moment, costs each object once, is kept by age, and tells what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gradeline.base.errors import GradelineError
from gradeline.flows.backups.keep import kept, remove_backup
from gradeline.flows.backups.make import BackupResult, Origin, back_up
from gradeline.flows.backups.store import list_ids, list_unfinished
from gradeline.flows.backups.watch import find_missed, find_notice
from gradeline.records.backups import KeepRule
from gradeline.warehouse import backups
from gradeline.warehouse.backups import BackupNote

from .conftest import add_object, unwatched

_NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def _note(origin: Origin, started_at: datetime, **changes: object) -> None:
    values = {"rows": 5000, "dump_bytes": 1, "objects": 1, "object_bytes": 1, "problem": None}
    note = BackupNote(
        backup_id=f"{started_at:%Y%m%dT%H%M%SZ}-00000000",
        place="file:x",
        started_at=started_at,
        ended_at=started_at,
        **(values | changes),
    )
    with origin.database.connect() as connection:
        backups.note(connection, note)


def test_objects_cost_nothing_twice(origin: Origin, made: BackupResult, tmp_path: Path) -> None:
    """In the home an object is a second name of the same bytes, and the next backup adds the new."""
    key = made.manifest.files[0].key
    assert (tmp_path / "home" / key).stat().st_nlink == 2
    add_object(origin.database, origin.lake, "b", b"new\n")
    again = back_up(origin, unwatched)
    assert len(again.manifest.files) == len(made.manifest.files) + 1
    assert len(list(origin.plan.open_store().list("objects"))) == len(again.manifest.files)


def test_what_the_lake_deletes_stays_in_the_backup(origin: Origin, made: BackupResult) -> None:
    """A sweep or an erasure takes the lake's name of an object; a kept backup has its own."""
    file = made.manifest.files[0]
    origin.lake.delete([file.key])
    assert origin.plan.open_store().exists(f"objects/{file.sha256[:2]}/{file.sha256}")


def test_old_backups_go_and_what_a_killed_one_left(origin: Origin, made: BackupResult) -> None:
    """After a good backup the older of a day goes with its own objects, and half of one goes."""
    store = origin.plan.open_store()
    store.put_new("20200101T000000Z-0123abcd/database.dump", b"half")
    store.put_new("objects/ab/ab12", b"of the half")
    (Path(store.local_path("objects")).parent.parent / "cursos.yml").write_text("other\n")
    again = back_up(origin, unwatched)
    assert again.deleted.backups == (made.note.backup_id,)
    assert list_ids(store) == [again.note.backup_id]
    assert list_unfinished(store) == []
    assert not store.exists("objects/ab/ab12")
    assert len(list(store.list("objects"))) == len(again.manifest.files)


def test_the_only_good_backup_is_not_deleted(origin: Origin, made: BackupResult) -> None:
    """Not even by hand."""
    with pytest.raises(GradelineError, match="the only good backup"):
        remove_backup(origin.plan, made.note.backup_id)


@pytest.mark.slow
def test_nothing_is_deleted_for_the_sake_of_a_damaged_backup(
    origin: Origin, made: BackupResult
) -> None:
    """What a manifest that cannot be read may name stays until a person deletes that backup."""
    store = origin.plan.open_store()
    store.put_new("20200101T000000Z-0123abcd/manifest.json", b"rubbish")
    store.put_new("objects/ab/ab12", b"perhaps of it")
    again = back_up(origin, unwatched)
    assert again.deleted.kept_for == ("20200101T000000Z-0123abcd",)
    assert store.exists("objects/ab/ab12")
    assert remove_backup(origin.plan, "20200101").objects == 1


@pytest.mark.slow
def test_a_shrunken_backup_is_told_and_keeps_the_older_ones(origin: Origin) -> None:
    """Half the rows of the last good one are a problem, unless a person says that it is meant."""
    rows = back_up(origin, unwatched).note.rows or 0
    _note(origin, datetime.now(UTC), rows=100 * rows + 100_000)
    shrunk = back_up(origin, unwatched)
    assert shrunk.note.problem is not None
    assert "--smaller" in shrunk.note.problem
    assert shrunk.deleted.backups == ()
    assert back_up(origin, unwatched, smaller=True).note.problem is None


def test_a_failed_backup_is_noted(origin: Origin, tmp_path: Path) -> None:
    """A store that cannot be written ends the backup, and people are told once of a streak."""
    (tmp_path / "home" / "backup").write_text("a file where the folder was")
    for _ in range(2):
        with pytest.raises((GradelineError, OSError)):
            back_up(origin, unwatched)
    with origin.database.connect() as connection:
        first = backups.first_bad(connection)
        told = find_notice(connection, origin.plan, datetime.now(UTC))
    assert told is not None
    assert told[0] == first


def test_a_missed_backup_is_told_after_some_hours(origin: Origin) -> None:
    """Three hours after the instant at which the next one was due, not before."""
    _note(origin, _NOW)
    plan = replace(origin.plan, cron="30 3 * * *")
    due = datetime(2026, 12, 2, 3, 30, tzinfo=UTC)
    with origin.database.connect() as connection:
        assert find_missed(connection, plan, due + timedelta(hours=2)) is None
        assert find_missed(connection, plan, due + timedelta(hours=4)) == due
        assert find_missed(connection, origin.plan, due + timedelta(days=9)) is None


@pytest.mark.parametrize(
    ("rule", "ages"),
    [
        (KeepRule(days=3, weeks=0, months=0), [0, 1, 2]),
        (KeepRule(days=0, weeks=3, months=0), [0, 2, 9]),
        (KeepRule(days=2, weeks=2, months=2), [0, 1, 2]),
        (KeepRule(days=0, weeks=0, months=0), [0]),
    ],
)
def test_backups_are_kept_by_age(rule: KeepRule, ages: list[int]) -> None:
    """The newest of each day, week and month: 1 December 2026 is a Tuesday."""
    daily = [_NOW - timedelta(days=age) for age in range(40)]
    assert kept(daily, rule, "UTC", _NOW) == {daily[age] for age in ages}


def test_the_newest_backup_stays_however_old(origin: Origin) -> None:
    """Where none was made for a year, the last one is all there is."""
    old = [_NOW - timedelta(days=400), _NOW - timedelta(days=500)]
    assert kept(old, KeepRule(), "UTC", _NOW) == {old[0]}
