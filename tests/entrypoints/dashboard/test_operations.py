"""The page of operations: what went wrong, in the words of the errors, and what to do about it."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import language
from gradeline.entrypoints.dashboard.pages.operations import OperationsPage, read_operations
from gradeline.entrypoints.dashboard.viewers import Viewer
from gradeline.warehouse import Database

from .conftest import OURS, STAFF, SignIn

_ROWS = """
insert into recipients (channel, address, resolved_address, what, role, language, origin, added_by)
values ('email', 'x@y.z', 'x@y.z', 'group-report', 'admin', 'en', 'command', 'test');
insert into messages (recipient_id, channel, address, what, state, error)
select recipient_id, channel, address, what, 'refused', '550 <b>no such user</b>' from recipients;
insert into schedules (name, cron, zone, job, next_at, origin, added_by, problem, ended_at)
values ('night/ly', '0 3 * * *', 'UTC', 'run', '2024-12-03 03:00Z', 'command', 'test', 'It broke.', now());
insert into quarantine (slice_id, place, reason, raw)
select slice_id, 'a.csv, line 7', 'bad_number: score is ''x''', 'a1;<script>x</script>' from slices limit 1;
"""


@pytest.fixture(scope="module")
def troubled(staffed: Database) -> Database:
    """The school with one trouble of each kind."""
    with staffed.connect() as connection:
        connection.execute(_ROWS)
        connection.execute(
            "update slices set state = 'held', reason = 'Half of it is broken.',"
            " held_received = 2, held_quarantined = 1"
            " where slice_id = (select max(slice_id) from slices)"
        )
    return staffed


@pytest.fixture
def page(app: FastAPI, troubled: Database) -> OperationsPage:
    """The page as an administrator sees it."""
    ada = Principal(role=Role.ADMIN, login="ada")
    viewer = Viewer(principal=ada, language=language("en"), theme="auto")
    return read_operations(app.state.parts, viewer)


def test_what_went_wrong_is_there_with_what_to_do(page: OperationsPage) -> None:
    """Each trouble has the words of its error, and a command or a button."""
    found = {each.text: each for each in page.troubles}
    held = found["{what} is on hold: too many of its records are broken."]
    assert held.detail == "Half of it is broken."
    assert held.commands[0] == f"gradeline slices release {held.what}"
    assert found["Message {what} was refused."].detail.startswith("550")
    assert found["The last run of the schedule {what} had problems."].detail == "It broke."
    assert "gradeline worker" in {each for one in page.troubles for each in one.commands}


def test_its_numbers_are_those_of_the_ledger(page: OperationsPage, troubled: Database) -> None:
    """Slices and rejected records of each source, people and their groups."""
    with troubled.connect() as connection:
        states = connection.execute("select source, state from slices").fetchall()
        waiting = connection.execute("select count(*) from quarantine").fetchone()
    shown = [
        (each.source, state)
        for each in page.sources
        for state, n in each.slices.items()
        for _ in range(n)
    ]
    assert sorted(shown) == sorted(states)
    assert waiting == (sum(each.records for each in page.quarantine),)
    assert {
        each.person.login: each.person.groups for each in page.staff if each.person.login in STAFF
    } == {login: tuple(sorted(groups)) for login, (_, groups) in STAFF.items()}


def test_it_is_shown_as_text_and_acted_on(sign_in: SignIn, troubled: Database) -> None:
    """No bytes of a source or a service become markup; retry, pause and resume do what they say."""
    ada = sign_in("ada")
    shown = ada.get("/operations").text + ada.get("/operations/quarantine").text
    assert "<b>no such" not in shown
    assert "<script>x" not in shown
    assert "a.csv, line 7" in shown
    with troubled.connect() as connection:
        number = connection.execute("select message_id from messages").fetchone()
    assert number is not None
    for act in (f"messages/{number[0]}/retry", "schedules/night%2Fly/pause"):
        assert ada.post(f"/operations/{act}", headers=OURS).status_code == 303
    with troubled.connect() as connection:
        done = connection.execute("select state, paused_at is null from messages, schedules")
        assert done.fetchall() == [("waiting", False)]
        noted = connection.execute("select login, action from audit order by audit_id").fetchall()
    assert noted == [("ada", "retry"), ("ada", "pause")]
    ada.post("/operations/schedules/night%2Fly/resume", headers=OURS)
    assert "3:00" in ada.get("/operations").text
