"""Signing in and out.

Programs that check mail for harm open every link, so opening one changes nothing: a button does.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from gradeline.access.yandex_code_flow import CALLBACK_PATH, Attempt, YandexCodeFlow
from gradeline.base.errors import NotFound, SignInNeeded
from gradeline.base.languages import message
from gradeline.entrypoints.dashboard.cookies import (
    YANDEX,
    drop_session,
    session_secret,
    set_attempt,
    set_session,
    take_next,
)
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.rendering import render
from gradeline.entrypoints.dashboard.viewers import PUBLIC, AnyViewer, Parts, Viewer

router = APIRouter(dependencies=[PUBLIC])

_LONGEST = 200
_WRONG_LINK = message("This link signs nobody in: it was used already, or its time is over.")
_WRONG_YANDEX = message("Yandex did not say who you are. Try again.")
_Code: TypeAlias = Annotated[str, Form(alias="link", min_length=1, max_length=_LONGEST)]


@dataclass(frozen=True, kw_only=True)
class SignInPage:
    """What the page shows on which one signs in."""

    link: str  #: the code of a one-time link; empty = it was opened without one
    by_yandex: bool  #: whether people sign in by Yandex here
    trouble: str = ""  #: a message: why nobody is signed in; empty = nothing is wrong


@router.get("/sign-in")
def show(
    request: Request,
    parts: Parts,
    viewer: AnyViewer,
    link: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Response:
    """Show the ways to sign in; of a link a button, which alone uses it up."""
    return render(
        request,
        viewer,
        "pages/sign_in.html",
        SignInPage(link=link, by_yandex=parts.yandex is not None),
    )


@router.post("/session")
def begin(request: Request, parts: Parts, viewer: AnyViewer, link: _Code) -> Response:
    """Sign in by a one-time link, and go back to where one was."""
    client = request.client.host if request.client else ""
    old = session_secret(request, encrypted=parts.is_encrypted)
    try:
        secret = parts.sessions.begin_by_link(link, client, old)
    except SignInNeeded:
        return _refused(request, viewer, parts, _WRONG_LINK)
    return _signed_in(request, parts, secret)


@router.get("/sign-in/yandex")
def go_to_yandex(parts: Parts) -> Response:
    """Lead to Yandex, which leads back to the address below."""
    url, attempt = _yandex(parts).begin()
    answer = RedirectResponse(url, HTTPStatus.SEE_OTHER)
    set_attempt(answer, attempt.text, encrypted=parts.is_encrypted)
    return answer


@router.get(CALLBACK_PATH)
def come_from_yandex(
    request: Request,
    parts: Parts,
    viewer: AnyViewer,
    state: Annotated[str, Query(max_length=_LONGEST)] = "",
    code: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Response:
    """Sign in whom Yandex led back, if this browser began it."""
    attempt = Attempt.of(request.cookies.get(YANDEX, ""))
    try:
        login = _yandex(parts).finish(attempt, state=state, code=code)
    except SignInNeeded:
        return _refused(request, viewer, parts, _WRONG_YANDEX)
    old = session_secret(request, encrypted=parts.is_encrypted)
    answer = _signed_in(request, parts, parts.sessions.begin(login, old))
    answer.delete_cookie(YANDEX, path="/sign-in/yandex")
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


def _yandex(parts: DashboardParts) -> YandexCodeFlow:
    if parts.yandex is None:
        raise NotFound
    return parts.yandex


def _signed_in(request: Request, parts: DashboardParts, secret: str) -> Response:
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    take_next(request, answer)
    set_session(answer, secret, encrypted=parts.is_encrypted)
    return answer


def _refused(request: Request, viewer: Viewer, parts: DashboardParts, why: str) -> Response:
    page = SignInPage(link="", by_yandex=parts.yandex is not None, trouble=why)
    return render(request, viewer, "pages/sign_in.html", page, HTTPStatus.UNAUTHORIZED)


def _signed_out(*, encrypted: bool) -> Response:
    answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    drop_session(answer, encrypted=encrypted)
    return answer
