"""The peer of a refresh that also publishes: its tables, copied whole into plain ones."""

from __future__ import annotations

import pyarrow as pa
from pgpq import ArrowToPostgresBinaryEncoder
from psycopg import sql

from gradeline.warehouse import Connection, Database, Role

#: Where the plain tables lie, apart from ours.
SCHEMA = "peer"


def publish(database: Database, tables: dict[str, pa.Table]) -> None:
    """Replace what was published before by these tables, in one transaction.

    No key, no index, no check and no document: less than this no publishing can do.
    """
    with database.connect(Role.OWNER) as connection:
        connection.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        for name, table in tables.items():
            _copy(connection, sql.Identifier(SCHEMA, name), _plain(table))


def _plain(table: pa.Table) -> pa.Table:
    """Measures as columns of their own, and sums that DuckDB made wider than 64 bits as doubles."""
    flat = table.flatten()
    narrow = [
        field.with_type(pa.float64()) if pa.types.is_decimal(field.type) else field
        for field in flat.schema
    ]
    return flat.cast(pa.schema(narrow))


def _copy(connection: Connection, name: sql.Identifier, table: pa.Table) -> None:
    encoder = ArrowToPostgresBinaryEncoder(table.schema)
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(each.name), sql.SQL(str(each.data_type.ddl())))
        for each in encoder.schema().columns
    ]
    connection.execute(sql.SQL("create table {} ({})").format(name, sql.SQL(", ").join(columns)))
    with connection.cursor().copy(
        sql.SQL("copy {} from stdin with (format binary)").format(name)
    ) as copy:
        copy.write(encoder.write_header())
        for batch in table.to_batches():
            copy.write(encoder.write_batch(batch))
        copy.write(encoder.finish())
