"""Verify a dump: restore it into a scratch database and compare that with the one it is of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from gradeline.warehouse import Database
from gradeline.warehouse.comparison import differing_tables
from gradeline.warehouse.dump import drop_database, replace_database, restore_dump


def verify_dump(database: Database, path: Path) -> Sequence[str]:
    """Return the tables and sequences of a dump that differ from those of a database; none = equal.

    The scratch database is on the same server and is dropped at the end.

    Raises:
        WarehouseError: the dump cannot be restored.
        DiskFull: there is no room for a second database.
    """
    scratch = database.sibling(f"{database.name}_verify_{uuid.uuid4().hex[:8]}")
    replace_database(scratch)
    try:
        restore_dump(scratch, path)
        return differing_tables(database, scratch)
    finally:
        drop_database(scratch)
