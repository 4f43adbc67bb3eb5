"""The eight tables of product events: read whole, in pages, as JSON, NDJSON, CSV or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.api.cursors import Cursors
from gradeline.entrypoints.api.routers.tables_models import (
    RowParameters,
    parameters_of,
    rows_answer,
)
from gradeline.entrypoints.api.table_rows import (
    CsvForm,
    JsonForm,
    NdjsonForm,
    ParquetForm,
    RowForm,
    RowRequest,
    stream_rows,
    with_after,
)
from gradeline.records.product_tables import PRODUCT_TABLES, ProductTable

router = APIRouter(prefix="/db", tags=["tables"])

_Reader: TypeAlias = Annotated[Principal, requires(Permission.READ_WAREHOUSE)]
_Accept: TypeAlias = Annotated[str, Header(description="The form of the answer.")]

#: media type → how rows are written; the first is for whoever takes anything
FORMS: Mapping[str, RowForm] = {
    "application/json": JsonForm(),
    "application/x-ndjson": NdjsonForm(),
    "application/vnd.apache.parquet": ParquetForm(),
    "text/csv": CsvForm(),
}
_ANY = ("*/*", "application/*")


def _add_read(table: ProductTable) -> None:
    """Add the route that reads a table."""

    def read(
        parts: Parts,
        reader: _Reader,
        request: Request,
        asked: RowParameters,
        accept: _Accept = "*/*",
    ) -> StreamingResponse:
        media_type = _media_type(accept)
        query = asked.to_query(table)
        order = f"{table.name} {query.order_columns} {query.descending} {query.pk} {query.migrated}"
        cursors = Cursors(key=parts.cursor_key, scope=f"{reader.login}\n{order}")
        wanted = RowRequest(
            query=with_after(query, cursors, asked.after),
            principal=reader,
            request_id=getattr(request.state, "request_id", ""),
            cursors=cursors,
        )
        pieces = stream_rows(parts.database, parts.objects.spool, wanted, FORMS[media_type])
        return StreamingResponse(pieces, media_type=media_type, headers=_HEADERS)

    # The parameters differ by table: which columns there are to sort by, and what the key is.
    read.__annotations__["asked"] = Annotated[parameters_of(table), Query()]
    name = table.name
    router.get(
        f"/{table.route}",
        summary=f"Read {name}",
        description=f"{table.meaning} Rows are of one instant, all of them unless `limit` is set.",
        operation_id=f"read_{name}",
        response_class=StreamingResponse,
        responses={200: rows_answer(table), **_ERRORS},
    )(read)


_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept"}
_ERRORS: dict[int | str, dict[str, Any]] = {
    406: {"description": "No form of the header Accept is known"},
    429: {"description": "Too many tables are being read at once"},
}


def _media_type(accept: str) -> str:
    """Return the media type that the client likes most; the first of equals.

    Raises:
        HTTPException: it takes none that there is.
    """
    liked: list[tuple[float, str]] = []
    for each in accept.split(","):
        kind, *options = (part.strip().lower() for part in each.split(";"))
        quality = next((o.removeprefix("q=") for o in options if o.startswith("q=")), "1")
        liked.append((_number(quality), kind))
    for liking, kind in sorted(liked, key=lambda one: -one[0]):
        if liking > 0 and kind in _ANY:
            return next(iter(FORMS))
        if liking > 0 and kind in FORMS:
            return kind
    known = ", ".join(FORMS)
    raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"There is no such form; there are {known}.")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


for _table in PRODUCT_TABLES.values():
    _add_read(_table)
