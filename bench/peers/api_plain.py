"""A plain API: FastAPI and psycopg, one prepared row under row security, the same RS256 token."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import jwt
from fastapi import FastAPI, Header, HTTPException
from psycopg_pool import ConnectionPool

_ROW = "select metrics from materialized_stats where type = 'group' and entity_id = %s"
_SEEN = (
    "select set_config('app.role', 'curator', true), set_config('app.groups', %s, true),"
    " set_config('app.courses', '', true)"
)


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    with ConnectionPool(os.environ["BENCH_DATABASE"], min_size=1, max_size=8) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_open)


@app.get("/stats/groups/{group_id:path}")
def group(group_id: str, authorization: Annotated[str, Header()]) -> dict[str, Any]:
    """Verify the token, and read the row of a group that it names."""
    token = authorization.removeprefix("Bearer ")
    claims = jwt.decode(token, os.environ["BENCH_PUBLIC_KEY"], algorithms=["RS256"])
    with app.state.pool.connection() as connection:
        connection.execute(_SEEN, (json.dumps(claims["group_ids"]),))
        row = connection.execute(_ROW, (group_id,)).fetchone()
    if row is None:
        raise HTTPException(404)
    return {"stat": row[0]}
