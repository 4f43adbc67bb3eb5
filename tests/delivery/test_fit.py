"""Fit: what exceeds a channel's limit stays in the store, and the message says where."""

from __future__ import annotations

import pytest
from tests.delivery.test_contract import document

from gradeline.base.languages import language
from gradeline.delivery.channel import Envelope, Limits
from gradeline.delivery.fit import fit
from gradeline.delivery.mailbox import read_mailbox
from gradeline.delivery.message import Document, Message
from gradeline.delivery.mime import mail_bytes

MB = 1_000_000


def message_with(*sizes: int) -> Message:
    """A message with a document of each size."""
    documents: tuple[Document, ...] = tuple(
        document(f"{number}.pdf", b"x" * size) for number, size in enumerate(sizes)
    )
    return Message(subject="s", text="All.", html="<p>All.</p>", documents=documents)


def test_the_size_counts_after_encoding():
    """Nineteen megabytes are over 25 in a mail, so they stay; seventeen go."""
    english, limits = language("en"), Limits(message_bytes=25 * MB)
    assert len(fit(message_with(17 * MB), limits, english).documents) == 1
    assert fit(message_with(19 * MB), limits, english).documents == ()


def test_no_mail_is_larger_than_the_limit_that_it_was_fitted_to():
    """The bytes that go out are within the limit."""
    made = fit(message_with(MB, 2 * MB, MB), Limits(message_bytes=3 * MB), language("en"))
    envelope = Envelope(key="k", address="ana@school.example", message=made)
    from gradeline.base.clock import now

    assert len(mail_bytes(envelope, read_mailbox("a@school.example"), now())) <= 3 * MB
    assert [each.name for each in made.documents] == ["0.pdf", "2.pdf"]


@pytest.mark.parametrize(("code", "word"), [("en", "store"), ("es", "1,2"), ("ru", "1,2")])
def test_what_stays_is_named_with_its_place(code, word):
    """Text and HTML name the document, its size and where it is, in the recipient's language."""
    made = fit(message_with(1_200_000, 10), Limits(document_bytes=MB), language(code))
    assert "reports/AAA/2013J/0.pdf" in made.text
    assert "reports/AAA/2013J/0.pdf" in made.html
    assert word in made.text


def test_a_long_text_goes_along_as_a_file():
    """A text over the limit is cut, and the whole of it is attached."""
    long = Message(subject="s", text="word " * 2_000)
    made = fit(long, Limits(text_characters=4_000), language("en"))
    assert len(made.text) <= 4_000
    assert made.documents[0].content.decode() == long.text
