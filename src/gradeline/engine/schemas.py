"""Arrow schemas of results."""

from __future__ import annotations

import pyarrow as pa


def nullable(schema: pa.Schema) -> pa.Schema:
    """Return the schema with every column nullable."""
    # A fact file may lack a column, and engines do not track which columns a join makes null.
    return pa.schema([field.with_nullable(True) for field in schema])
