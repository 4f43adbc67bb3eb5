"""`python -m bench [--name N] [--rounds N] [--events N]`: run benchmarks and print ratios."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from bench import ingest, load, refresh, reports, whole_run

BENCHES = {
    "ingest": ingest.run,
    "load": load.run,
    "refresh": refresh.run,
    "reports": reports.run,
    "whole-run": whole_run.run_whole,
}


def main() -> int:
    """Run the benchmarks that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--name", action="append", dest="names", choices=[*BENCHES])
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs")
    parser.add_argument(
        "--events", type=int, default=ingest.EVENTS, help="how many events ingest reads"
    )
    asked = parser.parse_args()
    benches = BENCHES | {"ingest": partial(ingest.run, events=asked.events)}
    for name in asked.names or benches:
        benches[name](asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
