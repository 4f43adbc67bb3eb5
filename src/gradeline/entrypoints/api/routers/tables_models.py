"""What is asked of the tables of product events, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, create_model

from gradeline.records.product_tables import ProductTable
from gradeline.warehouse.product_tables import RowQuery, shown_columns, sortable_columns

#: Arrow's name of a type → what it is in JSON
_JSON_TYPES: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "int64": {"type": "integer"},
    "int32": {"type": "integer"},
    "bool": {"type": "boolean"},
    "double": {"type": "number"},
}


class Direction(StrEnum):
    """Whether the least or the greatest comes first."""

    ASC = "asc"
    DESC = "desc"


class RowParameters(BaseModel):
    """Which rows of a table, in which order."""

    model_config = ConfigDict(extra="forbid")

    pk: Any = None
    limit: int | None = Field(
        default=None, ge=1, le=2**63 - 1, description="At most so many rows; unset: all."
    )
    sort_by: Any = None
    sort_dir: Direction = Field(default=Direction.ASC, description="Nulls come last in both.")
    after: str | None = Field(
        default=None, description="`next` of the page before; all else stays the same."
    )

    def to_query(self, table: ProductTable) -> RowQuery:
        """Return the query, without the cursor."""
        return RowQuery(
            table=table,
            pk=None if self.pk is None else str(self.pk),
            migrated=getattr(self, "migrated", None),
            sort_by=None if self.sort_by is None else str(self.sort_by),
            descending=self.sort_dir is Direction.DESC,
            limit=self.limit,
        )


def parameters_of(table: ProductTable) -> type[RowParameters]:
    """Return the parameters that the route of a table takes."""
    names = {name: name for name in sortable_columns(table)}
    columns = StrEnum("SortBy", names)  # type: ignore[misc]  # mypy wants the names as literals
    kind = UUID if table.key[0] == "uuid" else str
    fields: dict[str, Any] = {
        "pk": (kind | None, Field(default=None, description=f"Only rows of this {table.key[0]}.")),
        "sort_by": (columns | None, Field(default=None, description="Unset: the key.")),
    }
    if "migrated" in table.schema.names:
        words = "Only rows that are, or are not, in the two tables of properties."
        fields["migrated"] = (bool | None, Field(default=None, description=words))
    return create_model(f"{table.name}_parameters", __base__=RowParameters, **fields)


def row_schema(table: ProductTable, *, posted: bool = False) -> dict[str, Any]:
    """Return a row as JSON Schema: as it is read, or as it is posted."""
    columns = table.schema if posted else shown_columns(table)
    return {
        "type": "object",
        "description": table.meaning,
        "properties": {field.name: _json_type(field, table) for field in columns},
        "required": [field.name for field in columns if not posted or not field.nullable],
        "additionalProperties": False,
    }


def rows_answer(table: ProductTable) -> dict[str, Any]:
    """Return the description of the answer with rows of a table."""
    rows = {"type": "array", "items": row_schema(table)}
    whole = {
        "type": "object",
        "properties": {
            "rows": rows,
            "count": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "Send it as `after`."},
        },
        "required": ["rows", "count", "next"],
    }
    text = {"schema": {"type": "string"}}
    return {
        "description": "The rows, as the header Accept asks for them",
        "content": {
            "application/json": {"schema": whole},
            "application/x-ndjson": text,
            "text/csv": text,
            "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
        },
    }


def _json_type(field: pa.Field, table: ProductTable) -> dict[str, Any]:
    if field.name in table.json:
        described: dict[str, Any] = {"type": "object"}
    elif pa.types.is_timestamp(field.type):
        described = {"type": "string", "format": "date-time"}
    elif field.name == "uuid":
        described = {"type": "string", "format": "uuid"}
    else:
        described = dict(_JSON_TYPES.get(str(field.type), {"type": "number"}))
    if field.nullable:
        described["type"] = [described["type"], "null"]
    return described
