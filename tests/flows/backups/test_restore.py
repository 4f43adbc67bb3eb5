"""A backup goes into a fresh place alone, and is compared before it is declared good."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from tests.conftest import say_nothing
from tests.warehouse.debian import DebianServer

from gradeline.base.errors import BackupError, BackupUnsigned
from gradeline.flows.backups.make import BackupResult, Origin, back_up
from gradeline.flows.backups.restore import Choice, Place, restore
from gradeline.records.backups import BackupKeys
from gradeline.warehouse import Database, open_warehouse
from gradeline.warehouse.comparison import differences, read_fingerprint

from .conftest import add_object, origin_over, place_at, unwatched

Fresh = tuple[Place, Database]


def _restore(origin: Origin, made: BackupResult, place: Place, **choice: bool) -> None:
    chosen = Choice(backup_id=made.note.backup_id, **choice)
    restore(origin.plan, chosen, place, say_nothing, unwatched)


def test_a_backup_is_restored_as_it_was(origin: Origin, made: BackupResult, fresh: Fresh) -> None:
    """Rows, sequences, policies, rights and files are equal; what came later is not there."""
    place, database = fresh
    later = add_object(origin.database, origin.lake, "later", b"later\n")
    _restore(origin, made, place)
    assert differences(made.manifest.content, read_fingerprint(database)) == []
    for file in made.manifest.files:
        assert place.lake.get(file.key) == origin.lake.get(file.key)
    assert not place.lake.exists(later)


def test_a_place_that_is_not_empty_is_refused(
    origin: Origin, made: BackupResult, fresh: Fresh
) -> None:
    """A lake with an object, or a database with a table, is not touched."""
    place, _database = fresh
    place.lake.replace("cursos.yml", b"mine")
    with pytest.raises(BackupError, match=r"it has cursos\.yml"):
        _restore(origin, made, place)
    _restore(origin, made, place, lake_stays=True)
    assert place.lake.get("cursos.yml") == b"mine"
    place.mark.unlink()
    with pytest.raises(BackupError, match="is not empty"):
        _restore(origin, made, place, lake_stays=True)


@pytest.mark.slow
def test_a_killed_restore_goes_on(origin: Origin, made: BackupResult, fresh: Fresh) -> None:
    """Half of a restore, in a lake that is not empty, becomes the whole; of another backup not."""
    place, database = fresh
    place.mark.write_text(json.dumps({"backup_id": made.note.backup_id}))
    place.lake.put_new(made.manifest.files[0].key, origin.lake.get(made.manifest.files[0].key))
    _restore(origin, made, place)
    _restore(origin, made, place)
    assert differences(made.manifest.content, read_fingerprint(database)) == []
    other = back_up(origin, unwatched)
    with pytest.raises(BackupError, match="half of the backup"):
        _restore(origin, other, place)


@pytest.mark.slow
def test_a_backup_of_an_unknown_key_is_taken_only_on_demand(
    origin: Origin, made: BackupResult, fresh: Fresh
) -> None:
    """Without the key a restore says what it cannot tell, and --unsigned takes it as it is."""
    stranger = Origin(
        database=origin.database,
        lake=origin.lake,
        spool=origin.spool,
        plan=type(origin.plan)(
            open_store=origin.plan.open_store, keys=BackupKeys(keys=()), home=origin.plan.home
        ),
    )
    with pytest.raises(BackupUnsigned, match="cannot be told"):
        _restore(stranger, made, fresh[0])
    _restore(stranger, made, fresh[0], unsigned=True)
    assert read_fingerprint(fresh[1]).rows == made.manifest.content.rows


def test_a_damaged_backup_changes_nothing(
    origin: Origin, made: BackupResult, fresh: Fresh, tmp_path: Path
) -> None:
    """A dump whose bytes differ is not restored."""
    dump = tmp_path / "home" / "backup" / made.note.backup_id / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"?")
    with pytest.raises(BackupError, match="damaged"):
        _restore(origin, made, fresh[0])
    with fresh[1].connect_as_login() as connection:
        assert connection.execute("select to_regclass('slices')").fetchone() == (None,)


@pytest.mark.slow
def test_postgresql_15_goes_onto_18_and_not_back(
    debian_server: DebianServer, origin: Origin, fresh: Fresh, tmp_path: Path
) -> None:
    """A server of version 15, whose login is no superuser, is restored onto 18, and 18 not onto 15."""
    name = f"school_{uuid4().hex[:8]}"
    debian_server.run(f"create role {name} login createrole createdb password 'x'")
    older = debian_server.place(f"{name}:x", name, tmp_path / "logins")
    with open_warehouse(older, say=say_nothing) as database:
        old_origin = origin_over(database, tmp_path / "old")
        made = back_up(old_origin, unwatched)
        assert made.manifest.server == 15
        _restore(old_origin, made, fresh[0])
        assert differences(made.manifest.content, read_fingerprint(fresh[1]), views=False) == []
        again = place_at(debian_server.place(f"{name}:x", f"{name}_b").url, tmp_path / "again")
        _restore(old_origin, made, again)
    back = place_at(debian_server.place(f"{name}:x", f"{name}_c").url, tmp_path / "back")
    with pytest.raises(BackupError, match="PostgreSQL 15: a dump goes only onto"):
        _restore(origin, back_up(origin, unwatched), back)
