"""What another process does in these tests: `elsewhere.py claim|load`, with its orders on stdin."""

import json
import os
import signal
import sys
from types import MappingProxyType

import pyarrow as pa

from gradeline.records.counts import Counts
from gradeline.records.slices import RejectedRecord
from gradeline.records.streams import RowTable
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.database import Login
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import claims, ledger, quarantine
from gradeline.warehouse.slices.entry import SettledVersion


def say(word: object) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def claim(database: Database, orders: dict) -> None:
    """Claim a slice, say whether that worked, and wait to be killed."""
    with database.connect(Role.LOADER, autocommit=True) as connection:
        say(claims.claim(connection, orders["slice_id"]))
        signal.pause()


def load_and_die(database: Database, orders: dict) -> None:
    """Do all that settles a slice and end by SIGKILL just before the commit."""
    columns = pa.schema([("slice_id", pa.int64()), ("position", pa.int64())])
    table = RowTable(name="answers", schema=columns, key=("slice_id", "position"))
    batch = pa.RecordBatch.from_pydict({"position": [0, 1]})
    number = orders["slice_id"]
    with database.connect(Role.LOADER) as connection:
        load.load_rows(connection, table, number, [batch])
        quarantine.replace(
            connection, number, [RejectedRecord(place="line 3", reason="bad: row", raw=b"x")]
        )
        settled = SettledVersion(
            fingerprint="v2", counts=Counts(received=3, stored=2, quarantined=1), fact_key="new"
        )
        ledger.settle(connection, number, settled)
        say("settled")
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    orders = json.load(sys.stdin)
    where = Login(parameters=MappingProxyType(orders["login"]), where="the test server")
    place = Database(
        description="", name=orders["database"], login=where, logins={Role.LOADER: where}
    )
    {"claim": claim, "load": load_and_die}[sys.argv[1]](place, orders)
