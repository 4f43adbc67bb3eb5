"""`gradeline doctor --cloud`: the commands for Google Cloud, filled in, without a secret."""

from __future__ import annotations

import json
import shlex
import subprocess

import pytest

from gradeline.entrypoints.cli.app import main

SECRET = "a-token-nobody-may-see"
SETTINGS = {
    "STORAGE_BACKEND": "gcp",
    "GCP_PROJECT_ID": "my-project",
    "REGION": "us-central1",
    "GCP_BUCKET_NAME": "my-school",
    "SCHOOL_TIMEZONE": "Europe/Madrid",
    "ACCESS_TOKEN": SECRET,
    "IGNORED_USERS": "a@x.example,b@x.example",
    "SLACK_CHANNEL": "#it's us",
}
ROLES = (
    "storage.objectAdmin",
    "secretmanager.secretAccessor",
    "run.invoker",
    "logging.logWriter",
    "monitoring.metricWriter",
)


@pytest.fixture
def commands(tmp_path, monkeypatch, capsys) -> list[str]:
    """What it prints for a school, one command each."""
    monkeypatch.chdir(tmp_path)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor", "--cloud", "--json"]) == 0
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err
    return [json.loads(line)["command"] for line in printed.out.splitlines()]


def test_every_command_is_one_that_a_shell_can_read(commands):
    """Bash can read all of them, and each creates: nothing is there to be updated yet."""
    for command in commands:
        subprocess.run(["bash", "-n", "-c", command], check=True)
    assert [command for command in commands if " update" in command] == []
    assert [command for command in commands if "gcloud run jobs create batch-processing" in command]


def test_every_role_and_both_services_of_documents_are_there(commands):
    """The roles that the job needs are given, each once where it belongs, and APIs are enabled."""
    text = "\n".join(commands)
    assert [role for role in ROLES if f"--role=roles/{role}" not in text] == []
    assert text.count("roles/run.invoker") == 2
    assert "drive.googleapis.com sheets.googleapis.com" in commands[0]


def test_settings_reach_the_job_as_they_are(commands):
    """Plain settings are variables, commas and quotes included; secrets come by their name."""
    (create,) = [command for command in commands if "jobs create batch-processing " in command]
    words = shlex.split(create)
    (variables,) = [word for word in words if word.startswith("--set-env-vars=^||^")]
    pairs = dict(pair.split("=", 1) for pair in variables.partition("^||^")[2].split("||"))
    assert pairs["IGNORED_USERS"] == SETTINGS["IGNORED_USERS"]
    assert pairs["SLACK_CHANNEL"] == SETTINGS["SLACK_CHANNEL"]
    assert (pairs["STORAGE_BACKEND"], pairs["GCP_BUCKET_NAME"]) == ("gcp", "my-school")
    assert "--set-secrets=ACCESS_TOKEN=access-token:latest" in words
    assert "--region=us-central1" in words


def test_what_is_not_set_stands_in_capitals(tmp_path, monkeypatch, capsys):
    """Without a project the commands can be read, and what to fill in is said."""
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--cloud"]) == 0
    printed = capsys.readouterr()
    assert "--project=GCP_PROJECT_ID" in printed.out
    assert "GCP_PROJECT_ID, REGION, GCP_BUCKET_NAME" in printed.err
