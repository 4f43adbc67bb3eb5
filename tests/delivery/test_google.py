"""Drive's and Sheets' own ways, beside what every channel promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gradeline.base.errors import DeliveryRefused
from gradeline.delivery.channel import Envelope
from gradeline.delivery.google import GoogleAccount
from gradeline.delivery.message import Document, Message, Table
from gradeline.sandbox.google.drive import FOLDER, OWN, ROOT, DriveFile
from gradeline.sandbox.google.sheets import SHEET
from gradeline.sandbox.google.twin import EMAIL

from .google_rig import DriveRig, SheetsRig


def report(content: bytes = b"%PDF-1", course: str = "2013J") -> Document:
    """A report of a course."""
    return Document(
        name="course_report.pdf",
        media_type="application/pdf",
        content=content,
        key=f"reports/AAA/{course}/course_report.pdf",
        folder=("AAA", course),
    )


def send(rig: DriveRig, *documents: Document, key: str = "k", address: str = ROOT) -> str:
    """Send documents to a folder."""
    message = Message(subject="s", text="t", documents=documents)
    return rig.channel.send(Envelope(key=key, address=address, message=message)).provider_id


def test_documents_lie_in_folders_by_category_and_course(drive_rig: DriveRig):
    """The path of a report is the same as in the home."""
    send(drive_rig, report(), report(course="2014B"))
    assert sorted(drive_rig.twin.drive.documents()) == [
        "AAA/2013J/course_report.pdf",
        "AAA/2014B/course_report.pdf",
    ]


def test_a_newer_version_replaces_the_file_in_place(drive_rig: DriveRig):
    """A report keeps its id, so links to it and rights on it stay."""
    first = send(drive_rig, report(b"%PDF-1"))
    assert send(drive_rig, report(b"%PDF-2"), key="k2") == first
    assert drive_rig.twin.drive.documents() == {"AAA/2013J/course_report.pdf": b"%PDF-2"}


def test_a_file_that_people_renamed_or_moved_is_still_ours(drive_rig: DriveRig):
    """The file is known by our property: no second copy appears under the old name."""
    file = drive_rig.twin.drive.files[send(drive_rig, report(b"%PDF-1"))]
    file.name, file.parents = "Report for the board.pdf", [ROOT]
    send(drive_rig, report(b"%PDF-2"), key="k2")
    assert drive_rig.twin.drive.documents() == {"Report for the board.pdf": b"%PDF-2"}


def test_two_folders_have_a_copy_each(drive_rig: DriveRig):
    """Another recipient's folder gets a file of its own."""
    send(drive_rig, report())
    other = "0AFolderOfTheBoard"
    board = DriveFile(file_id=other, name="For the board", mime_type=FOLDER, parents=[ROOT])
    drive_rig.twin.drive.files[other] = board
    send(drive_rig, report(), key="k2", address=other)
    assert len(drive_rig.twin.drive.documents()) == 2


def test_a_large_file_goes_up_in_pieces(drive_rig: DriveRig):
    """A file above Google's limit for one request arrives byte for byte."""
    content = bytes(range(256)) * 25_000
    send(drive_rig, report(content))
    assert drive_rig.twin.drive.documents() == {"AAA/2013J/course_report.pdf": content}


def test_a_missing_quota_says_to_use_a_shared_drive(drive_rig: DriveRig):
    """A service account has no storage: the error names the shared drive and the account."""
    with pytest.raises(DeliveryRefused) as caught:
        send(drive_rig, report(), address=OWN)
    assert "GOOGLE_SHARED_DRIVE_ID" in str(caught.value)
    assert EMAIL in str(caught.value)


def test_what_is_not_shared_names_the_account(drive_rig: DriveRig):
    """The error says with whom the folder is to be shared."""
    (error,) = drive_rig.channel.check("0ANowhere")
    assert f"Share it with {EMAIL}" in str(error)


def test_a_key_that_is_none_is_refused_without_its_text():
    """A broken key is named by its setting; nothing of it is shown."""
    with pytest.raises(DeliveryRefused) as caught:
        GoogleAccount({"client_email": "a@b", "token_uri": "x", "private_key": "secret"})
    assert "secret" not in str(caught.value)


TABLE = Table(
    title="Daily figures",
    header=("Day", "Attempts", "Success rate, %"),
    rows=((date(2026, 11, 29), 12, 50.0), (date(2026, 11, 30), 0, None)),
)


def write(rig: SheetsRig, table: Table, key: str = "k") -> None:
    """Write a table."""
    message = Message(subject="s", text="t", table=table)
    rig.channel.send(Envelope(key=key, address=SHEET, message=message))


def test_a_row_for_each_day_is_written_once(sheets_rig: SheetsRig):
    """A rerun writes the same rows again; a new day goes below, a changed one in its place."""
    write(sheets_rig, TABLE)
    write(sheets_rig, TABLE, "k2")
    changed = ((date(2026, 11, 29), 13, 48.5), (date(2026, 12, 1), 4, 25.0))
    write(sheets_rig, replace(TABLE, rows=changed), "k3")
    assert sheets_rig.twin.sheets.sheets["Daily figures"] == [
        ["Day", "Attempts", "Success rate, %"],
        ["2026-11-29", 13, 48.5],
        ["2026-11-30", 0, ""],
        ["2026-12-01", 4, 25.0],
    ]


def test_a_header_that_people_changed_stays(sheets_rig: SheetsRig):
    """Our header is written only where there is none."""
    sheets_rig.twin.sheets.sheets["Daily figures"] = [["Tag", "Versuche", "Quote"]]
    write(sheets_rig, TABLE)
    assert sheets_rig.twin.sheets.sheets["Daily figures"][0] == ["Tag", "Versuche", "Quote"]


def test_all_rows_go_in_one_request(sheets_rig: SheetsRig):
    """A year of days takes as many requests as one day: Google counts requests."""
    days = tuple((date.fromordinal(739_000 + n), n, None) for n in range(366))
    write(sheets_rig, replace(TABLE, rows=days))
    sent = [one for one in sheets_rig.sandbox.journal.entries() if one.method == "POST"]
    assert [one.path for one in sent if "values" in one.path] == [
        f"/v4/spreadsheets/{SHEET}/values:batchUpdate"
    ]
