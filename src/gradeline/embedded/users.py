"""Who uses the embedded server: a shared lock per user, which ends with its process."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

if sys.platform != "win32":
    import fcntl


class UsersLock:
    """One user of the embedded server; counted for as long as it is open.

    The kernel frees the lock of a process that is killed, so nobody is counted who is gone.
    On Windows nobody is counted, and nobody is ever the last: `gradeline stop` stops the server.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> UsersLock:
        """Be counted as a user."""
        if sys.platform != "win32":
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Be counted no more."""
        os.close(self._descriptor)

    def alone(self) -> bool:
        """Whether nobody else uses the server now; ask only while holding the start lock."""
        if sys.platform == "win32":
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A refused change of the lock may have lost the shared one, so take it again.
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)
            return False
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return True
