"""Collects from the sources of the settings, counts where it is told to, and writes no document.

`python -m proofs.rig.collect_only RECORD AT [AS-OF]`: as `proofs.rig.kill_points`, without the
rest of the command, which takes many times as long over a small school. It counts as of a day,
if one is given.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from gradeline.base.errors import GradelineError
from gradeline.flows.collect.collect import collect
from gradeline.flows.refresh.refresh import refresh
from gradeline.settings import Settings, read_settings
from gradeline.sources.source import PlanRequest
from gradeline.warehouse import open_warehouse
from gradeline.wiring.run import terms_of
from gradeline.wiring.server import server_of
from gradeline.wiring.sources import wire_sources
from proofs.rig.in_process import parts_in
from proofs.rig.kill_points import arm


def main() -> int:
    """Put the points there, then collect; 1 where something failed, which is said."""
    record, at, *as_of = sys.argv[1:]
    arm(record, at)
    try:
        return _collected(read_settings(), as_of)
    except GradelineError as error:
        print(f"gradeline: {error}", file=sys.stderr)
        return 1


def _collected(settings: Settings, as_of: Sequence[str]) -> int:
    home = settings.gradeline_home
    with open_warehouse(server_of(settings), say=print, migrate=False) as database:
        parts = parts_in(home, database)
        for source in wire_sources(settings, parts.spool, parts.choices).values():
            done = collect(source, PlanRequest(), parts, lambda *_: None)
            if done.failed or done.held or done.unread:
                print("gradeline:", *done.failed, *done.held, done.unread, file=sys.stderr)
                return 1
        for day in as_of:
            refresh(parts, terms_of(settings, datetime.fromisoformat(f"{day}T00:00:00+00:00")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
