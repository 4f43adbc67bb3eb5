"""Proofs: each promise is broken on purpose, with a seed that replays it."""

from proofs.crash import crash_load, crash_run
from proofs.disk import disk
from proofs.export_stable import export_stable
from proofs.order import order
from proofs.pg_down import pg_down
from proofs.poison import poison
from proofs.rerun import rerun
from proofs.stats_equal import stats_equal
from proofs.two_runs import two_runs

#: Every proof by the name that `make prove NAME=` takes.
PROOFS = {
    "rerun": rerun,
    "crash-load": crash_load,
    "crash-run": crash_run,
    "pg-down": pg_down,
    "two-runs": two_runs,
    "disk": disk,
    "poison": poison,
    "order": order,
    "stats-equal": stats_equal,
    "export-stable": export_stable,
}
