"""Scope and role: through every channel each principal gets what it may see, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from proofs.rig.services import Services, services
from pypdf import PdfReader

from gradeline.base.errors import WrongUse
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import What
from gradeline.records.run_summary import RunProblem
from gradeline.records.staff import NewStaffMember
from gradeline.sandbox.google.drive import FOLDER, DriveFile
from gradeline.sandbox.google.sheets import SHEET
from gradeline.sandbox.slack.twin import SlackRoom
from gradeline.settings import read_settings
from gradeline.warehouse import staff
from gradeline.warehouse.results import documents
from gradeline.wiring.channels import wire_channels

from .conftest import CANARIES, FEW, NOW, School, put_day, school_with

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

#: principal → its role and its courses
PRINCIPALS = {
    "adminall": {"role": "admin"},
    "adminone": {"role": "admin", "courses": ("a/1",)},
    "readerall": {"role": "reader"},
    "readerone": {"role": "reader", "courses": ("a/1",)},
    "curatorone": {"role": "curator"},
}
#: The group of `curatorone`, whose learners are those of a/1 with tell-tale names.
GROUP = "files:s:a/1/x"
CHANNELS = ("email", "slack", "telegram", "webhook", "drive")
#: What tells of the two courses that who has one course may not see.
FOREIGN = ("a/2", "b/1", "a_2", "b_1", "canarynamea2", "canarynameb1", "canaryida2", "canaryidb1")
CANARY = "canary"
PROBLEMS = tuple(
    RunProblem(what=f"{course or 'files:s'} failed", reason=f"line 7 has {who}", course_id=course)
    for course, who in (("a/1", "Canarynamea1"), ("b/1", "Canarynameb1"), ("", "canaryida2n1"))
)


def address_of(box: Services, channel: str, who: str) -> str:
    """An address of a principal's own, which the service knows."""
    number = [*PRINCIPALS].index(who)
    if channel == "slack":
        return f"C0{who.upper()}"
    return {
        "email": f"{who}@school.example",
        "telegram": f"-10099{number}",
        "webhook": f"{box.hook}?to={who}",
        "drive": f"0A{who}",
    }[channel]


def open_address(box: Services, who: str) -> None:
    """Let the services know a principal's addresses."""
    room, chat, folder = (address_of(box, each, who) for each in ("slack", "telegram", "drive"))
    box.slack.channels[room] = SlackRoom(channel_id=room, name=who)
    box.telegram.groups.add(chat)
    box.google.drive.files[folder] = DriveFile(
        file_id=folder, name=folder, mime_type=FOLDER, parents=[]
    )


def add_recipients(place: School, box: Services) -> None:
    """Add every principal through every channel for all that it brings."""
    curator = NewStaffMember(login="cu", role="curator", language="en", added_by="test")
    with place.parts.database.connect() as connection:
        staff_id = staff.insert(connection, replace(curator, groups=(GROUP,)))
    for who, role in PRINCIPALS.items():
        open_address(box, who)
        rights = role | ({"staff_id": staff_id} if who == "curatorone" else {})
        for name in CHANNELS:
            for what in place.parts.delivery.channels[name].traits.takes:
                if what is What.DAILY_FIGURES and "courses" in rights:
                    continue
                if (what is What.GROUP_REPORT) is not (rights["role"] == "curator"):
                    continue
                place.add(what, channel=name, address=address_of(box, name, who), **rights)


@pytest.fixture(scope="module")
def box() -> Iterator[Services]:
    """Every service."""
    with services() as made:
        yield made


@pytest.fixture(scope="module")
def delivered(box, tmp_path_factory, published) -> Iterator[School]:
    """A school that has delivered everything to everybody."""
    folder = tmp_path_factory.mktemp("scope")
    channels = wire_channels(read_settings(home=folder, overrides=dict(box.settings)))
    with school_with(folder, published, channels) as place:
        with place.parts.database.connect() as connection:
            for course in CANARIES:
                documents.record_documents(connection, (course, ""), "v1", [])
            put_day(connection, NOW.date() - timedelta(days=1))
        add_recipients(place, box)
        place.add(What.DAILY_FIGURES, channel="sheets", address=SHEET, role="reader")
        result = place.deliver(1, *PROBLEMS)
        assert result.problems == ()
        yield place


def words_in(name: str, content: bytes) -> str:
    """All text in a document: of each page, of each part of a workbook."""
    if name.endswith("pdf"):
        reader = PdfReader(io.BytesIO(content))
        texts = [page.extract_text() for page in reader.pages]
        return " ".join([name, *texts, str(reader.metadata), content.decode("latin-1")])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return " ".join([name, *(parts.read(part).decode() for part in parts.namelist())])


def arrived(place: School, box: Services, channel: str, who: str) -> tuple[str, dict[str, bytes]]:
    """The texts that arrived at a principal's address, and the documents by their names."""
    address = address_of(box, channel, who)
    match channel:
        case "email":
            mails = [mail for mail in box.mails() if mail["to"] == address]
            bodies = [
                part.get_content()
                for mail in mails
                for part in mail.walk()
                if part.get_content_maintype() == "text"
            ]
            files = [part for mail in mails for part in mail.iter_attachments()]
            found = {str(part.get_filename()): part.get_content() for part in files}
            return " ".join([*bodies, *(str(mail.items()) for mail in mails)]), found
        case "slack":
            room = box.slack.channels[address]
            found = {f.name: f.content for f in box.slack.files.values() if f.channel == address}
            return " ".join(f"{one.text} {one.blocks}" for one in room.messages), found
        case "telegram":
            mine = [one for one in box.telegram.messages if one.chat_id == address]
            found = {one.file_name: one.content for one in mine if one.file_name}
            return " ".join(one.text for one in mine), found
        case "drive":
            return "", on_drive(box, address)
    return posted(place, box, address)


