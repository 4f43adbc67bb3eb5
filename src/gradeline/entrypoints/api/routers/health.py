"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from gradeline.entrypoints.api.auth import PUBLIC, Parts
from gradeline.warehouse import Role, read_clock

router = APIRouter(tags=["operations"], dependencies=[PUBLIC])


class Health(BaseModel):
    """How it does."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", summary="Whether the process lives")
async def healthz() -> Health:
    """Answer without asking anything: a supervisor restarts a process that does not."""
    return Health()


@router.get("/readyz", summary="Whether requests can be answered")
def readyz(parts: Parts) -> Health:
    """Ask the database for its time; 503 where it does not answer."""
    with parts.database.connect(Role.APP) as connection:
        read_clock(connection)
    return Health()
