"""Proofs: each promise is broken on purpose, with a seed that replays it."""

from proofs.delivery.bot import bot
from proofs.delivery.crash_bucket import crash_bucket
from proofs.delivery.crash_deliver import crash_deliver
from proofs.delivery.deliver_all import deliver_all
from proofs.failures.backup import backup
from proofs.failures.backup_alarm import backup_alarm
from proofs.failures.backup_rot import backup_rot
from proofs.failures.disk import disk
from proofs.failures.install import install
from proofs.failures.mixed_faults import faults
from proofs.failures.network import net
from proofs.failures.other_users import other_users
from proofs.failures.postgres_down import pg_down
from proofs.failures.rate_limits import storm
from proofs.failures.rights import rights
from proofs.failures.wrong_answer import wrong_answer
from proofs.ingest.backfill import backfill
from proofs.ingest.boundary import boundary
from proofs.ingest.clock import clock
from proofs.ingest.crash_collect import crash_collect
from proofs.ingest.crash_load import crash_load
from proofs.ingest.crash_run import crash_run
from proofs.ingest.memory import memory
from proofs.ingest.order import order
from proofs.ingest.order_collect import order_collect
from proofs.ingest.poison import poison
from proofs.ingest.rerun import rerun
from proofs.ingest.two_runs import two_runs
from proofs.results.incremental_equals_full import stats_equal
from proofs.results.same_bytes import export_stable

#: Every proof by the name that `make prove NAME=` takes.
PROOFS = {
    "rerun": rerun,
    "crash-load": crash_load,
    "crash-run": crash_run,
    "crash-collect": crash_collect,
    "bot": bot,
    "crash-deliver": crash_deliver,
    "crash-bucket": crash_bucket,
    "deliver-all": deliver_all,
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
    "rights": rights,
    "other-users": other_users,
    "install": install,
    "backup": backup,
    "backup-rot": backup_rot,
    "backup-alarm": backup_alarm,
    "memory": memory,
    "clock": clock,
    "order": order,
    "order-collect": order_collect,
    "stats-equal": stats_equal,
    "export-stable": export_stable,
}

#: The proofs that `make prove-quick` runs in their small form, in a few minutes together.
QUICK = (
    "rerun",
    "crash-run",
    "net",
    "wrong-answer",
    "rights",
    "install",
    "backup",
    "backup-rot",
    "bot",
)
