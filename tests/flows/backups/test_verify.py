"""A damaged backup is noticed, wherever the damage is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gradeline.flows.backups.make import BackupResult, Origin, back_up
from gradeline.flows.backups.manifest import Trust
from gradeline.flows.backups.verify import verify
from gradeline.lake import Lake, open_lake
from gradeline.records.backups import BackupKeys

from .conftest import origin_over, unwatched


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x20
    path.write_bytes(content)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _drop(path: Path) -> None:
    path.unlink()


def _problems(origin: Origin, made: BackupResult) -> tuple[str, ...]:
    return verify(origin.plan, made.note.backup_id, origin.spool, unwatched).problems


def test_a_backup_is_whole_and_restorable(origin: Origin, made: BackupResult) -> None:
    """All bytes are those that were backed up, and a restored database has the same rows."""
    found = verify(origin.plan, made.note.backup_id, origin.spool, unwatched, origin.database)
    assert found.problems == ()
    assert found.trust == Trust.SIGNED
    assert len(made.manifest.files) == 5


@pytest.mark.parametrize("damage", [_flip, _cut, _drop])
def test_damage_is_noticed(
    damage: Callable[[Path], None], origin: Origin, made: BackupResult, tmp_path: Path
) -> None:
    """A changed bit, a cut end or a lost file of any kind is named."""
    files = [path for path in (tmp_path / "home" / "backup").rglob("*") if path.is_file()]
    assert len(files) == 8
    for path in files:
        content = path.read_bytes()
        path.unlink()  # another name of the same bytes stays as it is
        path.write_bytes(content)
        damage(path)
        assert _problems(origin, made), path
        path.write_bytes(content)
    assert _problems(origin, made) == ()


def test_a_changed_manifest_needs_the_key(origin: Origin, made: BackupResult) -> None:
    """Somebody without the key cannot write a manifest that passes; without it, that is said."""
    backup_id, store = made.note.backup_id, origin.plan.open_store()
    other = replace(origin.plan, keys=BackupKeys(keys=(b"x" * 32,)))
    assert verify(other, backup_id, origin.spool, unwatched).trust == Trust.UNKNOWN
    key = f"{backup_id}/manifest.json"
    head, _, body = store.get(key).partition(b"\n")
    changed = body.replace(b'"missing":[]', b'"missing":["x"]')
    store.replace(key, head + b"\n" + changed)
    assert "not those that were signed" in _problems(origin, made)[0]


def test_an_object_that_is_gone_from_the_lake_is_told(origin: Origin) -> None:
    """A backup is made of what is there, and what the lake lost is a problem."""
    key = next(iter(origin.lake.list("lake/raw/"))).key
    origin.lake.delete([key])
    made = back_up(origin, unwatched)
    assert made.manifest.missing == (key,)
    assert made.note.problem is not None
    assert key in made.note.problem


def test_backups_go_to_a_bucket(
    warehouse, tmp_path: Path, bucket: str, s3_options: dict[str, str]
) -> None:
    """In a bucket a backup is as in a folder: whole, and damage is noticed."""

    def store() -> Lake:
        return open_lake(f"s3://{bucket}/backup", options=s3_options)

    origin = origin_over(warehouse, tmp_path, store)
    made = back_up(origin, unwatched)
    assert _problems(origin, made) == ()
    store().delete([f"objects/{made.manifest.files[0].sha256[:2]}/{made.manifest.files[0].sha256}"])
    assert len(_problems(origin, made)) == 1
