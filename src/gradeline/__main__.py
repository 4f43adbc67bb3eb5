"""`python -m gradeline` and the command `gradeline`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command that was typed; its exit code."""
    # Imported here: processes that a run starts import this module too, and need none of it.
    from gradeline.doors.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
