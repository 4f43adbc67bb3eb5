"""Proofs: each promise is broken on purpose, with a seed that replays it."""

from proofs.backfill import backfill
from proofs.boundary import boundary
from proofs.clock import clock
from proofs.crash import crash_run
from proofs.crash_collect import crash_collect
from proofs.crash_load import crash_load
from proofs.disk import disk
from proofs.export_stable import export_stable
from proofs.faults import faults
from proofs.memory import memory
from proofs.net import net
from proofs.order import order
from proofs.order_collect import order_collect
from proofs.pg_down import pg_down
from proofs.poison import poison
from proofs.rerun import rerun
from proofs.stats_equal import stats_equal
from proofs.storm import storm
from proofs.two_runs import two_runs
from proofs.wrong_answer import wrong_answer

#: Every proof by the name that `make prove NAME=` takes.
PROOFS = {
    "rerun": rerun,
    "crash-load": crash_load,
    "crash-run": crash_run,
    "crash-collect": crash_collect,
    "backfill": backfill,
    "boundary": boundary,
    "pg-down": pg_down,
    "two-runs": two_runs,
    "disk": disk,
    "poison": poison,
    "net": net,
    "storm": storm,
    "faults": faults,
    "wrong-answer": wrong_answer,
    "memory": memory,
    "clock": clock,
    "order": order,
    "order-collect": order_collect,
    "stats-equal": stats_equal,
    "export-stable": export_stable,
}