def on_drive(box: Services, folder: str) -> dict[str, bytes]:
    """The files below a folder."""
    drive = box.google.drive
    paths = {
        "/".join(drive.path(each, with_root=True)): each.content
        for each in drive.files.values()
        if each.content
    }
    return {path: content for path, content in paths.items() if path.startswith(f"{folder}/")}


def posted(place: School, box: Services, address: str) -> tuple[str, dict[str, bytes]]:
    """The texts and documents of the posts to an address."""
    import base64

    keys = {one.key for one in place.stored(1_000) if one.address == address}
    mine = [post for key, post in box.webhook.kept.items() if key in keys]
    files = [document for post in mine for document in post["documents"]]
    found = {each["name"]: base64.b64decode(each["content"]) for each in files}
    shown = [{name: each for name, each in post.items() if name != "documents"} for post in mine]
    return str(shown), found


def everything(place: School, box: Services, channel: str, who: str) -> str:
    """All that arrived, as lower-case text."""
    text, files = arrived(place, box, channel, who)
    return " ".join([text, *(words_in(name, one) for name, one in files.items())]).lower()


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_administrator_of_everything_gets_all_of_it(delivered, box, channel):
    """Names of every course arrive, in documents and in problems: so the other tests look well."""
    found = everything(delivered, box, channel, "adminall")
    assert all(f"canaryname{mark}" in found for mark in ("a1", "a2", "b1"))
    assert channel == "drive" or f"{FEW:,}" in found


@pytest.mark.parametrize("who", PRINCIPALS)
def test_every_channel_brings_the_same_bytes(delivered, box, who):
    """What arrived through the channels' own clients is equal, byte for byte."""
    found = [arrived(delivered, box, channel, who)[1].values() for channel in CHANNELS]
    assert len(found[0]) == (2 if who.endswith("one") else 6)
    assert [sorted(each) for each in found] == [sorted(found[0])] * len(CHANNELS)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("who", ["adminone", "readerone", "curatorone"])
def test_who_has_one_course_gets_nothing_of_another(delivered, box, channel, who):
    """No text, file name, page or cell tells of a course outside the scope."""
    text, files = arrived(delivered, box, channel, who)
    found = everything(delivered, box, channel, who)
    assert len(files) == 2
    assert [word for word in FOREIGN if word in found] == []
    assert who == "readerone" or "canarynamea1" in found
    assert channel == "drive" or "a/1" in text


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("who", ["readerall", "readerone"])
def test_a_reader_gets_no_learner_and_no_small_figure(delivered, box, channel, who):
    """No name, address or id of a learner arrives, and no figure about two or three of them."""
    _, files = arrived(delivered, box, channel, who)
    found = everything(delivered, box, channel, who)
    assert len(files) == (6 if who == "readerall" else 2)
    assert CANARY not in found
    assert not any(few in found for few in (str(FEW), f"{FEW:,}"))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_curator_gets_no_learner_of_another_group(delivered, box, channel):
    """Learners of the course who are in other groups are in no text, page or cell."""
    found = everything(delivered, box, channel, "curatorone")
    assert "canarynamea1" in found
    assert re.findall(r"files:s:s:[0-9]", found) == []
    assert re.search(r"files:s:s:[0-9]", everything(delivered, box, channel, "adminone"))


def test_a_sheet_of_a_reader_has_the_day_of_few_learners_without_figures(delivered, box):
    """The row of a day on which two learners worked has its day alone."""
    rows = [row for grid in box.google.sheets.sheets.values() for row in grid]
    day = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    shown = {str(row[0]): row[1:] for row in rows if row}
    assert any(set(figures) == {""} for figures in shown.values()), (day, shown)
    assert str(FEW) not in str(rows)


@pytest.mark.parametrize("channel", ["email", "sheets"])
def test_daily_figures_are_not_for_who_has_one_course(delivered, channel):
    """They are of the whole school, so adding them with a scope is refused."""
    with pytest.raises(WrongUse, match="whole school"):
        delivered.add(What.DAILY_FIGURES, channel=channel, courses=("a/1",))


def test_the_next_run_alerts_whom_it_concerns_and_sends_no_document_again(delivered, box):
    """Problems of a course outside the scope alone give rise to no alert."""
    before, files = len(delivered.stored(1_000)), len(box.slack.files)
    foreign = RunProblem(what="b/1 failed", reason="no rows", course_id="b/1")
    delivered.deliver(2, foreign)
    new: Mapping[str, StoredMessage] = {
        one.address: one
        for one in delivered.stored(1_000)[before:]
        if one.what is What.ALERT and one.channel == "email"
    }
    assert sorted(new) == ["adminall@school.example", "readerall@school.example"]
    assert len(box.slack.files) == files
