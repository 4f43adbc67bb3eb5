"""The tutorial is done word by word: its files are written, its command is typed."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

STEP = re.compile(
    r"`((?:exports|mapping)/[a-z]+\.[a-z]+)`[^\n]*:\n\n```[a-z]+\n(.*?)```", re.DOTALL
)
ENV = re.compile(r"in a file `\.env`:\n\n```\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def school(root) -> Iterator[Path]:
    """A folder with every file that the tutorial shows, which PostgreSQL's user can enter."""
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o711)
    text = (root / "docs/tutorial/first-report.md").read_text(encoding="utf-8")
    (folder / ".env").write_text(ENV.search(text)[1], encoding="utf-8")
    for name, content in STEP.findall(text):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    yield folder
    gradeline(folder, "stop")
    shutil.rmtree(folder)


def gradeline(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command typed in that folder, with nothing set but what its .env says."""
    command = [sys.executable, "-m", "gradeline", *words]
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def first_run(school):
    """What the first run said."""
    return gradeline(school, "run")


def test_the_tutorial_ends_with_a_report(school, first_run):
    """The run of the tutorial writes the PDF that it names, with nothing in quarantine."""
    assert first_run.returncode == 0, first_run.stderr
    assert (school / "data/reports/maths/2024/course_report.pdf").read_bytes()[:5] == b"%PDF-"
    assert "0 in quarantine" in first_run.stdout


def test_the_second_run_of_the_tutorial_does_nothing(school, first_run):
    """Typed again, the command reads no slice and writes no document."""
    said = gradeline(school, "run")
    assert (said.returncode, "7 as before" in said.stdout) == (0, True), said.stdout + said.stderr
    assert "Wrote 0 documents" in said.stdout
