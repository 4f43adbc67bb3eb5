"""Each case of the troubleshooting page comes up, and its message points to its section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.delivery.email_rig import EmailRig, server_of
from tests.delivery.google_rig import DriveRig, SheetsRig
from tests.delivery.slack_rig import SlackRig

from gradeline import __file__ as package
from gradeline.base.errors import DeliveryError, WarehouseUnavailable, WrongSetting
from gradeline.delivery.email import Email
from gradeline.embedded.process import free_port
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.upkeep.diagnose import (
    Finding,
    Verdict,
    check_choices,
    check_clock,
    check_disk,
    check_lake,
    check_plans,
    check_postgres,
    check_python,
)
from gradeline.lake import open_lake
from gradeline.records.course_list import CourseEntry, CourseList
from gradeline.settings import read_settings
from gradeline.sources.source import CourseFiles
from gradeline.warehouse import ExternalServer, open_warehouse
from gradeline.wiring.channels import wire_channels

SOURCES = Path(package).parent
PAGE = Path(__file__).parents[2] / "docs/how-to/troubleshooting.md"
SEE = "See docs/how-to/troubleshooting.md#"
#: Sections that no message points to.
UNPOINTED = {"a-job-in-the-cloud-fails", "see-more"}


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def the_only(errors) -> DeliveryError:
    """The one error of a check."""
    (error,) = errors
    return error


def test_every_pointer_leads_to_a_section_and_every_section_has_one():
    """No message points to a heading that is not there, and no case is only on paper."""
    sections = {slug(line[3:]) for line in PAGE.read_text().splitlines() if line.startswith("## ")}
    text = "".join(path.read_text() for path in SOURCES.rglob("*.py"))
    named = {case for case in sections if f'"{case}"' in text}
    pointed = set(re.findall(r'case = ?"([\w-]+)"|case="([\w-]+)"', text))
    assert named == sections - UNPOINTED
    assert {one or other for one, other in pointed} <= sections


def test_a_server_that_does_not_answer():
    """Host, port and the command of this system are in the message."""
    port = free_port()
    place = ExternalServer(url=f"postgresql://u:hunter22@127.0.0.1:{port}/school")
    with pytest.raises(WarehouseUnavailable) as caught, open_warehouse(place, say=print):
        pass
    assert f"127.0.0.1:{port}" in str(caught.value)
    assert "systemctl status postgresql" in str(caught.value)
    assert str(caught.value).endswith(f"{SEE}postgresql-does-not-answer")


def test_a_login_of_mail_that_is_refused(email_rig: EmailRig):
    """535 says 2FA, app password and port."""
    channel = Email(server_of(email_rig.twin, password="not-an-app-password"))
    said = str(the_only(channel.check("ana@school.example")))
    assert all(words in said for words in ("535", "2FA", "app password", "SMTP_PORT=587"))
    assert said.endswith(f"{SEE}the-mail-server-refuses-the-login-535")


def test_google_without_credentials(tmp_path, monkeypatch):
    """An ID of a sheet without a key names the setting and the file."""
    monkeypatch.chdir(tmp_path)
    settings = read_settings(home=tmp_path, overrides={"GOOGLE_SHEETS_ID": "1Abc"})
    with pytest.raises(WrongSetting, match=r"credentials\.json") as caught:
        wire_channels(settings)
    assert caught.value.case == "google-has-no-credentials"


def test_a_google_api_that_is_not_enabled(drive_rig: DriveRig):
    """Both APIs are named."""
    drive_rig.twin.is_enabled = False
    error = the_only(drive_rig.channel.check(drive_rig.address))
    assert "Google Sheets API and the Google Drive API" in str(error)
    assert error.case == "a-google-api-is-not-enabled"


def test_a_sheet_that_is_not_shared(sheets_rig: SheetsRig):
    """The address of the account is in the message, and is what doctor shows as identity."""
    error = the_only(sheets_rig.channel.check(sheets_rig.unknown_address))
    assert sheets_rig.channel.identity == sheets_rig.twin.account["client_email"]
    assert f"Share it with {sheets_rig.channel.identity}" in str(error)
    assert error.case == "google-does-not-show-a-folder-or-spreadsheet"


def test_a_clock_that_google_does_not_take(drive_rig: DriveRig):
    """An hour's difference is said to be the clock's, not the key's."""
    drive_rig.twin.clock_ahead_s = 3_600.0
    error = the_only(drive_rig.channel.check(drive_rig.address))
    assert "clock is wrong" in str(error)
    assert error.case == "the-clock-is-wrong"


