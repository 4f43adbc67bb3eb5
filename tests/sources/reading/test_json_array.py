"""An array is taken apart without believing what is in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.sources.reading.json_array import elements_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=8), st.booleans())
def test_the_elements_are_those_of_the_array(values, ascii_only):
    """Each element comes whole and in order, also where another one is broken."""
    content = json.dumps(values, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert [json.loads(each) for each in elements_of(content)] == values
    broken = content[:-1] + (b", " if values else b"") + b"{broken}]"
    *whole, last = elements_of(broken)
    assert ([json.loads(element) for element in whole], last) == (values, b"{broken}")


@pytest.mark.parametrize("bad", [b'{"a": "\\ud800"}', b'{"a": "\xff"}', b"{a: 1}", b'"\\x"'])
def test_a_broken_element_is_one_element(bad):
    """What stands beside it stays whole."""
    assert elements_of(b'[{"n": 1}, ' + bad + b', {"n": 2}]') == [b'{"n": 1}', bad, b'{"n": 2}']


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"errors": "x"}', b"[", b'[{"a": 1}', b'[{"a": 1},', b'[{"a": "', b"[1] [2]",
     b"[1]]", b"<html>[1]</html>", b'[{"a": 1]', b"null", b'["a", \xff'],
)  # fmt: skip
def test_what_is_no_whole_array_is_refused(content):
    """A cut, an error object, a page or two arrays are no array."""
    with pytest.raises(ValueError, match="array"):
        elements_of(content)
