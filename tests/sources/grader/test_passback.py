"""A dict that Python wrote is read without running anything, and in bounded time and depth."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.sources.grader.passback import DEPTH_MAX, LENGTH_MAX, parse_passback

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)


def depth(value) -> int:
    """How many containers lie within each other."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inside), default=0) if isinstance(value, (dict, list)) else 0


@given(st.dictionaries(TEXT, VALUES, max_size=5).filter(lambda each: depth(each) <= DEPTH_MAX))
def test_what_python_writes_comes_back(written):
    """Apostrophes, escapes, None, True and numbers are what they were."""
    text = repr(written)
    if len(text) <= LENGTH_MAX:
        assert parse_passback(text) == written


@given(st.text(max_size=200) | st.text("{}[]()',:\"\\ax0N ", max_size=200))
def test_any_text_is_a_dict_or_an_error(text):
    """No text crashes the reader, loops in it or gives anything but a dict."""
    with suppress(ValueError):
        assert isinstance(parse_passback(text), dict)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "'a'", "None", "{", "{'a'}", "{'a': 1,,}", "{'a': 1} x", "{1: 2}", "{'a': b'c'}",
        "{'a': __import__('os')}", "{'a': 1 + 1}", "{**{}}", "{'a': 'b' 'c'}", "{'a': '\\ud800'}",
        "{'a': '\\U00110000'}", "{'a': 'b", "{'a': 1.2.3}", "{'a': (1)", "dict(a=1)",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    """Code, halves and other values are no dict."""
    with pytest.raises(ValueError, match=r"not readable|no dict|half|no such"):
        parse_passback(text)


@pytest.mark.parametrize(
    "text",
    ["{'a': " * 100_000, "[" * 1_000_000, "{'a': '" + "\\" * 1_000_000, "(" * 16_000, "'" * 16_001],
)
def test_deep_and_long_texts_are_refused(text):
    """What crashes Python's own reader is refused by its length, its depth or its first wrong sign."""
    with pytest.raises(ValueError, match=r"longer than|deeper than|not readable"):
        parse_passback(text)


def test_json_is_read_too():
    """Some clients send what JavaScript writes."""
    assert parse_passback('{"a": null, "b": true, "c": 1.5}') == {"a": None, "b": True, "c": 1.5}


def test_a_number_of_many_digits_is_bounded():
    """A number with thousands of digits costs no more than a text of that length."""
    assert parse_passback("{'a': " + "9" * 5000 + "}")["a"] == float("inf")
