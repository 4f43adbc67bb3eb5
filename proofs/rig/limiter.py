"""Runs the command with too little of something: `python -m proofs.rig.limiter WHAT MANY ARG…`.

`bytes`: no file may grow beyond so many. It stands in for a full disk where none may be mounted;
SIGXFSZ is ignored, so that a write beyond the limit fails with EFBIG, as one to a full disk fails
with ENOSPC. `files`: no more than so many may be opened beside those that are open already.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

from gradeline.__main__ import main as command


def main() -> int:
    """Set the limit, then run the command with the arguments that are left."""
    what, many, *arguments = sys.argv[1:]
    if what == "bytes":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _limit(resource.RLIMIT_FSIZE, int(many))
    else:
        free = os.open(os.devnull, os.O_RDONLY)  # the lowest number that is not taken
        os.close(free)
        _limit(resource.RLIMIT_NOFILE, free + int(many))
    sys.argv = ["gradeline", *arguments]
    return command() or 0


def _limit(what: int, many: int) -> None:
    resource.setrlimit(what, (many, many))


if __name__ == "__main__":
    sys.exit(main())
