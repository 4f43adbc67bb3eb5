"""A curator in a real browser: by mouse, by keyboard, without scripts, on a phone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.entrypoints.api.school import COURSE, SCOTLAND

from gradeline.entrypoints.dashboard.places import group_url

from .conftest import OpenWindow

GROUP = group_url(SCOTLAND, COURSE)
NEEDS = "#needs ol.needs > li"
PAGES = ("/", GROUP, f"{GROUP}/answers?topic=CMA", "/exports")


def test_a_morning_of_a_curator(enter: OpenWindow) -> None:
    """From the link to whom to write to, and what was done stands in the log."""
    page = enter()
    page.get_by_role("link", name="Scotland").click()
    before = page.locator(NEEDS).count()
    first = page.locator(NEEDS).first
    first.get_by_text("Message", exact=True).click()
    expect(first.locator("textarea:visible")).to_have_value(re.compile("Hello, Name of a"))
    first.get_by_role("button", name="Mark as contacted").click()
    expect(page.locator(NEEDS)).to_have_count(before - 1)
    page.locator("#needs .log summary").click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(NEEDS)).to_have_count(before)


def test_from_a_number_to_the_answers_behind_it(enter: OpenWindow) -> None:
    """A cell leads to learners, a learner to each answer, and the address says it all."""
    page = enter()
    page.goto(GROUP)
    page.locator(".heat td a").first.click()
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Each answer, the newest first")).to_be_visible()
    assert "topic=" in page.url
    assert "learner=" in page.url


def test_a_filter_acts_at_once_and_stands_in_the_address(enter: OpenWindow) -> None:
    """Choosing a topic shows it, without a button."""
    page = enter()
    page.goto(GROUP)
    page.get_by_role("combobox", name="Topic").select_option("CMA")
    page.wait_for_url("**topic=CMA**")
    expect(page.locator(".heat .is-chosen th")).to_have_text("Title of i 2")


def test_charts_are_drawn_under_the_strict_policy(enter: OpenWindow) -> None:
    """Vega draws without evaluating anything; the same figures stand in a table."""
    page = enter()
    page.goto(GROUP)
    figure = page.locator("figure.chart").first
    figure.scroll_into_view_if_needed()
    # A process that imports altair makes the specs first.
    expect(figure.locator("svg")).to_be_visible(timeout=60_000)
    figure.get_by_text("As a table").click()
    expect(figure.locator("table")).to_be_visible()


def test_without_scripts_there_are_tables_and_forms(enter: OpenWindow) -> None:
    """Everything that the page does is there."""
    page = enter(java_script_enabled=False)
    page.goto(GROUP)
    expect(page.locator("figure.chart table").first).to_be_visible()
    before = page.locator(NEEDS).count()
    page.get_by_role("button", name="Mark as contacted").first.click()
    expect(page.locator(NEEDS)).to_have_count(before - 1)
    page.locator("#needs .log summary").click()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("combobox", name="Topic").select_option("CMA")
    page.get_by_role("button", name="Show").click()
    assert "topic=CMA" in page.url


def test_the_keyboard_is_enough(enter: OpenWindow) -> None:
    """To a group, over the frame to the content, and to the first learner's message."""
    page = enter()
    tab_to(page, "Scotland")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GROUP}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link over the frame comes first
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Message")
    page.keyboard.press("Enter")
    expect(page.locator("textarea:visible").first).to_be_visible()


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has that text is in focus; a few dozen times at most."""
    focused = "document.activeElement.textContent.trim()"
    steps = (page.keyboard.press("Tab") or page.evaluate(focused) for _ in range(40))
    assert text in steps


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier(enter: OpenWindow, scheme: str) -> None:
    """Names, roles, contrast: axe finds nothing that is serious."""
    page = enter(color_scheme=scheme)
    found = [f"{path}: {each}" for path in PAGES for each in barriers(page, path)]
    assert found == []


def barriers(page: Page, path: str) -> list[str]:
    """What axe finds serious on a page: rules and places."""
    page.goto(path)
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']} {[node['target'] for node in each['nodes']][:3]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]


def test_a_phone_scrolls_no_page_sideways(enter: OpenWindow) -> None:
    """At 360 px only tables scroll, each in its own frame."""
    page = enter(viewport={"width": 360, "height": 740})
    wide = [path for path in PAGES if overflow(page, path) > 0]
    assert wide == []


def overflow(page: Page, path: str) -> int:
    """By how many pixels a page is wider than the window."""
    page.goto(path)
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
