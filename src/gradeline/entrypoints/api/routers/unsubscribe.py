"""The page that ends messages; its link is in each mail.

Programs that check mail for harm open every link, so GET changes nothing. Mail programs with a
button of their own send POST (RFC 8058).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from gradeline.access.file_links import UNSUBSCRIBE_PATH, is_recipient
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import language as language_of
from gradeline.entrypoints.api.auth import PUBLIC, Parts
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.unsubscribe_page import (
    HEADERS,
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
_Recipient = Annotated[str, Query(max_length=20)]
_Signature = Annotated[str, Query(max_length=200)]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    403: {"description": "Something of the link was changed", "content": {"text/html": {}}}
}


@router.get(UNSUBSCRIBE_PATH, summary="The page that ends messages", responses=_ANSWERS)
def show_button(
    parts: Parts, recipient: _Recipient = "", signature: _Signature = ""
) -> HTMLResponse:
    """Show what the address gets, and a button that ends it."""
    if not is_recipient(recipient, parts.exports.signer, signature):
        return _wrong(parts)
    with open_as(parts.database, _LINK_BEARER) as connection:
        found = links.find_subscription(connection, int(recipient))
    if found is not None and found.is_unsubscribed:
        return _done(parts, found)
    if found is None:
        return _done(parts, None)
    return _html(button_page(language_of(found.language), What(found.what)))


@router.post(UNSUBSCRIBE_PATH, summary="End the messages", responses=_ANSWERS)
def end_messages(
    parts: Parts, recipient: _Recipient = "", signature: _Signature = ""
) -> HTMLResponse:
    """End them; a second time changes nothing."""
    if not is_recipient(recipient, parts.exports.signer, signature):
        return _wrong(parts)
    with open_as(parts.database, _LINK_BEARER) as connection:
        links.unsubscribe(connection, int(recipient))
        found = links.find_subscription(connection, int(recipient))
    return _done(parts, found)


def _done(parts: ApiParts, found: Subscription | None) -> HTMLResponse:
    if found is None:
        return _html(gone_page(language_of(parts.exports.language)))
    return _html(done_page(language_of(found.language), What(found.what)))


def _wrong(parts: ApiParts) -> HTMLResponse:
    page = wrong_page(language_of(parts.exports.language))
    return _html(page, HTTPStatus.FORBIDDEN)


def _html(page: str, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    return HTMLResponse(page, status, headers=dict(HEADERS))
