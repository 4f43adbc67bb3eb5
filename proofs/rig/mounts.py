"""Disks of our own, where this process may mount one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def may_mount(folder: Path) -> bool:
    """Whether this process may mount a tmpfs."""
    folder.mkdir()
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "none", str(folder)], capture_output=True, check=False
    )
    if tried.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    return tried.returncode == 0


@contextmanager
def mounted(folder: Path, size: float) -> Iterator[None]:
    """A disk of so many bytes at `folder`; whoever still works on it is ended with it."""
    folder.mkdir(parents=True)
    how = f"size={max(1, int(size / 1024))}k,mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", how, "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
