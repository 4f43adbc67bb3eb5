"""The command `gradeline sandbox`, run as a person runs it."""

import json
import signal
import smtplib
import ssl
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.app import main
from gradeline.sandbox import read_journal


def test_it_prints_what_lets_a_person_in_and_ends_when_told(tmp_path, raw):
    """Lines for .env come out, keys in them open the twins, a mail is kept, SIGTERM ends with 0."""
    journal, arrivals = tmp_path / "journal.ndjson", tmp_path / "arrivals"
    command = [sys.executable, "-m", "gradeline", "--json", "sandbox", "--speed", "20"]
    command += ["--journal", str(journal), "--arrivals", str(arrivals)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        settings = json.loads(process.stdout.readline())
        ask = raw(urlsplit(settings["SANDBOX_URL"]).port)
        keys = f"client={settings['GRADER_CLIENT']}&client_key={settings['GRADER_CLIENT_KEY']}"
        answer = ask(f"GET /grader/api/statistics?{keys}&start=2024-01-11&end=2024-01-12")
        with smtplib.SMTP(settings["SMTP_SERVER"], int(settings["SMTP_PORT"])) as mail:
            trusted = ssl.create_default_context(cafile=settings["SMTP_CA_FILE"])
            mail.starttls(context=trusted)
            mail.login(settings["SENDER_EMAIL"], settings["SENDER_PASSWORD"])
            mail.sendmail(settings["SENDER_EMAIL"], "ana@school.example", "Subject: Hello")
        process.send_signal(signal.SIGTERM)
    assert (answer.status, process.returncode, settings["SANDBOX_SPEED"]) == (200, 0, "20")
    assert [entry.twin for entry in read_journal(journal)] == ["grader", "smtp"]
    assert b"Subject: Hello" in (arrivals / "email/0001.eml").read_bytes()


@pytest.mark.parametrize("wrong", [["--faults", "cutt"], ["--speed", "0"]])
def test_a_wrong_option_is_wrong_use(wrong, tmp_path):
    """A fault that is none, and time that stands still, end with exit code 2."""
    assert main(["--home", str(tmp_path), "sandbox", *wrong]) == WrongUse.exit_code
