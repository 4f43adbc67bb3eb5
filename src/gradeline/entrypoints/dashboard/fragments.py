"""Fragments: parts of pages that htmx asks for, and what it does with answers."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

_LONGEST_PATH = 2000


def is_fragment(request: Request) -> bool:
    """Whether htmx asks, so that a whole page would be put into a part of one."""
    return request.headers.get("hx-request") == "true"


def redirect(request: Request, path: str) -> Response:
    """Return the answer that leads the browser to another page of ours.

    Args:
        request: what was asked; of htmx the whole page goes there, not a part of it.
        path: of the page, with its query.
    """
    if is_fragment(request):
        return Response(headers={"HX-Redirect": path})
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def page_of(request: Request) -> str:
    """Return path and query of the page that the browser shows while it sends a request."""
    shown = request.headers.get("hx-current-url") or request.headers.get("referer") or ""
    parts = urlsplit(shown)
    query = f"?{parts.query}" if parts.query else ""
    return local_path(f"{parts.path}{query}")


def local_path(path: str) -> str:
    """Return a path if it leads to a page of ours, else the first page's."""
    is_local = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_local and len(path) <= _LONGEST_PATH and path.isprintable() else "/"
