"""`python -m bench [--name N] [--rounds N] [--events N]`: run benchmarks and print ratios."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from bench import (
    api,
    dwh,
    exports,
    ingest,
    load,
    recall,
    refresh,
    reports,
    vendor_export,
    whole_run,
    wide,
)

BENCHES = {
    "api": api.run_api,
    "dwh": dwh.run,
    "exports": exports.run,
    "ingest": ingest.run,
    "load": load.run,
    "recall": recall.run,
    "refresh": refresh.run,
    "reports": reports.run,
    "vendor-export": vendor_export.run,
    "whole-run": whole_run.run_whole,
    "wide": wide.run_wide,
}


def main() -> int:
    """Run the benchmarks that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--name", action="append", dest="names", choices=[*BENCHES])
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs")
    parser.add_argument(
        "--events", type=int, default=ingest.EVENTS, help="how many events ingest reads"
    )
    parser.add_argument(
        "--learners", type=int, default=wide.LEARNERS, help="how many learners wide has, and recall"
    )
    parser.add_argument("--courses", type=int, default=1, help="how many courses wide has")
    parser.add_argument("--rows", type=int, help="how many rows dwh posts; of one event 60")
    parser.add_argument("--lines", type=int, default=exports.ROWS, help="lines of an export")
    asked = parser.parse_args()
    rows = asked.rows or (dwh.ROWS if asked.events == ingest.EVENTS else 60 * asked.events)
    exported = vendor_export.EVENTS if asked.events == ingest.EVENTS else asked.events
    benches = BENCHES | {
        "dwh": partial(dwh.run, rows=rows),
        "exports": partial(exports.run, rows=asked.lines),
        "ingest": partial(ingest.run, events=asked.events),
        "vendor-export": partial(vendor_export.run, events=exported),
        "wide": partial(wide.run_wide, learners=asked.learners, courses=asked.courses),
    }
    if asked.learners != wide.LEARNERS:
        benches["recall"] = partial(recall.run, learners=asked.learners)
    for name in asked.names or benches:
        benches[name](asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