def test_a_slack_channel_without_the_bot(slack_rig: SlackRig):
    """What to type in Slack is in the message."""
    error = the_only(slack_rig.channel.check("#closed"))
    assert "/invite" in str(error)
    assert error.case == "slack-the-bot-is-not-in-the-channel"


@pytest.mark.parametrize("scope", ["channels:read", "chat:write", "files:write"])
def test_a_slack_app_without_a_scope(slack_rig: SlackRig, scope):
    """The missing scope is named before anything is sent."""
    slack_rig.twin.scopes.remove(scope)
    error = the_only(slack_rig.channel.check("#reports"))
    assert f"missing_scope ({scope})" in str(error)
    assert error.case == "slack-the-app-lacks-a-scope"


def test_a_store_that_takes_no_probe(tmp_path):
    """A lake that cannot be written is bad."""
    lake = open_lake(f"file:{tmp_path}")
    (tmp_path / "lake").write_text("a file where a folder should be")
    assert _case(check_lake(lake)) == (Verdict.BAD, "the-store-takes-no-probe")


class _Plans:
    """A source of plans, of which one file and one course are left over."""

    def match_courses(self) -> CourseFiles:
        """What belongs together."""
        return CourseFiles(
            files={"M/a": "M/a.csv"}, unmatched=("M/old.csv",), without_file=("M/b",)
        )


def test_plan_files_and_courses_that_are_left_over():
    """Both are named, the file and the course."""
    found = check_plans({"planification": _Plans()})
    assert "no course fits planification/M/old.csv" in found.message
    assert "without one: M/b" in found.message
    assert _case(found) == (Verdict.WARN, "plan-files-and-courses-do-not-match")


def test_a_mistake_in_cursos_yml():
    """It is bad, and named."""
    found = check_choices(Choices(mistakes={"M/a": "cursos.yml: M/a: unknown KPI x."}), ())
    assert _case(found) == (Verdict.BAD, "cursosyml-has-a-mistake")


def test_a_course_of_cursos_yml_that_no_data_names():
    """It is named once there is data of others; case and accents do not matter."""
    book = CourseList(
        courses=[CourseEntry(category="M", course=each) for each in ("álgebra", "old")]
    )
    found = check_choices(Choices(book=book), {"m/ALGEBRA"})
    assert "No data names M/old." in found.message
    assert _case(found) == (Verdict.WARN, "cursosyml-has-a-mistake")
    assert check_choices(Choices(book=book), ()).verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("found", "case"),
    [
        (check_clock(-90.0, "db:5432"), "the-clock-is-wrong"),
        (check_clock(90.0, "db:5432"), "the-clock-is-wrong"),
        (check_clock(5.0, "db:5432"), ""),
        (check_disk(1_900_000_000), "little-disk-space"),
        (check_disk(2_100_000_000), ""),
        (check_python((3, 11, 13)), "old-versions"),
        (check_python((3, 12, 11)), "old-versions"),
        (check_python((3, 12, 12)), ""),
        (check_python((3, 14, 0)), ""),
        (check_postgres(150017, "db", embedded=False), "old-versions"),
        (check_postgres(160000, "db", embedded=False), "old-versions"),
        (check_postgres(170010, "db", embedded=False), ""),
        (check_postgres(180004, "db", embedded=True), ""),
    ],
)
def test_what_doctor_warns_of(found: Finding, case: str):
    """Clock, disk and versions: a warning with its section beyond the bound, none within it."""
    assert _case(found) == (Verdict.WARN if case else Verdict.GOOD, case)
    assert str(found).endswith(SEE + case if case else found.message)


def _case(found: Finding) -> tuple[Verdict, str]:
    return found.verdict, found.case
