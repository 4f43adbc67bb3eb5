"""`gradeline doctor --cloud`: the commands for Google Cloud, filled in, without a secret."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import Any

import jsonschema
import pytest
import yaml
from googleapiclient import discovery_cache
from proofs.rig.command import ROOT

from gradeline.entrypoints.cli.app import main
from gradeline.entrypoints.cli.cloud_commands import secret_name
from gradeline.settings import Settings

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
    assert [command for command in commands if "run jobs create batch-processing" in command]


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


@pytest.fixture(scope="module")
def job_schema() -> dict[str, Any]:
    """What Google's description of its API says of a job, as a JSON schema that takes no more."""

    def strict(part: Any) -> Any:
        if isinstance(part, list):
            return [strict(each) for each in part]
        if not isinstance(part, dict):
            return part
        if isinstance(part.get("$ref"), str):
            return {"$ref": f"#/definitions/{part['$ref']}"}
        kept = {name: strict(each) for name, each in part.items() if each != "any"}
        return {**kept, "additionalProperties": False} if "properties" in part else kept

    described = json.loads(discovery_cache.get_static_doc("run", "v1"))
    return {"$ref": "#/definitions/Job", "definitions": strict(described["schemas"])}


@pytest.fixture(scope="module")
def job_yaml() -> dict[str, Any]:
    """The job as a file."""
    text = (ROOT / "deploy" / "cloud-run-job.yaml").read_text(encoding="utf-8")
    made: dict[str, Any] = yaml.safe_load(text)
    return made


def test_the_job_in_yaml_has_the_fields_of_google_s_api(job_yaml, job_schema):
    """Every field of the file is one that the published schema has, of its type; others are not."""
    jsonschema.validate(job_yaml, job_schema)
    misspelt = json.loads(json.dumps(job_yaml).replace("maxRetries", "maxRetry"))
    with pytest.raises(jsonschema.ValidationError, match="maxRetry"):
        jsonschema.validate(misspelt, job_schema)


def test_the_job_in_yaml_is_the_one_that_the_commands_create(job_yaml, commands):
    """Processor, memory, time, retries, disk, home and account are the same both ways."""
    (create,) = [command for command in commands if "jobs create batch-processing " in command]
    task = job_yaml["spec"]["template"]["spec"]["template"]["spec"]
    (container,), (volume,) = task["containers"], task["volumes"]
    (mount,), limits = container["volumeMounts"], container["resources"]["limits"]
    variables = {one["name"]: one.get("value") for one in container["env"]}
    size = volume["emptyDir"]["sizeLimit"]
    for said in (
        f"--cpu={limits['cpu']} --memory={limits['memory']} --task-timeout={task['timeoutSeconds']}",
        f"--max-retries={task['maxRetries']}",
        f"--service-account={task['serviceAccountName']} ",
        f"--image={container['image']} ",
        f"--add-volume=name={volume['name']},type=ephemeral-disk,size={size}",
        f"--add-volume-mount=volume={mount['name']},mount-path={mount['mountPath']}",
        f"GRADELINE_HOME={variables['GRADELINE_HOME']}||STORAGE_BACKEND=gcp",
    ):
        assert said in create
    assert (volume["emptyDir"]["medium"], volume["name"]) == ("Disk", mount["name"])


def test_the_job_in_yaml_sets_only_settings_that_exist(job_yaml):
    """Each variable is a declared setting, and a secret's name is the one that is created."""
    task = job_yaml["spec"]["template"]["spec"]["template"]["spec"]
    for one in task["containers"][0]["env"]:
        assert one["name"].lower() in Settings.model_fields
        if "valueFrom" in one:
            secret = one["valueFrom"]["secretKeyRef"]
            assert secret == {"name": secret_name(one["name"]), "key": "latest"}
