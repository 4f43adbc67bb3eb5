"""The page that ends messages: looking at it changes nothing, its button does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.access.file_links import unsubscribe_url
from gradeline.entrypoints.web.front import guarded
from gradeline.records.recipients import NewRecipient, What
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import recipients


@dataclass(frozen=True, kw_only=True)
class Page:
    """The page of one recipient, who reads Russian."""

    client: TestClient
    database: Database
    number: int
    url: str

    @property
    def is_unsubscribed(self) -> bool:
        """Whether the recipient gets nothing more."""
        with self.database.connect() as connection:
            found = recipients.find(connection, self.number)
        return found is not None and found.is_unsubscribed


@pytest.fixture
def page(warehouse: Database, app_of: Callable[[Database], FastAPI]) -> Iterator[Page]:
    """A recipient of course reports by mail."""
    wanted = NewRecipient(
        channel="email",
        address="ana@school.example",
        resolved_address="ana@school.example",
        what=What.COURSE_REPORT,
        role="admin",
        language="ru",
        added_by="test",
    )
    with warehouse.connect() as connection:
        number = recipients.put(connection, wanted)
    app = app_of(warehouse)
    whole = guarded(app, {"testserver"})
    with TestClient(whole, raise_server_exceptions=False) as client:
        url = unsubscribe_url(number, app.state.parts.exports.keys, "")
        yield Page(client=client, database=warehouse, number=number, url=url)


def test_looking_changes_nothing_and_the_button_acts(page: Page) -> None:
    """A scanner opens each link; a person presses the button, in the recipient's language."""
    shown = page.client.get(page.url)
    assert "Отписаться" in shown.text
    assert "отчёты по курсам" in shown.text
    assert 'method="post"' in shown.text
    assert "script" not in shown.text
    assert not page.is_unsubscribed
    assert "Готово" in page.client.post(page.url).text
    assert page.is_unsubscribed
    assert "Готово" in page.client.get(page.url).text


def test_a_mail_program_unsubscribes_with_one_click(page: Page) -> None:
    """RFC 8058: a POST of a form that nobody saw, again and again."""
    sent = [page.client.post(page.url, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert page.is_unsubscribed


def test_only_the_link_of_a_message_acts(page: Page) -> None:
    """Another recipient, another signature, a cut link."""
    other = page.url.replace(f"/{page.number}?", f"/{page.number + 1}?")
    wrong = (other, page.url[:-1], page.url + "0", page.url.partition("?")[0])
    assert [page.client.post(one).status_code for one in wrong] == [403] * 4
    assert [page.client.get(one).status_code for one in wrong] == [403] * 4
    assert not page.is_unsubscribed


def test_the_page_loads_nothing_and_leads_nowhere(page: Page) -> None:
    """Its headers let it show a style and send its form, no more."""
    policy = page.client.get(page.url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
