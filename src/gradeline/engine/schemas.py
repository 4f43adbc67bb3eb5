"""Arrow schemas of what an engine gives."""

from __future__ import annotations

import pyarrow as pa


def nullable(schema: pa.Schema) -> pa.Schema:
    """The same columns, each of which may be null."""
    # A fact file may lack a column, and no engine checks what a join makes null.
    return pa.schema([field.with_nullable(True) for field in schema])
