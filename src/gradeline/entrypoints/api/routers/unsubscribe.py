"""The page that ends messages; its link is in each mail.

Programs that check mail for harm open every link, so GET changes nothing. Mail programs with a
button of their own send POST (RFC 8058).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse

from gradeline.access.file_links import check_unsubscribe_link, unsubscribe_path
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import NotAllowed
from gradeline.base.languages import language as language_of
from gradeline.entrypoints.api.auth import PUBLIC, Parts
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.small_page import HEADERS
from gradeline.entrypoints.web.unsubscribe_page import (
    button_page,
    done_page,
    gone_page,
    wrong_page,
)
from gradeline.records.recipients import What
from gradeline.warehouse.exports import links
from gradeline.warehouse.exports.links import Subscription

router = APIRouter(tags=["messages"], dependencies=[PUBLIC], default_response_class=HTMLResponse)

_LINK_BEARER = Principal(role=Role.GUEST)
_PATH = "/unsubscribe/{recipient_id}"
_Recipient = Annotated[int, Path(ge=1, le=2**63 - 1)]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    403: {"description": "Something of the link was changed", "content": {"text/html": {}}}
}


@router.get(_PATH, summary="The page that ends messages", responses=_ANSWERS)
def show_button(request: Request, parts: Parts, recipient_id: _Recipient) -> HTMLResponse:
    """Show what the address gets, and a button that ends it."""
    if not _is_valid(request, parts, recipient_id):
        return _wrong(parts)
    with open_as(parts.database, _LINK_BEARER) as connection:
        found = links.find_subscription(connection, recipient_id)
    if found is None or found.is_unsubscribed:
        return _done(parts, found)
    return _html(button_page(language_of(found.language), What(found.what)))


@router.post(_PATH, summary="End the messages", responses=_ANSWERS)
def end_messages(request: Request, parts: Parts, recipient_id: _Recipient) -> HTMLResponse:
    """End them; a second time changes nothing."""
    if not _is_valid(request, parts, recipient_id):
        return _wrong(parts)
    with open_as(parts.database, _LINK_BEARER) as connection:
        links.unsubscribe(connection, recipient_id)
        found = links.find_subscription(connection, recipient_id)
    return _done(parts, found)


def _is_valid(request: Request, parts: ApiParts, recipient_id: int) -> bool:
    try:
        check_unsubscribe_link(recipient_id, request.url.query, parts.exports.keys)
    except NotAllowed:  # a person reads the answer, so it is a page
        return False
    return request.url.path == unsubscribe_path(recipient_id)


def _done(parts: ApiParts, found: Subscription | None) -> HTMLResponse:
    if found is None:
        return _html(gone_page(language_of(parts.exports.language)))
    return _html(done_page(language_of(found.language), What(found.what)))


def _wrong(parts: ApiParts) -> HTMLResponse:
    page = wrong_page(language_of(parts.exports.language))
    return _html(page, HTTPStatus.FORBIDDEN)


def _html(page: str, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    return HTMLResponse(page, status, headers=dict(HEADERS))
