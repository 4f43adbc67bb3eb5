"""Peer: a table out as NDJSON, as one writes it: psycopg and `json.dumps` for each row.

Arguments: the address of the database, the file that is written. Prints the seconds it took.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import psycopg
from psycopg.rows import dict_row


def plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value))


def main() -> None:
    """Write the table."""
    address, file = sys.argv[1:]
    began = time.perf_counter()
    with (
        psycopg.connect(address) as connection,
        connection.cursor("rows", row_factory=dict_row) as cursor,
        open(file, "w", encoding="utf-8") as out,  # noqa: PTH123 - a script as one writes it
    ):
        cursor.itersize = 10_000
        cursor.execute("select * from events_part")
        for row in cursor:
            out.write(json.dumps(row, default=plain) + "\n")
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
