"""The schema of a database as it is drawn: tables, columns and the links between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """A column of a table."""

    name: str
    type: str  #: as PostgreSQL writes it
    required: bool  #: never null
    key: bool  #: part of the primary key


@dataclass(frozen=True, kw_only=True)
class ColumnLink:
    """A column whose values are those of another table's column."""

    table: str
    column: str
    to_table: str
    to_column: str
    soft: bool = False  #: kept by programs and checked; no foreign key of the database


@dataclass(frozen=True, kw_only=True)
class SchemaTable:
    """A table with its columns, in order."""

    name: str
    comment: str
    columns: tuple[TableColumn, ...]
