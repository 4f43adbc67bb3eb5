"""Errors as pages, in the reader's language; who is not signed in is led to where that is done."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gradeline.base import errors
from gradeline.base.languages import language as language_of
from gradeline.base.languages import message
from gradeline.entrypoints.dashboard.cookies import set_next
from gradeline.entrypoints.dashboard.fragments import is_fragment, page_of, redirect
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.rendering import address_of, render
from gradeline.entrypoints.dashboard.viewers import THEMES, Viewer, viewer_of

_log = logging.getLogger(__name__)

#: error → status; its nearest class counts
_STATUSES: Mapping[type[Exception], HTTPStatus] = MappingProxyType(
    {
        errors.BadRequest: HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.NotAllowed: HTTPStatus.FORBIDDEN,
        errors.NotFound: HTTPStatus.NOT_FOUND,
        errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
        errors.SignInUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
        errors.ServerBusy: HTTPStatus.SERVICE_UNAVAILABLE,
        errors.WarehouseError: HTTPStatus.SERVICE_UNAVAILABLE,
        RequestValidationError: HTTPStatus.UNPROCESSABLE_ENTITY,
        Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)
#: status → what a person is told
_TOLD: Mapping[int, str] = MappingProxyType(
    {
        403: message("Your role does not show this. An administrator of the school gives roles."),
        404: message("There is nothing here, or it is not yours to see."),
        405: message("There is nothing here, or it is not yours to see."),
        422: message("The address of this page has a part that cannot be read."),
        429: message("Too many wrong links came from here. Wait a few minutes and try again."),
        503: message("The data cannot be read at the moment. Try again in a minute."),
    }
)
_UNEXPECTED = message("Something went wrong here, and it was written down. Try again.")


@dataclass(frozen=True, kw_only=True)
class ErrorPage:
    """What the page of an error shows."""

    status: int
    told: str  #: a message
    request_id: str  #: under which the log tells more


def add_error_pages(app: FastAPI) -> None:
    """Answer every error with a page, or with a notice on the page that asked for a part."""
    for kind in (errors.GradelineError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _answer)
    app.add_middleware(UnexpectedErrors)


class UnexpectedErrors:
    """Answers with a page where an error was not expected, and writes it down.

    It stands inside the layers that add headers; the framework's own place for this is outside.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:  # whatever it is, a person reads the answer
            if begun:
                raise
            _log.error("an unexpected error", exc_info=error)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            answer = await run_in_threadpool(_error_page, Request(scope), status)
            await answer(scope, receive, send)


def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, errors.SignInNeeded):
        return _to_sign_in(request)
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
    else:
        status = next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error)
    answer = _error_page(request, status)
    if isinstance(error, errors.TooManyRequests):
        answer.headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
    return answer


def _to_sign_in(request: Request) -> Response:
    """Lead to where one signs in, and back from there to the page that was looked at."""
    parts: DashboardParts = request.app.state.parts
    answer = redirect(request, "/sign-in")
    seen = request.method == "GET" and not is_fragment(request)
    shown = address_of(request) if seen else page_of(request)
    set_next(answer, shown, encrypted=parts.is_encrypted)
    return answer


def _error_page(request: Request, status: HTTPStatus) -> Response:
    page = ErrorPage(
        status=status.value,
        told=_TOLD.get(status.value, _UNEXPECTED),
        request_id=getattr(request.state, "request_id", ""),
    )
    if not is_fragment(request):
        return render(request, _viewer(request), "pages/error.html", page, status)
    answer = render(request, _viewer(request), "fragments/problem.html", page, status)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#notice", "innerHTML"
    return answer


def _viewer(request: Request) -> Viewer:
    """Return who looks; where even that cannot be asked, nobody."""
    parts: DashboardParts = request.app.state.parts
    try:
        return viewer_of(request, parts)
    except errors.WarehouseError:
        return Viewer(principal=None, language=language_of(parts.language), theme=THEMES[0])
