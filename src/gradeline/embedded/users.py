"""Who uses the embedded server: a shared file lock per process, which ends with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class UsersLock:
    """A process that uses the embedded server, counted while the lock is open.

    The kernel releases the lock of a killed process. On Windows nobody is counted and nobody is
    ever the last: `gradeline stop` stops the server.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> UsersLock:
        """Take the shared lock."""
        if sys.platform != "win32":
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return self

    def __exit__(self, *_: object) -> None:
        """Release the lock."""
        os.close(self._descriptor)

    def alone(self) -> bool:
        """Whether nobody else uses the server now; call it only while holding the start lock."""
        if sys.platform == "win32":
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A failed upgrade may have released the shared lock, so take it again.
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
            return False
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return True
