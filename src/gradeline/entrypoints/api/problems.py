"""Errors as answers: one form for all, `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from gradeline.base import errors
from gradeline.entrypoints.web.problem import MEDIA_TYPE, problem_body
from gradeline.entrypoints.web.ranges import NotSatisfiable

_log = logging.getLogger(__name__)

#: error → status; its nearest class counts
STATUSES: Mapping[type[Exception], HTTPStatus] = {
    errors.BadKey: HTTPStatus.BAD_REQUEST,
    errors.BadRequest: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.SignInNeeded: HTTPStatus.UNAUTHORIZED,
    errors.SignInUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Changed: HTTPStatus.PRECONDITION_FAILED,
    errors.Gone: HTTPStatus.GONE,
    errors.TooLarge: HTTPStatus.CONTENT_TOO_LARGE
    if hasattr(HTTPStatus, "CONTENT_TOO_LARGE")
    else HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.ServerBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.WrongUse: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ObjectMissing: HTTPStatus.NOT_FOUND,
    errors.SourceError: HTTPStatus.BAD_GATEWAY,
    errors.LakeUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ValueRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.WarehouseError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DiskFull: HTTPStatus.INSUFFICIENT_STORAGE,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}
#: Seconds after which a request that met an overload may come again.
_RETRY_S = 5


def add_problem_answers(app: FastAPI) -> None:
    """Answer every error in the one form."""
    app.add_exception_handler(errors.GradelineError, _expected)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(NotSatisfiable, _beyond_end)
    app.add_exception_handler(Exception, _unexpected)


def problem(
    request: Request,
    status: HTTPStatus,
    detail: str,
    *,
    hint: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Return a problem as an answer.

    Args:
        request: what was asked.
        status: of the answer.
        detail: what happened, to what; a sentence.
        hint: what to do; a sentence.
        headers: of the answer.
        more: further members of the problem.
    """
    request_id = getattr(request.state, "request_id", "")
    body = problem_body(status, detail, hint=hint, request_id=request_id, **more)
    return JSONResponse(
        body, status_code=status.value, media_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def status_of(error: Exception) -> HTTPStatus:
    """Return the status of the answer to an error."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.GradelineError)  # noqa: S101 - what the handler is for
    status = status_of(error)
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.TooManyRequests):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
        headers.update(error.headers)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(_RETRY_S)
    if isinstance(error, errors.BadRequest) and error.where:
        more["errors"] = [{"where": list(error.where), "what": error.what}]
    if status.value >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error)
    return problem(request, status, error.what, hint=error.hint, headers=headers, **more)


def _not_valid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what the handler is for
    found = [{"where": list(one["loc"]), "what": one["msg"]} for one in error.errors()]
    first = found[0]
    where = ".".join(str(part) for part in first["where"])
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"{where}: {first['what']}",
        errors=found,
    )


def _of_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is for
    status = HTTPStatus(error.status_code)
    return problem(request, status, str(error.detail), headers=error.headers)


def _beyond_end(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, NotSatisfiable)  # noqa: S101 - what the handler is for
    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    headers = {"Content-Range": f"bytes */{error.size}"}
    return problem(request, status, str(error), headers=headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _log.error("an unexpected error", exc_info=error)
    return problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Gradeline met an error that it did not expect.",
        hint="The log has its place, under this request_id. Please report it.",
    )
