"""The schema of a database as PostgreSQL itself describes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gradeline.records.schema import ColumnLink, SchemaTable, TableColumn
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "schema"


def read_tables(connection: Connection) -> Sequence[SchemaTable]:
    """Read the tables of schema public with their columns, by name."""
    rows = connection.execute(query(_FILE, "columns")).fetchall()
    return [
        SchemaTable(
            name=name,
            comment=comment,
            columns=tuple(
                TableColumn(name=column, type=kind, required=required, key=key)
                for _, _, column, kind, required, key in columns
            ),
        )
        for (name, comment), columns in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


def read_foreign_keys(connection: Connection) -> Sequence[ColumnLink]:
    """Read the foreign keys among the tables of schema public, a link for each column."""
    return [
        ColumnLink(table=table, column=column, to_table=other, to_column=key)
        for table, column, other, key in connection.execute(query(_FILE, "foreign_keys"))
    ]
