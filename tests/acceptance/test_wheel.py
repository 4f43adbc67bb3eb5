"""What is built is whole: a wheel, installed where no source tree is, runs the demo."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from proofs.rig.command import ROOT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
OFFLINE = ["--quiet", "--no-deps", "--no-index"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture
def installed(wheel, ground) -> Path:
    """An environment with the wheel, and the locked packages that the tests run with."""
    folder = ground / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("[Ll]ib/**/site-packages")
    # Lines of a .pth in a folder that a .pth names are not followed: no editable install comes in.
    locked = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "locked.pth").write_text("\n".join(sorted(locked)))
    python = next(folder.glob("*/python"))
    subprocess.run([*PIP, "--python", python, "install", *OFFLINE, wheel], check=True)
    return python


def test_every_data_file_is_in_the_wheel(wheel):
    """SQL, mappings, templates, fonts, translations and the sample are shipped as they are."""
    folder = ROOT / "src"
    kept = [path for path in (folder / "gradeline").rglob("*") if path.is_file()]
    wanted = {p.relative_to(folder).as_posix() for p in kept if "__pycache__" not in p.parts}
    with zipfile.ZipFile(wheel) as packed:
        shipped = {name for name in packed.namelist() if name.startswith("gradeline/")}
    assert shipped == wanted


@pytest.fixture
def typed(installed, ground) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Runs a program of that environment with nothing set but a home."""
    env = {"PATH": os.environ["PATH"], "HOME": str(ground), "GRADELINE_HOME": str(ground / "home")}

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [installed.with_name(program), *arguments]
        return subprocess.run(command, cwd=ground, env=env, capture_output=True, text=True)

    yield run
    run("gradeline", "stop")


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_the_installed_wheel_runs_the_demo(typed, installed, ground):
    """`gradeline demo --once` needs no settings: every course of the school is reported."""
    shown = typed("python", "-c", "import gradeline; print(gradeline.__file__)")
    assert shown.stdout.startswith(str(installed.parents[1]))
    done = typed("gradeline", "demo", "--once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((ground / "home").rglob("reports/*/*/course_report.pdf"))) == 3
