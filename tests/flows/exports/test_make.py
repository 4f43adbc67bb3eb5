"""Making exports: once, by the newest try alone, as whoever asked may see it by then."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.flows.deliver.group_school import OTHER, OWN, learners_of

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now
from gradeline.base.errors import LakeError
from gradeline.flows.exports.expire import expire_exports
from gradeline.flows.staff import with_present_rights
from gradeline.records.exports import ExportFilters, ExportFormat, ExportRows, ExportStatus
from gradeline.records.intervals import rate
from gradeline.records.staff import NewStaffMember
from gradeline.warehouse import staff
from gradeline.warehouse.exports import work

from .conftest import Office, refusal

DAY = timedelta(days=1)


def lines_of(content: bytes) -> list[dict[str, str]]:
    """The lines of a CSV file that begins with the mark by which Excel knows UTF-8."""
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_file_has_a_line_per_learner(office: Office) -> None:
    """And nobody of another group; its figures are those of the learner's attempts in it."""
    export, content = office.made()
    lines = lines_of(content)
    assert [line["name"] for line in lines] == sorted(learners_of(OWN))
    assert (export.status, export.rows_written) == (ExportStatus.READY, len(lines))
    assert export.file_name == "s:Evening A.csv"
    some = [line for line in lines if line["attempts"] != "0"]
    expected = [rate(int(line["correct"]), int(line["attempts"])) for line in some]
    for_each = ("avg_accuracy", "avg_accuracy_low", "avg_accuracy_high")
    shown = [tuple(float(line[name]) for name in for_each) for line in some]
    assert shown == [pytest.approx((one.value, one.low, one.high)) for one in expected]


def test_filters_narrow_a_file_and_attempts_add_up_to_learners(office: Office) -> None:
    """By topic: the attempts one by one are those that the learners' lines count."""
    filters = ExportFilters(topic_ids=("ti0", "ti1"))
    learners = lines_of(office.made(filters=filters)[1])
    attempts = lines_of(office.made(filters=replace(filters, rows=ExportRows.ATTEMPTS))[1])
    whole = lines_of(office.made()[1])
    assert {line["topic_id"] for line in attempts} == {"ti0", "ti1"}
    assert sum(int(line["attempts"]) for line in learners) == len(attempts)
    assert 0 < len(attempts) < sum(int(line["attempts"]) for line in whole)


@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_documents_for_people_show_the_group_and_its_learners(
    office: Office, language: str
) -> None:
    """As PDF and XLSX, in each language, with the figures of the group."""
    _, pdf = office.made(format=ExportFormat.PDF, language=language)
    _, book = office.made(format=ExportFormat.XLSX, language=language)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    sheets = load_workbook(io.BytesIO(book))
    names = [row[0].value for row in sheets[sheets.sheetnames[-1]].iter_rows(min_row=2)]
    assert names == sorted(learners_of(OWN))
    assert all(name in text for name in names)


def test_two_tries_at_once_publish_one_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was paused before it published finds that it has lost the export."""
    export_id, publish = office.ask(), work.publish

    def paused(*arguments, **values):
        monkeypatch.setattr(work, "publish", publish)
        assert office.make(export_id)  # another worker has taken the job over
        return publish(*arguments, **values)

    monkeypatch.setattr(work, "publish", paused)
    assert not office.make(export_id)
    found = office.find(export_id)
    assert [key for key in office.files() if str(export_id) in key] == [found.storage_key]
    assert "/2/" in (found.storage_key or "")


def test_a_killed_try_is_made_again(office: Office) -> None:
    """What it left is swept, an hour later; the new try's file stays."""
    export_id = office.ask()
    with office.parts.database.connect(autocommit=True) as connection:
        killed = work.claim(connection, export_id)
    office.parts.lake.replace(f"export/requests/{export_id}/1/x.csv", b"half")
    assert office.make(export_id)
    assert killed is not None
    assert office.find(export_id).status is ExportStatus.READY
    expire_exports(office.parts, now() + timedelta(hours=2))
    assert [key for key in office.files() if str(export_id) in key] == [
        office.find(export_id).storage_key
    ]


def test_an_export_that_kills_its_workers_fails(office: Office) -> None:
    """After five tries that nobody ended it is not begun again."""
    export_id = office.ask()
    with office.parts.database.connect(autocommit=True) as connection:
        assert [work.claim(connection, export_id).fence for _ in range(5)] == [1, 2, 3, 4, 5]
    assert "died 5 times" in refusal(office, export_id)
    assert not office.make(export_id)


def test_an_export_waits_after_an_error_and_fails_after_the_last(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why is said either way; nothing of it lies in the store."""
    export_id = office.ask()

    def refuse(*_: object) -> None:
        raise LakeError("The store is full.")

    monkeypatch.setattr(type(office.parts.lake), "replace", refuse)
    with pytest.raises(LakeError):
        office.make(export_id, last=False)
    assert office.find(export_id).status is ExportStatus.PENDING
    with pytest.raises(LakeError):
        office.make(export_id)
    found = office.find(export_id)
    assert (found.status, found.error) == (ExportStatus.FAILED, "The store is full.")


def test_rights_are_asked_again_when_it_is_made(office: Office) -> None:
    """Whoever left the staff gets no file; who lost the group finds nobody in it."""
    member = NewStaffMember(login="eva", role="curator", language="en", groups=(OWN,), added_by="t")
    with office.parts.database.connect() as connection:
        staff_id = staff.insert(connection, member)
        eva = Principal(role=Role.CURATOR, login="eva", groups=frozenset({OWN}), staff_id=staff_id)
        assert with_present_rights(connection, eva, now().date()).groups == {OWN}
        staff.revoke_groups(connection, staff_id, [OWN])
        staff.grant_groups(connection, staff_id, [OTHER])
    assert "look after" in refusal(office, office.ask(eva))
    with office.parts.database.connect() as connection:
        staff.remove(connection, staff_id)
    assert "not of the staff" in refusal(office, office.ask(eva))


def test_a_file_is_gone_after_its_time_and_its_row_later(office: Office) -> None:
    """After 24 hours the file, after 90 days the row, with all that is known of it."""
    export, _ = office.made()
    expire_exports(office.parts, now() + DAY - timedelta(minutes=1))
    assert office.find(export.export_id).status is ExportStatus.READY
    expire_exports(office.parts, now() + DAY + timedelta(minutes=1))
    assert office.find(export.export_id).status is ExportStatus.EXPIRED
    assert export.storage_key not in office.files()
    assert expire_exports(office.parts, now() + 92 * DAY).rows > 0


def test_somebody_elses_group_is_never_in_a_file(office: Office) -> None:
    """The same request by a curator of another group makes no file."""
    foreign = Principal(role=Role.CURATOR, login="bea", groups=frozenset({OTHER}))
    assert "look after" in refusal(office, office.ask(foreign))
