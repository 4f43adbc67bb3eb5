"""`python -m proofs [--name N] [--seed N] [--quick] [--first] [--mutants]`: 1 where one breaks."""

from __future__ import annotations

import argparse
import secrets
import sys
import time

from proofs import PROOFS, QUICK, mutants
from proofs.promise import Try, prove


def main() -> int:
    """Run the proofs that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="proofs", description=__doc__)
    parser.add_argument("--name", action="append", dest="names", help=", ".join(PROOFS))
    parser.add_argument("--seed", type=int, default=None, help="replays a run; default: a new one")
    parser.add_argument(
        "--quick", action="store_true", help=f"few tries; of all proofs, only {', '.join(QUICK)}"
    )
    parser.add_argument("--first", action="store_true", help="stop at the first try that breaks")
    parser.add_argument(
        "--mutants", action="store_true", help="take each guard away once; a proof must break"
    )
    asked = parser.parse_args()
    unknown = [name for name in asked.names or () if name not in PROOFS]
    if unknown:
        parser.error(f"no proof is called {', '.join(unknown)}; there are {', '.join(PROOFS)}")
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    if asked.mutants:
        return mutants.prove_all(seed, say=_say)
    stops = _is_broken if asked.first else _goes_on
    broken = 0
    for name in asked.names or (QUICK if asked.quick else PROOFS):
        print(f"{name} (seed {seed})", flush=True)
        began = time.monotonic()
        outcome = prove(name, PROOFS[name], seed, small=asked.quick, stops=stops, say=_say)
        broken += not outcome.holds
        print(f"{outcome.summary()}\n  {time.monotonic() - began:.0f} s\n", flush=True)
    return 1 if broken else 0


def _is_broken(done: Try) -> bool:
    return bool(done.wrong)


def _goes_on(_: Try) -> bool:
    return False


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
