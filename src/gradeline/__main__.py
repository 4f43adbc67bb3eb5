"""`python -m gradeline` and the command `gradeline`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # Imported modules stay, so collecting garbage among them is a waste: a fifth of the start.
    gc.disable()
    # Imported here because the processes that a run starts import this module without needing it.
    from gradeline.entrypoints.cli import main as run

    gc.freeze()
    gc.enable()
    try:
        return run()
    finally:
        gc.unfreeze()


if __name__ == "__main__":
    sys.exit(main())
