"""Addresses of ours in messages: of files that are too large, and of the page that ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from gradeline.access.file_links import check_file_link, check_unsubscribe_link
from gradeline.access.signing_keys import SigningKeys
from gradeline.base.clock import now
from gradeline.delivery.channel import Limits, Traits
from gradeline.delivery.outbox import Outbox
from gradeline.flows.parts import Links
from gradeline.records.exports import LinkedFile
from gradeline.records.messages import MessageState
from gradeline.records.signing_keys import SigningKey
from gradeline.warehouse import Database, Role
from gradeline.warehouse.deliveries import messages
from gradeline.warehouse.exports import links as kept

from .conftest import School, school_with

KEYS = SigningKeys(lambda: [SigningKey.of(b"k" * 32)], lambda: now().timestamp())
URL = re.compile(r"https://school\.example/exports/\S+")


@pytest.fixture
def school(tmp_path, published: Database) -> Iterator[School]:
    """A school whose mail takes no document, and whose addresses people reach."""
    mail = Outbox(name="mail", traits=Traits(), limits=Limits(document_bytes=3))
    with school_with(tmp_path, published, {"mail": mail}) as place:
        links = Links(keys=KEYS, public_url="https://school.example")
        delivery = replace(place.parts.delivery, links=links)
        place.parts = replace(place.parts, delivery=delivery)
        for course_id in ("a/1", "a/2"):
            place.publish(course_id, "v1")
        yield place


def file_of(school: School, url: str) -> LinkedFile:
    """The file that a link leads to; the link is one that we signed."""
    parts = urlsplit(url)
    with school.parts.database.connect(Role.APP) as connection:
        found = kept.find(connection, UUID(parts.path.split("/")[2]))
    assert found is not None
    check_file_link(found.link, KEYS, method="GET", path=parts.path, query=parts.query)
    return found


def test_each_document_that_is_too_large_goes_as_a_link_for_a_week(school: School) -> None:
    """Of a message with several; the file behind each link is the document."""
    school.add()
    school.deliver()
    (envelope,) = school.outbox.arrived
    found = [file_of(school, url) for url in URL.findall(envelope.message.text)]
    assert len(found) == 4
    assert {school.parts.lake.get(one.storage_key).partition(b" ")[2] for one in found} == {b"v1"}
    lives = [one.link.expires_at - now() for one in found]
    assert all(timedelta(hours=167) < each <= timedelta(hours=168) for each in lives)
    assert envelope.message.html.count('<a href="https://school.example/exports/') == 4


def test_a_mail_has_the_page_that_ends_it_and_nothing_comes_after(school: School) -> None:
    """The link is the recipient's own; what waits is dropped, what is new is not planned."""
    number = school.add()
    school.deliver()
    url = urlsplit(school.outbox.arrived[0].message.unsubscribe_url)
    assert check_unsubscribe_link(number, url.query, KEYS) is None
    with school.parts.database.connect(Role.APP) as connection:
        kept.unsubscribe(connection, number)
    school.publish("a/1", "v2")
    school.deliver(2)
    assert len(school.outbox.arrived) == 1


def test_old_messages_are_forgotten_but_not_sent_again(school: School) -> None:
    """What they said goes; that they went stays as long as it is the newest."""
    school.add()
    school.deliver()
    with school.parts.database.connect() as connection:
        messages.forget(connection, now() + timedelta(days=1))
    assert [one.state for one in school.stored()] == [MessageState.SENT]
    school.publish("a/1", "v2")
    school.publish("a/2", "v2")
    school.deliver(2)
    with school.parts.database.connect() as connection:
        assert messages.forget(connection, now() + timedelta(days=1)) == 1
    school.deliver(3)
    assert len(school.outbox.arrived) == 2
