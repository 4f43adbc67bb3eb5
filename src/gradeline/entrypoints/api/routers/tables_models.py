"""What is asked of the tables of product events, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

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
        "properties": {
            field.name: _json_type(field.name, str(field.type), table) for field in columns
        },
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


#: What is answered to rows that were added.
POSTED_ANSWER: dict[str, Any] = {
    "description": "All rows are added",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "inserted_ids": {
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "One for each row, in the order sent.",
                    },
                    "count": {"type": "integer", "description": "Rows sent."},
                    "batches": {"type": "integer", "description": "Pieces they were copied in."},
                },
                "required": ["inserted_ids", "count", "batches"],
            },
            "example": {
                "inserted_ids": ["3fa85f64-5717-4562-b3fc-2c963f66afa6"],
                "count": 1,
                "batches": 1,
            },
        }
    },
}


def post_body(table: ProductTable) -> dict[str, Any]:
    """Return the description of the body with rows for a table."""
    rows = {"type": "array", "items": row_schema(table, posted=True)}
    whole = {
        "type": "object",
        "properties": {"data": rows},
        "required": ["data"],
        "additionalProperties": False,
    }
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": whole},
                "application/x-ndjson": {"schema": {"type": "string"}},
            },
        }
    }


def _json_type(name: str, kind: str, table: ProductTable) -> dict[str, Any]:
    """Return the JSON Schema of a column; `kind` is Arrow's name of its type."""
    if name in table.json:
        described: dict[str, Any] = {"type": "object"}
    elif kind.startswith("timestamp"):
        described = {"type": "string", "format": "date-time"}
    elif name == "uuid":
        described = {"type": "string", "format": "uuid"}
    else:
        described = dict(_JSON_TYPES.get(kind, {"type": "number"}))
    if name not in table.key and shown_columns(table).field(name).nullable:
        described["type"] = [described["type"], "null"]
    return described
