"""Signing in and out.

Programs that check mail for harm open every link, so opening one changes nothing: a button does.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from gradeline.base.errors import SignInNeeded
from gradeline.entrypoints.dashboard.cookies import (
    drop_session,
    session_secret,
    set_session,
    take_next,
)
from gradeline.entrypoints.dashboard.rendering import render
from gradeline.entrypoints.dashboard.viewers import PUBLIC, AnyViewer, Parts

router = APIRouter(dependencies=[PUBLIC])

_LONGEST = 200
_Code: TypeAlias = Annotated[str, Form(alias="link", min_length=1, max_length=_LONGEST)]


@dataclass(frozen=True, kw_only=True)
class SignInPage:
    """What the page shows on which one signs in."""

    link: str  #: the code of a one-time link; empty = it was opened without one
    is_wrong: bool  #: the link signs nobody in


@router.get("/sign-in")
def show(
    request: Request,
    viewer: AnyViewer,
    link: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Response:
    """Show the ways to sign in; of a link a button, which alone uses it up."""
    return render(request, viewer, "pages/sign_in.html", SignInPage(link=link, is_wrong=False))


@router.post("/session")
def begin(request: Request, parts: Parts, viewer: AnyViewer, link: _Code) -> Response:
    """Sign in by a one-time link, and go back to where one was."""
    client = request.client.host if request.client else ""
    old = session_secret(request, encrypted=parts.is_encrypted)
    try:
        secret = parts.sessions.begin_by_link(link, client, old)
    except SignInNeeded:
        page = SignInPage(link="", is_wrong=True)
        return render(request, viewer, "pages/sign_in.html", page, HTTPStatus.UNAUTHORIZED)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    take_next(request, answer)
    set_session(answer, secret, encrypted=parts.is_encrypted)
    return answer


@router.post("/sign-out")
def end(request: Request, parts: Parts) -> Response:
    """End this session."""
    parts.sessions.end(session_secret(request, encrypted=parts.is_encrypted))
    return _signed_out(encrypted=parts.is_encrypted)


@router.post("/sign-out/everywhere")
def end_all(request: Request, parts: Parts) -> Response:
    """End every session of whoever is signed in, on all their devices."""
    parts.sessions.end_all(session_secret(request, encrypted=parts.is_encrypted))
    return _signed_out(encrypted=parts.is_encrypted)


def _signed_out(*, encrypted: bool) -> Response:
    answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    drop_session(answer, encrypted=encrypted)
    return answer
