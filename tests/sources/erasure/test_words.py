"""The words of a text that may be a learner, in a time that grows as the text does."""

import pytest

from gradeline.sources.erasure.learners import words_of

#: Text → the e-mails in it.
EMAILS = {
    "write to Ana.L+x@school.example, please": {"Ana.L+x@school.example"},
    "a@b.example@c.example": {"a@b.example", "b.example@c.example"},
    "(x@y.example)": {"x@y.example"},
    "@home and away@": set(),
    "Мария@школа.рф": {"Мария@школа.рф"},
    "a" * 1_000_000: set(),
    "a" * 1_000_000 + "@": set(),
    "a@" * 300_000: {"a@a"},
}


@pytest.mark.parametrize("text", EMAILS, ids=range(len(EMAILS)))
def test_emails_are_found_in_any_text(text):
    """Two that share a part are both found; a million letters take no longer than reading them."""
    assert {word for word in words_of(text) if "@" in word} == EMAILS[text]
