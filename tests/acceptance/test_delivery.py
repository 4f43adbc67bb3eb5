"""The real command delivers to every simulated service, through each service's own client."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from proofs.rig.command import School, school
from proofs.rig.oulad import cut
from proofs.rig.services import Services
from proofs.rig.services import services as running_services

from .conftest import open_ground

#: Each call of the command is a process that starts a server: `make prove` has the time.
pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2015-12-31")


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """Every service, on loopback."""
    with running_services() as made:
        yield made


@pytest.fixture(scope="module")
def delivered(services, tmp_path_factory, migrated_home) -> Iterator[School]:
    """A school of two courses whose first run has delivered everything."""
    files = cut(tmp_path_factory.mktemp("two") / "aaa", learners=25)
    with (
        open_ground() as folder,
        school(
            folder / "school", files, like=migrated_home, forks=True, **services.settings
        ) as place,
    ):
        done = place.call("run", *AS_OF)
        assert done.returncode == 0, done.stdout + done.stderr
        yield place


def reports_of(place: School) -> dict[str, bytes]:
    """The reports in the home, by their path below `reports/`."""
    folder = place.home / "reports"
    files = [path for path in folder.rglob("course_report.*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_report_is_on_the_drive_byte_for_byte(delivered, services):
    """Two PDF and two XLSX lie in folders by category and course, equal to those in the home."""
    assert len(reports_of(delivered)) == 4
    assert services.google.drive.documents() == reports_of(delivered)


def test_each_service_got_the_result_of_the_run(delivered, services):
    """Slack, Telegram and mail say that the run is done, and name both courses."""
    texts = [
        services.slack.channels["C0REPORTS1"].messages[0].text,
        services.telegram.messages[0].text,
    ]
    assert ["is done" in text for text in texts] == [True, True]
    assert all("AAA/2013J" in text and "AAA/2014J" in text for text in texts)
    assert "is done" in services.subjects()[0]


def test_a_second_run_sends_no_report_again(delivered, services):
    """Files keep their ids and bytes, and the run says what it sent: its own result only."""
    before = {each.file_id: each.number for each in services.google.drive.files.values()}
    done = delivered.call("run", *AS_OF)
    assert "Sent 3 messages (1 by email, 1 by slack, 1 by telegram)" in done.stdout
    assert {each.file_id: each.number for each in services.google.drive.files.values()} == before


def test_a_service_that_refuses_is_named_and_keeps_nothing_from_the_others(delivered, services):
    """With the bot out of the channel the run ends with 1, and mail and Telegram got theirs."""
    arrived = len(services.telegram.messages)
    services.slack.next_faults.append("refused")
    done = delivered.call("run", *AS_OF)
    assert done.returncode == 1
    assert "slack C0REPORTS1 (run-result)" in done.stderr
    assert "not_in_channel" in done.stderr
    assert len(services.telegram.messages) == arrived + 1
    number = next(
        line for line in delivered.call("recipients", "ls").stdout.splitlines() if "slack" in line
    )
    tried = delivered.call("recipients", "test", number.split()[0])
    assert tried.returncode == 0, tried.stderr


def test_trying_a_chat_that_moved_says_so_and_follows_it(delivered, services):
    """`recipients test` names the new number of a group that became a supergroup, and keeps it."""
    services.telegram.groups.add("-4400077")
    added = delivered.call("recipients", "add", "--what", "alert", "--", "telegram", "-4400077")
    services.telegram.groups.discard("-4400077")
    services.telegram.moved["-4400077"] = services.settings["TELEGRAM_CHAT_ID"]
    number = re.search(r"recipients test (\d+)", added.stdout).group(1)
    tried = delivered.call("recipients", "test", number)
    assert f"knows it as {services.settings['TELEGRAM_CHAT_ID']} now" in tried.stderr
    assert "knows it as" not in delivered.call("recipients", "test", number).stderr
    delivered.call("recipients", "rm", number)


def test_a_recipient_s_scope_and_role_bound_what_arrives(delivered, services):
    """A reader of one course gets that course alone, without any learner's name or id."""
    asked = ("recipients", "add", "email", "board@school.example", "--role", "reader")
    added = delivered.call(*asked, "--course", "AAA/2013J", "--what", "course-report")
    assert added.returncode == 0, added.stderr
    delivered.call("run", "--upload-only")
    mail = message_from_bytes(services.mail.arrived()[-1].content, policy=default)
    assert mail["to"] == "board@school.example"
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["AAA_2013J_course_report.pdf", "AAA_2013J_course_report.xlsx"]
    assert "2014J" not in mail.get_body(("plain",)).get_content()


def test_what_was_sent_is_listed(delivered):
    """`deliveries ls` and `show` tell what went to whom."""
    listed = delivered.call("deliveries", "ls", "--channel", "drive").stdout
    assert "AAA/2013J, AAA/2014J" in listed
    number = listed.splitlines()[-1].split()[0]
    shown = delivered.call("deliveries", "show", number).stdout
    assert "sent" in shown
    assert "steps done" in shown


@pytest.mark.parametrize("arrived", [1, 2, 3, 4])
def test_killed_while_it_sends_each_report_arrives_once(delivered, services, arrived, tmp_path):
    """SIGKILL after so many files of another folder: the next run sends the rest, none twice."""
    folder = f"0AFolder{arrived}"
    root = services.google.drive.files[services.settings["GOOGLE_DRIVE_FOLDER_ID"]]
    services.google.drive.files[folder] = replace(root, file_id=folder, name=folder)
    place = replace(delivered, env={**delivered.env, "GOOGLE_DRIVE_FOLDER_ID": folder})
    started = place.start("run", "--upload-only")
    wait_for_files(services, folder, arrived)
    started.kill()
    assert place.call("run", "--upload-only").returncode == 0
    assert files_below(services, folder) == reports_of(delivered)


def files_below(services: Services, folder: str) -> dict[str, bytes]:
    """The files of a folder of the drive: path → bytes; a second copy would be two of a name."""
    drive = services.google.drive
    found: dict[str, bytes] = {}
    for each in drive.files.values():
        place = "/".join(drive.path(each, with_root=True))
        if place.startswith(f"{folder}/") and each.content:
            assert place not in found
            found[place.removeprefix(f"{folder}/")] = each.content
    return found


def wait_for_files(services: Services, folder: str, number: int) -> None:
    """Wait until so many files are in the folder."""
    ends_at = time.monotonic() + 60
    while len(files_below(services, folder)) < number and time.monotonic() < ends_at:
        time.sleep(0.002)
