"""Peer: rows into a table as scripts put them there, `psycopg2` or `sqlalchemy`, in batches.

Arguments: which of the two, the address of the database, the table, files of {"data": [...]}.
Parsing is timed too, as it is of ours. Prints the seconds it took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

Rows = Sequence[dict[str, object]]


def with_psycopg2(address: str, table: str) -> Callable[[Rows], None]:
    """`execute_values`, a transaction a batch."""
    import psycopg2
    from psycopg2.extras import execute_values

    connection = psycopg2.connect(address)

    def insert(rows: Rows) -> None:
        columns = list(rows[0])
        values = [[row[name] for name in columns] for row in rows]
        statement = f"INSERT INTO {table} ({', '.join(columns)}, slice_id, position) VALUES %s"
        with connection, connection.cursor() as cursor:
            template = f"({', '.join(['%s'] * len(columns))}, 1, 0)"
            execute_values(cursor, statement, values, template=template, page_size=1000)

    return insert


def with_sqlalchemy(address: str, table: str) -> Callable[[Rows], None]:
    """A bulk insert of dictionaries, a transaction a batch."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(address)
    schema, _, name = table.partition(".")
    reflected = sqlalchemy.Table(name, sqlalchemy.MetaData(schema=schema), autoload_with=engine)

    def insert(rows: Rows) -> None:
        with engine.begin() as connection:
            connection.execute(
                sqlalchemy.insert(reflected),
                [{**row, "slice_id": 1, "position": 0} for row in rows],
            )

    return insert


def main() -> None:
    """Insert every file."""
    which, address, table, *files = sys.argv[1:]
    insert = {"psycopg2": with_psycopg2, "sqlalchemy": with_sqlalchemy}[which](address, table)
    began = time.perf_counter()
    for file in files:
        with open(file, "rb") as body:  # noqa: PTH123 - a script as one writes it
            insert(json.load(body)["data"])
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
