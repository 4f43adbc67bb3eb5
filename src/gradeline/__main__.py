"""`python -m gradeline` and the command `gradeline`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command that was typed; its exit code."""
    # What importing makes is there to stay: looking through it again and again for what may go
    # takes a fifth of the start.
    gc.disable()
    # Imported here: processes that a run starts import this module too, and need none of it.
    from gradeline.entrypoints.cli import main as run

    gc.freeze()
    gc.enable()
    try:
        return run()
    finally:
        gc.unfreeze()


if __name__ == "__main__":
    sys.exit(main())
