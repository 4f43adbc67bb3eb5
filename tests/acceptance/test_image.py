"""The image of the job: what its Dockerfile says, and its steps without a container."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from proofs.rig.command import ROOT

from gradeline.entrypoints.cli.app import COMMANDS
from gradeline.settings import Settings

Step = tuple[str, str]


@pytest.fixture(scope="module")
def stages() -> list[list[Step]]:
    """The steps of each stage: (instruction, the rest), continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found: list[list[Step]] = []
    for line in lines:
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            found.append([])
        found[-1].append((instruction, rest.strip()))
    return found


def test_the_last_stage_runs_the_job_as_a_user_without_rights(stages):
    """Two stages; the second installs nothing, has a numbered user and a command that exists."""
    build, image = stages
    said = dict(image)
    assert said["USER"].isdecimal()
    assert int(said["USER"]) > 0
    assert (said["ENTRYPOINT"], said["CMD"]) == ('["gradeline"]', '["run", "--json"]')
    assert "run" in COMMANDS
    assert "pip" not in " ".join(rest for _, rest in image)
    assert dict(build)["FROM"].split(" ")[0] == said["FROM"], "one Python for both"


def test_the_image_sets_only_settings_that_exist(stages):
    """Each variable of the image that is not Python's or the shell's is a declared setting."""
    names = re.findall(r"(\w+)=", dict(stages[1])["ENV"])
    unknown = {name.lower() for name in names} - set(Settings.model_fields)
    assert unknown == {"path", "pythonunbuffered"}


def test_what_is_copied_goes_to_the_builder_and_nothing_else(stages):
    """`.dockerignore` lets through what the Dockerfile copies; data and keys stay here."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    passed = {rule[1:] for rule in rules if rule.startswith("!")}
    copied = {
        name
        for instruction, rest in stages[0]
        if instruction == "COPY"
        for name in rest.split()[:-1]
    }
    assert rules[1] == "*"
    assert copied == passed
    assert all((ROOT / name).exists() for name in copied)
    assert not any(fnmatch(secret, name) for secret in (".env", "data") for name in passed)


@pytest.mark.slow
def test_the_steps_of_the_build_make_a_command_that_a_user_without_rights_can_run(stages):
    """In an empty folder each step succeeds; the command runs where nothing else can be written."""
    with tempfile.TemporaryDirectory(prefix="gl-", dir=os.environ.get("TMPDIR")) as name:
        ground = Path(name)
        ground.chmod(0o755)
        prefix = ground / "gradeline"
        subprocess.run([sys.executable, "-m", "venv", ground / "tools"], check=True)
        path = f"{ground / 'tools' / 'bin'}:{os.environ['PATH']}"
        (ground / "build").mkdir()
        for instruction, rest in stages[0]:
            if instruction == "COPY":
                _copy(rest, ground / "build")
            elif instruction == "RUN":
                line = rest.replace("/opt/gradeline", str(prefix))
                environment = {**os.environ, "PATH": path}
                subprocess.run(
                    ["bash", "-ec", line], cwd=ground / "build", env=environment, check=True
                )
        shown = subprocess.run(
            [prefix / "bin" / "gradeline", "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
            env={"PATH": "/usr/bin:/bin"},
        )
        assert shown.stdout.startswith("gradeline ")


def _copy(rest: str, target: Path) -> None:
    *names, _ = shlex.split(rest)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
