"""Peer: user properties moved row by row, as one writes it.

Arguments: the address of the database, how many rows. Prints the seconds it took.
"""

from __future__ import annotations

import sys
import time

import psycopg
from psycopg.types.json import Jsonb

PERMANENT = ("email", "registered_on", "birth_year", "gender")
CHANGEABLE = ("course", "group", "level", "plan", "role")
LATEST = "select properties from loop.changeable where ehr_id = %s order by changed_at desc limit 1"


def move(cursor: psycopg.Cursor, row: tuple) -> None:
    """Move one row."""
    uuid, person, properties, at = row
    cursor.execute(
        "insert into loop.permanent values (%s, %s, %s) on conflict (ehr_id) do update"
        " set known_at = excluded.known_at, properties = excluded.properties",
        (person, at, Jsonb({name: properties.get(name) for name in PERMANENT})),
    )
    changed = {name: properties.get(name) for name in CHANGEABLE}
    latest = cursor.execute(LATEST, (person,)).fetchone()
    if latest is None or latest[0] != changed:
        cursor.execute(
            "insert into loop.changeable values (%s, %s, %s) on conflict do nothing",
            (person, at, Jsonb(changed)),
        )
    cursor.execute("update loop.tmp set migrated = true where uuid = %s", (uuid,))


def main() -> None:
    """Move the rows."""
    address, most = sys.argv[1:]
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        rows = cursor.execute(
            "select uuid, ehr_id, user_properties, at from loop.tmp order by at limit %s", (most,)
        ).fetchall()
        began = time.perf_counter()
        for row in rows:
            move(cursor, row)
        connection.commit()
        print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
