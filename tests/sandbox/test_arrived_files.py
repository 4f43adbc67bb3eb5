"""What arrived at the simulated services, as files."""

from types import SimpleNamespace

from gradeline.sandbox.arrived_files import ArrivedFiles
from gradeline.sandbox.google.drive import FOLDER, ROOT, DriveFile
from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.slack.twin import SlackMessage, SlackTwin
from gradeline.sandbox.telegram.twin import TelegramMessage, TelegramTwin


def test_each_message_document_and_sheet_is_a_file_inside_the_folder(tmp_path):
    """Names that would lead out of the folder stay in it."""
    slack, telegram, google = SlackTwin(), TelegramTwin(), GoogleTwin()
    slack.channels["C0REPORTS1"].messages.append(
        SlackMessage(ts="1.2", text="Done", blocks=[], metadata={})
    )
    telegram.messages.append(TelegramMessage(message_id=1, chat_id="-5", text="Готово"))
    up = DriveFile(file_id="a", name="..", mime_type=FOLDER, parents=[ROOT])
    google.drive.files |= {
        "a": up,
        "b": DriveFile(file_id="b", name="r.pdf", mime_type="x", parents=["a"], content=b"%PDF"),
    }
    google.sheets.sheets["Days"] = [["Day", "Attempts"], ["2026-12-01", 3]]
    channels = {twin.name: twin for twin in (slack, telegram, google)}
    systems = SimpleNamespace(mail=SimpleNamespace(arrived=tuple), channels=channels)
    ArrivedFiles(systems, tmp_path / "in").write()
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {
        "in/slack/reports/1.2.json",
        "in/telegram/-5/0001.txt",
        "in/drive/_/r.pdf",
        "in/sheets/Days.csv",
    }
