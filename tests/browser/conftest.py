"""The page in a real browser: one server and one Chromium for all tests of a file."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.entrypoints.dashboard.conftest import code_for, parts_over, school, sessions, staffed

from gradeline.access.sessions import Sessions
from gradeline.entrypoints.dashboard.app import dashboard
from gradeline.entrypoints.web.front import guarded
from gradeline.entrypoints.web.server import http_server
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool

__all__ = ["school", "sessions", "staffed"]

#: So long a busy machine may take.
_TIMEOUT_MS = 20_000
CHROMIUM = Path("/usr/bin/chromium")
#: Chromium's own walls need rights that a container has not.
_ARGUMENTS = ["--no-sandbox"] if os.getuid() == 0 else []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium of the system, closed before other tests: its driver runs a loop of asyncio."""
    expect.set_options(timeout=_TIMEOUT_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(
    staffed: Database, sessions: Sessions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the page of the school is served."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with ExitStack() as opened:
        pooled = opened.enter_context(open_pool(staffed))
        folder = tmp_path_factory.mktemp("store")
        parts = parts_over(staffed, pooled, sessions, folder, url)
        server = http_server(guarded(dashboard(parts), {"127.0.0.1"}))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield url
        server.should_exit = True
        thread.join()


@dataclass(frozen=True, kw_only=True)
class Window:
    """A page of the browser, and what went wrong in it."""

    page: Page
    troubles: list[str]  #: errors of the console, of scripts, and requests to other hosts


OpenWindow = Callable[..., Page]


@pytest.fixture
def open_window(browser: Browser, address: str) -> Iterator[OpenWindow]:
    """Opens windows in which nothing may go wrong; each is a browser of its own."""
    with ExitStack() as opened:
        windows: list[Window] = []

        def open_one(**options: Any) -> Page:
            window = opened.enter_context(_window(browser, address, options))
            windows.append(window)
            return window.page

        yield open_one
        assert [trouble for window in windows for trouble in window.troubles] == []


@contextmanager
def _window(browser: Browser, address: str, options: dict[str, Any]) -> Iterator[Window]:
    context = browser.new_context(base_url=address, locale="en-GB", **options)
    page, troubles = context.new_page(), []
    page.set_default_timeout(_TIMEOUT_MS)
    page.on(
        "console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda one: None if one.url.startswith(address) else troubles.append(one.url),
    )
    yield Window(page=page, troubles=troubles)
    context.close()


@pytest.fixture
def enter(open_window: OpenWindow, staffed: Database) -> OpenWindow:
    """Opens a window in which the curator of Scotland has signed in by a link."""

    def entered(**options: Any) -> Page:
        page = open_window(**options)
        page.goto(f"/sign-in?link={code_for(staffed, 'ana')}")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        return page

    return entered
