"""Stages of an install on a server that is not ours: another version, TLS, a login of little rights."""

from __future__ import annotations

import uuid

import pytest
from proofs.failures.install import ROWS, state_of
from tests.warehouse.debian import DebianServer

from gradeline.base.errors import WarehouseError
from gradeline.flows.install.stages import STAGES, run_stages, stages_of
from gradeline.flows.install.work import Installation
from gradeline.warehouse import Database, open_warehouse

pytestmark = pytest.mark.slow


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def installation(database: Database, home) -> Installation:
    """An install over a database with learners."""
    with database.connect() as connection:
        connection.execute(ROWS.read_bytes())
    return Installation(database=database, home=home, zone="UTC", login="me", tell=say_nothing)


def test_all_stages_run_on_another_version_over_tls(debian_server: DebianServer, tmp_path) -> None:
    """Debian's PostgreSQL with its own pg_dump: rows, tables and rights are as before."""
    name = f"school_{uuid.uuid4().hex[:12]}"
    with open_warehouse(debian_server.place(database=name), say=say_nothing) as database:
        place = installation(database, tmp_path)
        before = state_of(database)
        assert run_stages(place, STAGES) == []
        assert state_of(database).differs_from(before) == ""


def test_a_login_that_may_make_no_database_drops_nothing(
    debian_server: DebianServer, tmp_path
) -> None:
    """Without a scratch database there is no proof, and so no drop; the message says why."""
    name = f"school_{uuid.uuid4().hex[:12]}"
    with open_warehouse(debian_server.place(database=name), say=say_nothing) as database:
        installation(database, tmp_path)
        before = state_of(database)
    login = f"clerk_{uuid.uuid4().hex[:12]}"
    roles = "gradeline_owner, gradeline_app, gradeline_loader, gradeline_backup, gradeline_reader"
    debian_server.run(f"create role {login} login password 'pw'", f"grant {roles} to {login}")
    place = debian_server.place(f"{login}:pw", name)
    with open_warehouse(place, say=say_nothing) as database:
        clerk = Installation(
            database=database, home=tmp_path, zone="UTC", login="me", tell=say_nothing
        )
        with pytest.raises(WarehouseError, match=r"may not create databases.*alter role"):
            run_stages(clerk, stages_of(["1.1"]))
        assert state_of(database).differs_from(before) == ""
