"""What a process may be started with: odd arguments, streams and time zones end with a message."""

import os
import subprocess
import sys

import pytest

from gradeline import __main__
from gradeline.entrypoints import cli
from gradeline.entrypoints.cli.app import main
from gradeline.wiring import server


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "--course", "caf\udce9"], "--course has bytes that are not UTF-8: b'caf\\xe9'."),
        (["run", "--course=\udcff"], "--course has bytes that are not UTF-8"),
        (["run", "\udcff"], "An argument has bytes that are not UTF-8"),
        (["sandbox", "--port", "99999"], "Invalid value for '--port'"),
        (["sandbox", "--port", "-1"], "Invalid value for '--port'"),
        (["sandbox", "--speed", "nan"], "--speed is nan; it must be a number above 0."),
        (["quarantine", "show", str(2**63)], "Invalid value for 'quarantine_id'"),
    ],
)
def test_an_argument_that_cannot_work_is_refused_by_its_name(words, message, capfd):
    """Exit code 2 and the name of the option, not a traceback."""
    assert main(words) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize("zone", [":/etc/passwd", "/etc", "../../../../../../etc/passwd"])
def test_a_time_zone_that_is_none_is_refused_by_name(zone, capfd, monkeypatch):
    """TZ that names a file of another kind ends with exit code 2."""
    monkeypatch.setenv("TZ", zone)
    assert main(["settings"]) == 2
    assert f"TZ is {zone!r}, which is not a time zone." in capfd.readouterr().err


@pytest.mark.parametrize("zone", ["UTC0", "Europe/Madrid", ":Asia/Tokyo", "<+03>-3"])
def test_time_zones_of_the_system_are_taken(zone, capfd, monkeypatch):
    """Names and POSIX rules are both right."""
    monkeypatch.setenv("TZ", zone)
    assert main(["settings"]) == 0


def test_a_closed_standard_output_is_refused(capfd, monkeypatch):
    """`gradeline settings >&-` says that nothing can be printed."""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["settings"]) == 2
    assert "Standard output is closed" in capfd.readouterr().err


@pytest.mark.parametrize("words", [["settings"], ["settings", "--json"], ["--help"]])
def test_a_reader_that_leaves_ends_the_command_in_silence(words):
    """`gradeline settings | head -1` prints no error; the code is the shell's for SIGPIPE."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "gradeline", *words]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_mistake_of_ours_is_one_line_and_its_stack_is_in_the_log(capfd, tmp_path, monkeypatch):
    """Whatever goes wrong inside an open home, a person reads no traceback."""
    monkeypatch.setenv("SENDER_PASSWORD", "hunter22")
    monkeypatch.setattr(server, "open_warehouse", lambda *_, **__: {}["hunter22"])
    assert main(["--home", str(tmp_path), "slices", "ls"]) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("gradeline: An unexpected error, KeyError: '***'. The log in ")
    (log,) = (tmp_path / "logs").iterdir()
    assert log.read_text().endswith("KeyError: '***'\n")


@pytest.mark.parametrize("start", [["-P", "-m", "gradeline"], ["-m", "gradeline"]])
def test_no_python_file_of_the_working_folder_runs(start, tmp_path):
    """`python -m` alone finds there only what it needs before our first line."""
    for name in ("altair", "json", "random", "re", "typing", "yaml"):
        (tmp_path / f"{name}.py").write_text(f"open('{name}-ran', 'w').close()\n")
    command = [sys.executable, *start, "--home", "h", "--json", "settings"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert b"GRADELINE_HOME" in told
    assert list(tmp_path.glob("*-ran")) == []


def test_ctrl_c_before_the_command_starts_prints_one_line(capfd, monkeypatch):
    """An interrupt while modules are imported ends with 130, as one later does."""

    def interrupt() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupt)
    assert __main__.main() == 130
    assert capfd.readouterr().err == "gradeline: Stopped.\n"
