"""Signed links: anything else than what was signed is refused, and rotations break none."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.access.signed_links import Link, Purpose, sign, verify
from gradeline.access.signing_keys import SigningKeys
from gradeline.base.errors import Gone, NotAllowed
from gradeline.records.signing_keys import SigningKey

with Path(__file__).with_name("links.csv").open(encoding="utf-8", newline="") as table:
    CHANGES = list(csv.DictReader(table))

LINK = Link(
    purpose=Purpose.FILE, path="/exports/7/file", subject="7", asker="ana", content="ab" * 32
)
UNSUBSCRIBE = Link(purpose=Purpose.UNSUBSCRIBE, path="/unsubscribe", subject="12")
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
FIRST, SECOND = SigningKey.of(b"1" * 32), SigningKey.of(b"2" * 32)


@pytest.fixture
def kept() -> list[SigningKey]:
    """The keys that the database keeps."""
    return [FIRST]


@pytest.fixture
def keys(kept, clock) -> SigningKeys:
    """The keys of an installation."""
    return SigningKeys(lambda: list(kept), clock)


def rotate(kept: list[SigningKey], clock) -> None:
    """Let the second key sign from now on."""
    kept[:] = [SECOND, replace(FIRST, retired_at=datetime.fromtimestamp(clock(), UTC))]
    clock.go_on(61)


def test_a_link_works_until_its_end(keys, clock):
    """It may be used more than once; after its end it is gone."""
    query = sign(LINK, keys, HOUR)
    verify(LINK, query, keys)
    clock.go_on(3599)
    assert verify(LINK, query, keys) is None
    clock.go_on(1)
    with pytest.raises(Gone, match="is over"):
        verify(LINK, query, keys)


@pytest.mark.parametrize("change", CHANGES, ids=[each["what"] for each in CHANGES])
def test_what_was_not_signed_is_refused(keys, change):
    """A link is for one thing."""
    value = Purpose(change["value"]) if change["part"] == "purpose" else change["value"]
    query = sign(LINK, keys, HOUR)
    with pytest.raises(NotAllowed):
        verify(replace(LINK, **{change["part"]: value}), query, keys)


def test_a_character_that_moves_to_the_next_part_is_another_link(keys):
    """Where one part ends and the next begins is signed, too."""
    query = sign(LINK, keys, HOUR)
    with pytest.raises(NotAllowed):
        verify(replace(LINK, subject="7a", asker="na"), query, keys)


def test_every_flipped_bit_is_refused(keys):
    """Of each character of the query, whatever the bit."""
    query = sign(LINK, keys, HOUR)
    for place, bit in ((place, bit) for place in range(len(query)) for bit in range(8)):
        changed = query[:place] + chr(ord(query[place]) ^ 1 << bit) + query[place + 1 :]
        with pytest.raises(NotAllowed):
            verify(LINK, changed, keys)


@pytest.mark.parametrize("extra", ["&a=1", "&until=99999999999", "=", "%3D", " ", "\n", "#x"])
def test_a_query_with_more_in_it_is_refused(keys, extra):
    """Nothing is added to it, in front or behind."""
    query = sign(LINK, keys, HOUR)
    for changed in (query + extra, extra + query, query.replace("&", f"{extra}&", 1), extra, ""):
        with pytest.raises(NotAllowed):
            verify(LINK, changed, keys)


def test_a_link_survives_a_rotation_until_it_could_have_ended(keys, kept, clock):
    """What another key signed is verified by it for a week, whatever its own end says."""
    old = sign(LINK, keys, WEEK)
    rotate(kept, clock)
    verify(LINK, old, keys)
    new = sign(LINK, keys, WEEK)
    assert (FIRST.key_id in old, SECOND.key_id in new) == (True, True)
    kept[:] = [SECOND]
    clock.go_on(61)
    with pytest.raises(NotAllowed):
        verify(LINK, old, keys)


def test_who_has_a_retired_key_can_sign_for_a_week_at_most(keys, kept, clock):
    """A far end, signed after the rotation, is cut."""
    thief = SigningKeys(lambda: [FIRST], clock)
    rotate(kept, clock)
    forged = sign(LINK, thief, WEEK)
    clock.go_on(WEEK.total_seconds() - 61)
    with pytest.raises(Gone):
        verify(LINK, forged, keys)


def test_unsubscribing_never_ends(keys, kept, clock):
    """However old the mail, and whichever key signs now."""
    query = sign(UNSUBSCRIBE, keys)
    rotate(kept, clock)
    clock.go_on(timedelta(days=3650).total_seconds())
    assert verify(UNSUBSCRIBE, query, keys) is None


def test_a_purpose_ends_or_does_not(keys):
    """A file's link has an end within a week, and unsubscribing has none."""
    for link, life in [
        (LINK, None),
        (UNSUBSCRIBE, HOUR),
        (LINK, WEEK + timedelta(seconds=1)),
        (LINK, timedelta(0)),
    ]:
        with pytest.raises(ValueError, match="link"):
            sign(link, keys, life)


def test_no_secret_is_shown():
    """A key that stands in a message or a log shows its id alone."""
    assert "111" not in repr(FIRST)
    assert FIRST.key_id in repr(FIRST)


texts = st.text('ab",\\ ', max_size=6)


@given(first=st.tuples(texts, texts, texts, texts), second=st.tuples(texts, texts, texts, texts))
def test_two_links_never_have_one_signature(first, second):
    """Whatever their parts are, and wherever one ends and the next begins."""
    keys = SigningKeys(lambda: [FIRST], lambda: 1_800_000_000.0)
    made = [
        Link(purpose=Purpose.FILE, path=path, subject=subject, asker=asker, content=content)
        for path, subject, asker, content in (first, second)
    ]
    queries = {sign(link, keys, HOUR) for link in made}
    assert len(queries) == len(set(made))
