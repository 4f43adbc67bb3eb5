"""Signing in by a one-time link: it is exchanged for a token that works for 12 hours.

Programs that check mail for harm open every link, so GET changes nothing.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, JSONResponse, Response

from gradeline.base.errors import SignInNeeded
from gradeline.base.languages import language as language_of
from gradeline.entrypoints.api.auth import PUBLIC, Parts
from gradeline.entrypoints.web.sign_in_page import sign_in_page, token_page, wrong_link_page
from gradeline.entrypoints.web.small_page import HEADERS

router = APIRouter(prefix="/sign-in", tags=["sign-in"], dependencies=[PUBLIC])

_Link: TypeAlias = Annotated[
    str, Query(min_length=1, max_length=200, description="The code at the end of the link.")
]
_HTML: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}


class SignedIn(BaseModel):
    """A token for whom the link signs in."""

    token: str = Field(description="Send it as `Authorization: Bearer <token>`, for 12 hours.")


@router.get(
    "",
    summary="The page of a sign-in link",
    response_class=HTMLResponse,
    responses={200: {"content": _HTML}},
)
def show_button(parts: Parts, link: _Link) -> HTMLResponse:  # noqa: ARG001 - of the address
    """Show a button that signs in; whether the link is valid is told when it is pressed."""
    return _html(sign_in_page(language_of(parts.exports.language)))


@router.post(
    "",
    summary="Sign in by a link",
    response_model=SignedIn,
    responses={
        200: {"content": _HTML},
        401: {"description": "It was used already, or its time is over", "content": _HTML},
        429: {"description": "Too many wrong links came from there"},
    },
)
def sign_in(request: Request, parts: Parts, link: _Link) -> Response:
    """Use the link up and answer with a token: as a page to browsers, otherwise as JSON."""
    client = request.client.host if request.client else ""
    is_browser = "text/html" in request.headers.get("accept", "")
    language = language_of(parts.exports.language)
    try:
        token = parts.sign_in.redeem(link, client)
    except SignInNeeded:
        if not is_browser:
            raise
        return _html(wrong_link_page(language), HTTPStatus.UNAUTHORIZED)
    if is_browser:
        return _html(token_page(language, token))
    return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})


def _html(page: str, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    return HTMLResponse(page, status, headers=dict(HEADERS))
