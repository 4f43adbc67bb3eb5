"""The page of files: what is on the screen is what is asked for, a link is signed, mail goes out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.entrypoints.api.school import COURSE, EVENING, SCOTLAND

from gradeline.entrypoints.dashboard.places import group_url
from gradeline.flows.staff import add_member, principal_of_recipient
from gradeline.records.recipients import Recipient, What
from gradeline.records.staff import NewStaffMember
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import recipients

from .conftest import NOW, OURS, SignIn

URL = group_url(SCOTLAND, COURSE)
LINK = re.compile(r'value="(http://testserver/exports/[^"]+)"')


@pytest.fixture(autouse=True)
def clean(staffed: Database) -> None:
    """Nothing was asked for before."""
    with staffed.connect() as connection:
        connection.execute("delete from report_exports")
        connection.execute("delete from recipients")


def stored(staffed: Database) -> list[tuple[Any, ...]]:
    """What workers are asked to make: whose, of what, as what, and narrowed how."""
    with staffed.connect() as connection:
        return connection.execute(
            "select requested_by, group_id, format, filters from report_exports"
        ).fetchall()


def test_a_file_has_the_filters_of_the_screen(sign_in: SignIn, staffed: Database) -> None:
    """Group, period and topic of the page are those that a worker counts by."""
    form = {"kind": "csv-answers", "from": "2024-01-05", "to": "2024-02-01", "topic": "CMA"}
    answer = sign_in("ana").post(f"{URL}/export", data=form, headers=OURS)
    assert answer.headers["location"] == "/exports?told=asked"
    wanted = {
        "topic_ids": ["CMA"],
        "since": "2024-01-05",
        "until": "2024-02-01",
        "rows": "attempts",
    }
    assert stored(staffed) == [("ana", SCOTLAND, "csv", wanted)]


def test_too_many_files_are_told_in_words(sign_in: SignIn) -> None:
    """The limit is that of the API; the page says when one may ask again."""
    ana = sign_in("ana")
    last = [ana.post(f"{URL}/export", data={"kind": "pdf"}, headers=OURS) for _ in range(6)][-1]
    page = ana.get(last.headers["location"]).text
    assert "as many files as one may ask for" in page
    assert "You can ask again in 60 minutes." in page


def test_a_file_is_followed_linked_and_its_links_ended(sign_in: SignIn, staffed: Database) -> None:
    """While it is made the list asks again; ready it has a signed link, until that is ended."""
    ana = sign_in("ana")
    ana.post(f"{URL}/export", data={"kind": "pdf"}, headers=OURS)
    assert 'hx-get="/exports/files"' in ana.get("/exports").text
    number = finish(staffed)
    ready = ana.get("/exports/files").text
    assert "hx-get" not in ready
    first = LINK.findall(ready)
    assert len(first) == 1
    assert LINK.findall(ana.get("/exports").text) == first
    ana.post(f"/exports/{number}/revoke", headers=OURS)
    assert LINK.findall(ana.get("/exports").text) != first
    assert LINK.findall(sign_in("ben").get("/exports").text) == []


def finish(staffed: Database) -> str:
    """Make the one file that was asked for, as a worker would; its number."""
    with staffed.connect() as connection:
        row = connection.execute(
            "update report_exports set status = 'ready', ready_at = now(), storage_key = 'k',"
            " file_name = 'group.pdf', media_type = 'application/pdf', size = 1,"
            " sha256 = repeat('0', 64), expires_at = %s returning id",
            [NOW + timedelta(days=4000)],
        ).fetchone()
    assert row is not None
    return str(row[0])


def weekly(address: str, weekday: int = 1) -> dict[str, str | int]:
    """The form that lets reports go to an address at eight."""
    return {"address": address, "weekday": weekday, "hour": 8}


def known(staffed: Database) -> list[Recipient]:
    """All recipients."""
    with staffed.connect() as connection:
        return recipients.ls(connection)


def colleague(staffed: Database) -> None:
    """Somebody of the staff who has an e-mail address."""
    member = NewStaffMember(email="bea@school.org", role="reader", added_by="test")
    with staffed.connect() as connection:
        add_member(connection, member, "en")


def test_a_curator_sends_own_groups_to_colleagues(sign_in: SignIn, staffed: Database) -> None:
    """What goes out each week is bounded by the curator's own groups, as they are then."""
    colleague(staffed)
    ana = sign_in("ana")
    answer = ana.post(f"{URL}/weekly", data=weekly("Bea@School.org"), headers=OURS)
    assert answer.headers["location"] == "/exports?told=added#regular"
    (made,) = known(staffed)
    assert (made.what, made.role, made.cron) == (What.GROUP_REPORT, "curator", "0 8 * * 1")
    with staffed.connect() as connection:
        assert principal_of_recipient(connection, made, NOW.date()).groups == {SCOTLAND}
    page = ana.get("/exports").text
    assert "bea@school.org" in page
    stop = f"/exports/regular/{made.recipient_id}/stop"
    assert sign_in("ben").post(stop, headers=OURS).status_code == 404
    assert sign_in("ana").post(stop, headers=OURS).status_code == 303
    assert known(staffed) == []


@pytest.mark.parametrize(
    ("address", "told"), [("x@elsewhere.org", "not-staff"), ("bea@school.org", "taken")]
)
def test_a_curator_sends_to_nobody_else(
    sign_in: SignIn, staffed: Database, address: str, told: str
) -> None:
    """Not outside the school, and not over what somebody else arranged."""
    colleague(staffed)
    evening = group_url(EVENING, COURSE)
    sign_in("ben").post(f"{evening}/weekly", data=weekly("bea@school.org"), headers=OURS)
    before = known(staffed)
    answer = sign_in("ana").post(f"{URL}/weekly", data=weekly(address, 2), headers=OURS)
    assert answer.headers["location"] == f"/exports?told={told}"
    assert known(staffed) == before


def test_an_administrator_sends_single_groups(sign_in: SignIn, staffed: Database) -> None:
    """One group after the other goes to an address, and no group that was not named."""
    ada = sign_in("ada")
    for group in (SCOTLAND, EVENING):
        url = f"{group_url(group, COURSE)}/weekly"
        ada.post(url, data=weekly("head@elsewhere.org"), headers=OURS)
    (made,) = known(staffed)
    assert (made.role, set(made.groups)) == ("admin", {SCOTLAND, EVENING})
    assert made.owner_id is not None
