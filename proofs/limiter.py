"""Runs the command where no file may grow beyond a size: `python -m proofs.limiter BYTES ARG…`.

It stands in for a full disk where none may be mounted. SIGXFSZ is ignored, so that a write
beyond the limit fails with EFBIG, as one to a full disk fails with ENOSPC.
"""

from __future__ import annotations

import resource
import signal
import sys

from gradeline.__main__ import main as command


def main() -> int:
    """Set the limit, then run the command with the arguments that are left."""
    size = int(sys.argv[1])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    sys.argv = ["gradeline", *sys.argv[2:]]
    return command() or 0


if __name__ == "__main__":
    sys.exit(main())
