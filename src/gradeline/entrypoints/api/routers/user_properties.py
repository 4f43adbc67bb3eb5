"""Moving user properties into their two tables: asked for here, done by a worker, reported here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.errors import NotFound
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.web.database import open_as
from gradeline.warehouse import audit, transforms
from gradeline.warehouse.audit import AuditNote

router = APIRouter(tags=["tables"])

_Reader: TypeAlias = Annotated[Principal, requires(Permission.READ_WAREHOUSE)]
_Writer: TypeAlias = Annotated[Principal, requires(Permission.WRITE_WAREHOUSE)]


class TransformSource(StrEnum):
    """Whose rows are moved."""

    ALL = "all"
    AMPLITUDE = "amplitude"
    APPMETRICA = "appmetrica"
    POSTED = "posted"


class TransformStatus(StrEnum):
    """How far a transform is."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class AcceptedTransform(BaseModel):
    """A transform that was asked for."""

    report_id: UUID = Field(description="Ask `/transform/reports/{id}` what became of it.")
    status: TransformStatus = TransformStatus.PENDING


class Report(BaseModel):
    """What became of a transform."""

    report_id: UUID
    source: TransformSource
    status: TransformStatus
    asked_by: str = Field(description="A login.")
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    slices: int = Field(description="Slices whose rows were moved: posts, hours, days.")
    migrated: int = Field(description="Rows of tmp_user_properties that were moved.")
    permanent: int = Field(description="Rows of permanent_user_properties that were written.")
    changeable: int = Field(description="Rows of changeable_user_properties that were written.")
    left_rows: dict[str, int] = Field(
        description="Why → how many rows were left.", examples=[{"no ehr_id": 3}]
    )
    error: str | None = Field(description="Why it failed.")


@router.post(
    "/transform/user-properties",
    status_code=HTTPStatus.ACCEPTED,
    summary="Move user properties into their two tables",
)
@router.post(
    "/etl/transform/user-properties",
    status_code=HTTPStatus.ACCEPTED,
    summary="Move user properties into their two tables",
)
def ask_transform(
    parts: Parts,
    writer: _Writer,
    request: Request,
    response: Response,
    source: Annotated[TransformSource, Query(description="Whose rows.")] = TransformSource.ALL,
) -> AcceptedTransform:
    """Ask a worker to move the rows of `tmp_user_properties` that are not migrated.

    `field_mappings.yaml` says which properties go into which table. Rows that sources load are
    there already; those that were posted are not.
    """
    with open_as(parts.database, writer) as connection:
        report_id = transforms.ask(connection, source.value, writer.login)
        note = AuditNote(
            login=writer.login,
            action="transform",
            subject="tmp_user_properties",
            request_id=getattr(request.state, "request_id", ""),
            detail={"report": report_id, "source": source.value},
        )
        audit.note(connection, note)
    response.headers["Location"] = f"/transform/reports/{report_id}"
    return AcceptedTransform(report_id=UUID(report_id))


@router.get("/transform/reports/{report_id}", summary="What became of a transform")
def read_report(parts: Parts, reader: _Reader, report_id: UUID) -> Report:
    """Return how far a transform is, what was moved, and what was left and why."""
    with open_as(parts.database, reader) as connection:
        found = transforms.read(connection, str(report_id))
    if found is None:
        raise NotFound
    return Report.model_validate(found, from_attributes=True)
