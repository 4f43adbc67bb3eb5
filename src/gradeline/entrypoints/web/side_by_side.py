"""API and page at one address: each path belongs to one of them, errors included."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

_Paths = Mapping[str, list[tuple[re.Pattern[str], Collection[str]]]]


@dataclass(frozen=True, kw_only=True)
class RoutedApp:
    """An application, and the routes that it has."""

    app: ASGIApp
    routes: Collection[tuple[str, Collection[str]]]  #: path with `{parameters}`, methods


class SideBySide:
    """Gives a request to the API where its path begins like one of its, else to the page.

    So an unknown path below one of the API, or an unknown method, is answered as the API answers.
    Where paths of both begin alike, the page has those that are its own.

    Args:
        api: the application of the API.
        page: that of the page.
    """

    def __init__(self, api: RoutedApp, page: RoutedApp) -> None:
        self._api, self._page = api.app, page.app
        self._of_api, self._of_page = _by_beginning(api), _by_beginning(page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is no request, such as the start, is the API's."""
        is_pages = scope["type"] == "http" and self._is_pages(scope["path"], scope["method"])
        app = self._page if is_pages else self._api
        await app(scope, receive, send)

    def _is_pages(self, path: str, method: str) -> bool:
        beginning = _beginning(path)
        if beginning not in self._of_api:
            return True
        if beginning not in self._of_page:
            return False
        has_page = any(pattern.match(path) for pattern, _ in self._of_page[beginning])
        return has_page and not any(
            pattern.match(path) and method in methods
            for pattern, methods in self._of_api[beginning]
        )


def _by_beginning(served: RoutedApp) -> _Paths:
    found: dict[str, list[tuple[re.Pattern[str], Collection[str]]]] = {}
    for path, methods in served.routes:
        found.setdefault(_beginning(path), []).append((compile_path(path)[0], methods))
    return found


def _beginning(path: str) -> str:
    """Return the first part of a path."""
    return path.lstrip("/").partition("/")[0]
