"""Importing any module does nothing: no file, no socket, no process, no word."""

import subprocess
import sys

IMPORT_ALL = """
import importlib, pkgutil, sys

def watch(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        raise RuntimeError(f"{event} while importing")
    if event in ("subprocess.Popen", "os.system", "os.fork", "os.exec", "os.mkdir", "os.remove", "os.rename"):
        raise RuntimeError(f"{event} {args[:1]} while importing")
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise RuntimeError(f"open {args[0]} for writing while importing")

import gradeline
names = [m.name for m in pkgutil.walk_packages(gradeline.__path__, "gradeline.")]
assert len(names) > 50, names
sys.addaudithook(watch)
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
import threading
assert threading.active_count() == 1, threading.enumerate()
"""


def test_importing_every_module_does_nothing(tmp_path):
    """With no environment and sockets closed every module imports, in silence, leaving nothing."""
    said = subprocess.run(
        [sys.executable, "-B", "-W", "error::ResourceWarning", "-c", IMPORT_ALL],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
