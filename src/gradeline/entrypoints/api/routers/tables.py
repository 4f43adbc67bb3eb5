"""The eight tables of product events: read whole or in pages, in four forms, and posted to."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.entrypoints.api.auth import Parts, requires
from gradeline.entrypoints.api.cursors import Cursors
from gradeline.entrypoints.api.routers.tables_models import (
    POSTED_ANSWER,
    RowParameters,
    parameters_of,
    post_body,
    rows_answer,
)
from gradeline.entrypoints.api.table_rows import (
    CsvForm,
    JsonForm,
    NdjsonForm,
    ParquetForm,
    RowForm,
    RowRequest,
    posted_pieces,
    stream_rows,
    with_after,
)
from gradeline.entrypoints.web.uploads import receive
from gradeline.records.product_tables import PRODUCT_TABLES, ProductTable

router = APIRouter(prefix="/db", tags=["tables"])

_Reader: TypeAlias = Annotated[Principal, requires(Permission.READ_WAREHOUSE)]
_Writer: TypeAlias = Annotated[Principal, requires(Permission.WRITE_WAREHOUSE)]
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


def _add_post(table: ProductTable) -> None:
    """Add the route by which rows come into a table."""

    async def post(parts: Parts, writer: _Writer, request: Request) -> StreamingResponse:
        extension = _extension(request)
        async with receive(request, parts.objects.spool) as received:
            posted = await run_in_threadpool(
                parts.post_rows,
                table.name,
                received.path,
                extension=extension,
                digest=received.sha256,
                login=writer.login,
                request_id=getattr(request.state, "request_id", ""),
            )
        return StreamingResponse(posted_pieces(posted), media_type="application/json")

    name = table.name
    router.post(
        f"/{table.route}",
        summary=f"Add rows to {name}",
        description=_POST.format(meaning=table.meaning),
        operation_id=f"post_{name}",
        response_class=StreamingResponse,
        responses={200: POSTED_ANSWER, **_POST_ERRORS},
        openapi_extra=post_body(table),
        max_body_size=_BODY_BYTES,
    )(post)


_POST = """{meaning} All rows are added, or none.

The answer has an id for each row, in the order sent. A row whose key is known replaces the row
that is there; of history only a change is a new row. The same body sent again changes nothing and
is answered in the same words."""
#: As long as a body may be: no disk of a school has more.
_BODY_BYTES = 1 << 50
_EXTENSIONS = {"application/json": "json", "application/x-ndjson": "ndjson", "": "json"}
_POST_ERRORS: dict[int | str, dict[str, Any]] = {
    415: {"description": "The body is neither JSON nor NDJSON, or is compressed"},
    422: {"description": "A row is wrong: `errors` says which, and which field"},
    507: {"description": "The disk is full"},
}


def _extension(request: Request) -> str:
    """Return the form of a body.

    Raises:
        HTTPException: it is another form, or compressed.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _EXTENSIONS:
        known = " or ".join(filter(None, _EXTENSIONS))
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send rows as {known}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send rows without compression.")
    return _EXTENSIONS[kind]


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
    _add_post(_table)
