"""Cookies of the page: the session's secret, and how somebody wants to read."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from gradeline.access.sessions import LIFE
from gradeline.entrypoints.dashboard.fragments import local_path

_ATTEMPT_S, _HOUR_S, _YEAR_S = 600, 3_600, 31_536_000
LANGUAGE, THEME, NEXT = "gradeline-language", "gradeline-theme", "gradeline-next"
YANDEX = "gradeline-yandex"
_SESSION = "gradeline-session"


def session_cookie(*, encrypted: bool) -> str:
    """Return the name of the session's cookie.

    With `__Host-` a browser takes it by https alone, and from no other host of the same domain.
    """
    return f"__Host-{_SESSION}" if encrypted else _SESSION


def set_session(response: Response, secret: str, *, encrypted: bool) -> None:
    """Let the browser keep a session's secret, where no script reads it."""
    response.set_cookie(
        session_cookie(encrypted=encrypted),
        secret,
        max_age=int(LIFE.total_seconds()),
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response, *, encrypted: bool) -> None:
    """Let the browser forget the session's secret."""
    response.delete_cookie(
        session_cookie(encrypted=encrypted),
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def session_secret(request: Request, *, encrypted: bool) -> str:
    """Return the session's secret that a request has; empty = none."""
    return request.cookies.get(session_cookie(encrypted=encrypted), "")


def set_choice(response: Response, name: str, value: str, *, encrypted: bool) -> None:
    """Let the browser keep how somebody wants to read."""
    response.set_cookie(
        name, value, max_age=_YEAR_S, path="/", secure=encrypted, httponly=True, samesite="lax"
    )


def chosen(request: Request, name: str, known: Mapping[str, object]) -> str:
    """Return what somebody chose, if it is one of those known; empty = nothing."""
    value = request.cookies.get(name, "")
    return value if value in known else ""


def set_next(response: Response, path: str, *, encrypted: bool) -> None:
    """Let the browser keep where to go back to once somebody is signed in."""
    response.set_cookie(
        NEXT,
        quote(path, safe=""),
        max_age=_HOUR_S,
        path="/",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def set_attempt(response: Response, text: str, *, encrypted: bool) -> None:
    """Let the browser keep its attempt to sign in at Yandex until it comes back."""
    response.set_cookie(
        YANDEX,
        text,
        max_age=_ATTEMPT_S,
        path="/sign-in/yandex",
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )


def take_next(request: Request, response: Response) -> None:
    """Lead to where somebody was before they signed in."""
    response.headers["Location"] = local_path(unquote(request.cookies.get(NEXT, "/")))
    response.delete_cookie(NEXT, path="/")
