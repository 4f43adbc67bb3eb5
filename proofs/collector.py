"""Collects from the sources of the settings, and does nothing else that the command does.

`python -m proofs.collector RECORD AT`: as `proofs.killer`, with the way from a source to lake and
warehouse in the place of the command, whose views alone take longer to compile than a small
school to load.
"""

from __future__ import annotations

import sys

from gradeline.flows.collect import collect
from gradeline.settings import read_settings
from gradeline.sources.source import Asked
from gradeline.warehouse import open_warehouse
from gradeline.wiring import place_of, wired_sources
from proofs.inside import parts_in
from proofs.killer import arm


def main() -> int:
    """Put the points there, then collect; 1 where something failed."""
    arm(*sys.argv[1:])
    settings = read_settings()
    home = settings.gradeline_home
    with open_warehouse(place_of(settings), say=print, migrate=False) as database:
        parts = parts_in(home, database)
        for source in wired_sources(settings, parts.spool, parts.choices).values():
            done = collect(source, Asked(), parts, lambda *_: None)
            if done.failed or done.held or done.unread:
                print(*done.failed, *done.held, done.unread, file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
