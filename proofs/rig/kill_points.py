"""Runs the command in this process and kills it at a counted place, from outside the product.

`python -m proofs.rig.kill_points RECORD AT ARGUMENT…`: every function in PLACES is wrapped so
that it passes a point before and after its work; at the AT-th point the process gets SIGKILL from
itself (0 = never; `after ledger.settle@3` = the third of that kind), or the signal that
PROOFS_SIGNAL names: one that SIGSTOP halts there goes on when it is told to. RECORD gets one line
per point, so that whoever kills from outside knows where it was. The product has no hook for this.
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from proofs.promise import SIGNAL

#: Where a run changes something that outlives it: `module:name` or `module:Class.name`.
PLACES = (
    "os:rename",
    "os:replace",
    "os:link",
    "os:fsync",
    "psycopg:Connection.commit",
    "psycopg:Copy.write",
    "psycopg:Copy.__exit__",
    "gradeline.lake:Lake.put_new",
    "gradeline.lake:Lake.replace",
    "gradeline.lake:Lake.write_version",
    "gradeline.flows.collect.settle:load_slice",
    "gradeline.warehouse.slices.ledger:plan",
    "gradeline.warehouse.slices.ledger:mark_landed",
    "gradeline.warehouse.slices.ledger:settle",
    "gradeline.warehouse.rows.load:load_rows",
    "gradeline.warehouse.slices.quarantine:replace",
    "gradeline.warehouse.results.builds:publish",
    "gradeline.warehouse.results.documents:record_documents",
)


class Points:
    """Counts the points that were passed and kills at the one that was asked for."""

    def __init__(self, record: Path, at: str) -> None:
        self._file = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._kind, _, number = at.rpartition("@")
        self._at = int(number)
        self._passed = 0
        self._signal = signal.Signals[os.environ.get(SIGNAL, "SIGKILL")]
        self._lock = threading.Lock()

    def passed(self, label: str) -> None:
        """One more point; the process ends here if it is the one."""
        with self._lock:
            self._passed += self._kind in ("", label)
            os.write(self._file, f"{label}\n".encode())
            if self._passed == self._at and self._kind in ("", label):
                os.kill(os.getpid(), self._signal)


def arm(record: str, at: str, places: Sequence[str] = PLACES) -> None:
    """Put the points before and after every function in the places."""
    points = Points(Path(record), at)
    for place in places:
        wrap(place, points)


def wrap(place: str, points: Points) -> None:
    """Put a point before and after a function.

    Raises:
        AttributeError: there is no such function any more; update PLACES.
    """
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *classes, name = path.split(".")
    for each in classes:
        owner = getattr(owner, each)
    setattr(owner, name, _between(getattr(owner, name), f"{module.split('.')[-1]}.{path}", points))


def _between(inner: Callable[..., Any], label: str, points: Points) -> Callable[..., Any]:
    @functools.wraps(inner)
    def outer(*arguments: Any, **named: Any) -> Any:
        points.passed(f"before {label}")
        result = inner(*arguments, **named)
        points.passed(f"after {label}")
        return result

    return outer


def main(places: Sequence[str] = PLACES) -> int:
    """Wrap, then run the command with the arguments that are left; its exit code."""
    record, at, *arguments = sys.argv[1:]
    arm(record, at, places)
    from gradeline.__main__ import main as command  # after the wrapping, so that it is seen

    sys.argv = ["gradeline", *arguments]
    return command()


if __name__ == "__main__":
    sys.exit(main())
