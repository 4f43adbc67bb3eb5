"""`python -m bench [--name N] [--rounds N]`: run benchmarks; prints ratios, asserts no time."""

from __future__ import annotations

import argparse
import sys

from bench import ingest, load, refresh, reports

BENCHES = {
    "ingest": ingest.run,
    "load": load.run,
    "refresh": refresh.run,
    "reports": reports.run,
}


def main() -> int:
    """Run the benchmarks that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--name", action="append", dest="names", choices=[*BENCHES])
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs")
    asked = parser.parse_args()
    for name in asked.names or BENCHES:
        BENCHES[name](asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
