"""Photograph the page of a demo in three languages, light and dark, on a desktop and on a phone.

    make pictures

makes the demo where it is missing, writes all pictures into `data/pictures/`, and the few that
the READMEs show into `docs/images/page/`. It needs Chromium of the system.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_ROOT = Path(__file__).parents[1]
_KEPT = _ROOT / "docs/images/page"
_ALL = _ROOT / "data/pictures"
_GRADELINE = [sys.executable, "-m", "gradeline"]
_CHROMIUM = "/usr/bin/chromium"
_LANGUAGES = ("en", "ru", "es")
_SCHEMES = ("light", "dark")
#: device → width and height, CSS pixels
_DEVICES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"desktop": (1280, 900), "phone": (360, 740)}
)
#: The pictures that documents show.
_SHOWN = re.compile(r"group-(en|ru|es)-light-desktop|group-en-dark-phone")
_TALLEST = 1500
_COLOURS = 128


def main(home: Path) -> None:
    """Photograph every page of the demo in a home."""
    _ALL.mkdir(parents=True, exist_ok=True)
    _KEPT.mkdir(parents=True, exist_ok=True)
    with _serving(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        cookies = _sign_in(browser, address, _link(home))
        for language, scheme, device in product(_LANGUAGES, _SCHEMES, _DEVICES):
            context = _context(browser, device, scheme, address)
            context.add_cookies([*cookies, _choice(address, language)])
            for name, path in _pages(context.new_page()).items():
                _photograph(context, f"{name}-{language}-{scheme}-{device}", path)
            context.close()


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    command = [*_GRADELINE, "--home", str(home), "serve", "--port", "0", "--no-worker"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            addresses = (re.search(r"http://[\w.:]+", line) for line in server.stdout or ())
            yield next(address.group() for address in addresses if address)
        finally:
            server.terminate()


def _link(home: Path) -> str:
    """Return path and query of a link that signs an administrator in."""
    command = [*_GRADELINE, "--home", str(home), "token", "--link"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    parts = urlsplit(re.search(r"http\S+", output)[0])  # type: ignore[index]
    return f"{parts.path}?{parts.query}"


def _sign_in(browser: Browser, address: str, link: str) -> list[dict[str, object]]:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_url("**/")
    return [dict(cookie) for cookie in context.cookies()]


def _context(browser: Browser, device: str, scheme: str, address: str) -> BrowserContext:
    width, height = _DEVICES[device]
    return browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme
    )


def _choice(address: str, language: str) -> dict[str, object]:
    return {"name": "gradeline-language", "value": language, "url": address}


def _pages(page: Page) -> dict[str, str]:
    """Return the path of each page; of a group the one with most to do."""
    page.goto("/")
    group = page.locator(".card h2 a").first.get_attribute("href") or ""
    page.goto(group)
    links = {
        "answers": ".heat td a",
        "learner": "a[href^='/learners/']",
        "course": "a[href^='/courses/']",
    }
    found = {
        name: page.locator(link).first.get_attribute("href") or group
        for name, link in links.items()
    }
    page.close()
    return {
        "home": "/",
        "group": group,
        **found,
        "exports": "/exports",
        "operations": "/operations",
    }


def _photograph(context: BrowserContext, name: str, path: str) -> None:
    page = context.new_page()
    page.goto(path, wait_until="networkidle")
    for chart in page.locator("figure.chart").all():  # each is drawn when it comes near
        chart.scroll_into_view_if_needed()
        page.wait_for_function("chart => chart.matches('.is-drawn')", arg=chart.element_handle())
    page.evaluate("scrollTo(0, 0)")
    content = page.screenshot(full_page=True)
    page.close()
    picture = Image.open(BytesIO(content)).convert("RGB")
    picture.save(_ALL / f"{name}.png")
    if _SHOWN.fullmatch(name):
        shown = picture.crop((0, 0, picture.width, min(picture.height, _TALLEST)))
        shown.quantize(_COLOURS).save(_KEPT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
