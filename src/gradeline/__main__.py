"""`python -m gradeline` and the command `gradeline`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # Imported modules stay, so collecting garbage among them is a waste: a fifth of the start.
    gc.disable()
    try:
        # Imported here: the processes that a run starts import this module without needing it.
        from gradeline.entrypoints.cli import main as run

        gc.freeze()
        gc.enable()
        return run()
    except KeyboardInterrupt:  # before or after the command
        sys.stderr.write("gradeline: Stopped.\n")
        return 130  # 128 + SIGINT
    finally:
        gc.unfreeze()


def _leave_working_folder() -> None:
    """Import nothing more from the folder where `python -m gradeline` is typed, as -P does."""
    if not sys.flags.safe_path:
        del sys.path[0]


if __name__ == "__main__":
    _leave_working_folder()
    sys.exit(main())
