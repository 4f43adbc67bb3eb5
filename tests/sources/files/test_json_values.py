"""What is written in JSON is what is stored: no text is retyped, no digit is lost."""

import gzip
import json

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradeline.base.errors import InputBroken

from .conftest import School

SQL = "SELECT _file, _line, x AS learner_id, 'i' AS item_id, 'run' AS kind, '2024-03-01' AS at FROM attempts"
UUID = "0B2AD6AC-6A1F-4E5E-8B9F-0A2A8A6D1A11"
#: The values of a column as JSON, and the ids that they are.
IDS = {
    "a uuid": ([f'"{UUID}"'], [UUID]),
    "a time": (['"10:30"', '"9:5:1"'], ["10:30", "9:5:1"]),
    "a day": (['"2024-1-8"', '"08.01.2024"'], ["2024-1-8", "08.01.2024"]),
    "an instant": (['"2024-01-08T10:00:00Z"'], ["2024-01-08T10:00:00Z"]),
    "texts of digits": (['"007"', '"1e3"', '"1.0"'], ["007", "1e3", "1.0"]),
    "a literal NUL escape": (['"\\\\u0000"'], ["\\u0000"]),
    "64 bits": (["18446744073709551615", "1"], ["18446744073709551615", "1"]),
    "below and above": (["-1", "18446744073709551615"], ["-1", "18446744073709551615"]),
    "23 digits": (["1" + "0" * 21 + "1", "2"], ["1" + "0" * 21 + "1", "2"]),
    "60 digits": (["1" * 60, "2"], ["1" * 60, "2"]),
    "numbers and texts": (["7", '"A7"', "1.50", "true"], ["7", "A7", "1.50", "true"]),
    "a big one and a fraction": (["9007199254740993", "1.5"], ["9007199254740993", "1.5"]),
    "decimals": (["1.10", "2.35"], ["1.10", "2.35"]),
    "zeros at the end": (["1.10", "1.1", "2"], ["1.10", "1.1", "2"]),
    "fractions": (["1.5", "2", "3.0"], ["1.5", "2", "3"]),
    "an exponent": (["1e2", "2"], ["100", "2"]),
    "texts and objects": (['"7"', '{"a": 1.50}', "[1, 2]"], ["7", '{"a": 1.50}', "[1, 2]"]),
    "nothing and a text": (["null", '"7"'], ["7"]),
}


@pytest.mark.parametrize(("written", "ids"), IDS.values(), ids=IDS)
def test_an_id_of_json_keeps_its_characters(school, written, ids):
    """Whatever a column looks like, an id is what stands in the file."""
    school.mapping["attempts"] = SQL
    school.put("attempts.ndjson", "\n".join(f'{{"x": {value}}}' for value in written))
    assert school.read().facts["learner_id"].to_pylist() == ids


#: The values of a column, and an expression over it that a mapping may have.
TYPED = {
    "numbers": (["80", "90.5"], "max(x) / 10", 9.05),
    "decimals": (["80.50", "9.75"], "max(x) / 10", 8.05),
    "whole numbers": (["80", "9"], "sum(x) + 1", 90),
    "big numbers": (["18446744073709551616", "9"], "max(x) - 18446744073709551615", 1),
    "truth values": (["true", "false", "null"], "count(*) FILTER (WHERE x)", 1),
    "objects": (['{"a": {"b": 5}}', '{"A": {"c": "2024-1-8"}}'], "max(x.a.b) || max(x.a.c)", "52024-1-8"),
    "lists": (["[1, 2]", "[]"], "sum(list_sum(x))", 3),
    "lists of objects": (['[{"a": 1}, {"b": 2}]'], "max(x[1].a) + max(x[2].b)", 3),
    "nothing": (["null"], "coalesce(sum(x / 100), -1)", -1.0),
    "mixed": (["1.50", '{"a": 2}'], "max(x->>'$.a')", "2"),
    "a map": ([json.dumps({f"k{n}": n for n in range(300)})], "max(x['k299'])", 299),
}  # fmt: skip


@pytest.mark.parametrize(("written", "sql", "value"), TYPED.values(), ids=TYPED)
def test_what_is_not_text_keeps_its_type(school, written, sql, value):
    """A mapping may compute with numbers, look into objects and count truth values."""
    school.mapping["attempts"] = SQL.replace(
        "x AS learner_id", f"((SELECT {sql} FROM attempts))::VARCHAR AS learner_id"
    )
    school.put("attempts.ndjson", "\n".join(f'{{"x": {each}}}' for each in written))
    found = school.read().facts["learner_id"][0].as_py()
    assert type(value)(found) == value


BAD = {
    b'{"x": "1", "x": "2"}': "duplicate_name: the name 'x' is given twice in one object",
    b'{"x": "1", "y": [{"a": 1, "b": "a:b", "a": 2}]}': "duplicate_name: the name 'a' is given",
    b'{"x": "\\u003a", "x": "1"}': "duplicate_name: the name 'x' is given twice in one object",
    b'{"x": "1", "X": "2"}': "duplicate_name: 'x' and 'X' differ only in their capitals",
    b'{"x": "1", "y": {"a": 1, "A": 2}}': "duplicate_name: 'a' and 'A' differ only",
    b'{"x": "a\\u0000"}': "bad_text: the record holds a NUL",
    b'{"x": "1", "y": {"\\u0000": 1}}': "bad_text: the record holds a NUL",
    b'{"x": "1", "_LINE": 1}': "bad_text: the name '_LINE' is ours",
    b'{"x": 1e400}': "does_not_parse: a number is too large",
    b'{"x": ' + b"[" * 65 + b"]" * 65 + b"}": "too_deep: objects and arrays are within each other",
    b'{"x": "1", ' + b",".join(b'"k%d": 1' % n for n in range(2500)) + b"}": "too_many_names: with",
    b'{"x": "\\ud800!"}': "does_not_parse: ",
    b"[1]": "does_not_parse: the record is not an object",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items(), ids=[key[:40] for key in BAD])
def test_a_record_that_sql_cannot_hold_is_set_aside(school, line, reason):
    """One such line costs one line, and its reason names what is wrong with it."""
    school.mapping["attempts"] = SQL
    school.put("attempts.ndjson", b'{"x": "6"}\n' + line + b'\n{"x": "7"}\n')
    read = school.read()
    assert read.facts["learner_id"].to_pylist() == ["6", "7"]
    (broken,) = read.broken
    assert (broken.place, broken.raw.strip()) == ("attempts.ndjson, line 2", line)
    assert broken.reason.startswith(reason)


def test_one_name_spelled_in_two_ways_is_one_column(school):
    """SQL does not tell capitals apart, so records of two exporters meet in one column."""
    school.mapping["attempts"] = SQL.replace("x AS", "x || y.a AS")
    school.put("attempts.ndjson", '{"x": "6", "y": {"a": 1}}\n{"Y": {"A": 2.50}, "X": "7"}\n')
    assert school.read().facts["learner_id"].to_pylist() == ["61", "72.50"]


def test_a_broken_element_of_an_array_is_set_aside(school):
    """It spoils no other, and has its number among the elements."""
    school.mapping["attempts"] = SQL
    school.put("attempts.json", b'[{"x": "6"},\n {"x": "\xff"},\n {"x": "7"}]')
    read = school.read()
    assert read.facts["learner_id"].to_pylist() == ["6", "7"]
    assert [broken.place for broken in read.broken] == ["attempts.json, line 2"]


OBJECT = json.dumps({"answers": [{"x": "1"}, {"x": "2"}]}, indent=1).encode()
NO_RECORDS = {
    "one object": ("a.json", OBJECT, "no JSON array of objects (it is one object). Save what is in its 'answers'"),
    "one object, CRLF and a mark": ("a.json", b"\xef\xbb\xbf" + OBJECT.replace(b"\n", b"\r\n"), "(it is one object)"),
    "one text": ("a.json", b'"x"', "no JSON array of objects (it is one text)"),
    "UTF-16": ("a.json", OBJECT.decode().encode("utf-16"), "no JSON array of objects (it is UTF-16)"),
    "UTF-16 without a mark": ("a.json", '[{"x": 1}]'.encode("utf-16-le"), "(it is UTF-16)"),
    "broken lines": ("a.json", b"{x: 1}\n{x: 2}\n", "no JSON array of objects (none of its records is an object; record 1: "),
    "an array of texts": ("a.json", b'["a", "b"]', "(none of its records is an object"),
    "an array without end": ("a.json", b'[{"x": 1}, {"x": 2}', "no JSON array of objects (the array does not end"),
    "an array as NDJSON": ("a.ndjson", json.dumps([{"x": "1"}], indent=1).encode(), "no NDJSON file (it is one array)"),
    "gzipped": ("a.ndjson.gz", gzip.compress(OBJECT), "no NDJSON file (it is one object)"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), NO_RECORDS.values(), ids=NO_RECORDS)
def test_a_file_without_records_says_what_it_is(school, name, content, words):
    """The message is about the file, not about a column that it does not have."""
    school.mapping["attempts"] = SQL
    school.put(name.replace("a.", "attempts."), content)
    with pytest.raises(InputBroken) as caught:
        school.read()
    assert str(caught.value).startswith(name.replace("a.", "attempts.") + " is ")
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [b"[]", b" [ ]\n", b"\n\n"])
def test_an_export_of_nothing_has_no_rows(school, content):
    """An empty array is no broken file: the slice is empty, and a UNION has the other file's rows."""
    school.mapping["attempts"] = SQL
    school.put("attempts.json", content)
    assert school.read().facts.num_rows == 0
    school.mapping["attempts"] = f"{SQL} UNION ALL {SQL.replace('FROM attempts', 'FROM more')}"
    school.put("attempts.json", '[{"x": "7", "y": 1}]')
    school.put("more.json", content)
    assert school.read().facts["learner_id"].to_pylist() == ["7"]


def test_one_line_in_a_json_file_is_a_record(school):
    """NDJSON under the name of JSON is read as what it is."""
    school.mapping["attempts"] = SQL
    school.put("attempts.json", '{"x": "7"}')
    assert school.read().facts["learner_id"].to_pylist() == ["7"]


NUMBERS = st.one_of(
    st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.decimals(0, 9, places=2)
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS.map(str),
    st.sampled_from(['"10:30"', '"2024-1-8"', f'"{UUID}"', '"\\\\u0000"', '"a\\u0000"', '""']),
    st.text(max_size=5).map(json.dumps),
).map(lambda value: json.dumps(value) if value is None or isinstance(value, bool) else value)
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
        st.lists(st.tuples(st.sampled_from(["a", "A", "b", ""]), inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f'"{key}": {value}' for key, value in pairs) + "}"
        ),
    ),
    max_leaves=6,
)
RECORDS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"x": st.text("ab1:-", min_size=1, max_size=4).map(json.dumps)}, optional={"y": NESTED, "Z": NESTED, "z": LEAVES}).map(
            lambda each: "{" + ", ".join(f'"{key}": {value}' for key, value in each.items()) + "}"
        ),
        st.sampled_from(['{"x": 1', "[]", "nul", '{"x": "1", "x": "2"}']),
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


@given(lines=RECORDS)
def test_every_record_is_stored_as_written_or_named(tmp_path_factory, lines):
    """Each record ends in one place; what another reader of JSON finds in it is what is stored."""
    school = School(home=tmp_path_factory.mktemp("law"), mapping={"attempts": SQL})
    school.put("attempts.ndjson", "\n".join(['{"x": "first"}', *lines]))
    read = school.read()
    assert read.reading.counts.add_up
    assert read.reading.counts.received == len(lines) + 1
    rejected = {int(broken.place.rpartition(" ")[2]) for broken in read.broken}
    kept = [line for n, line in enumerate(lines, start=2) if n not in rejected]
    stored = read.facts["learner_id"].to_pylist()
    assert stored == ["first", *(json.loads(line)["x"] for line in kept)]


@given(values=st.lists(LEAVES, min_size=1, max_size=8))
@example(values=["1.7014118346046923e+38"])
def test_a_column_of_anything_keeps_what_is_in_it(tmp_path_factory, values):
    """Texts are equal to the last character, numbers to the last digit."""
    sql = "SELECT _file, _line, _line AS learner_id, x AS name FROM attempts"
    school = School(home=tmp_path_factory.mktemp("law"), mapping={"learners": sql})
    school.put("attempts.ndjson", "\n".join(f'{{"x": {value}}}' for value in values))
    facts = school.read("learners").facts
    lines = map(int, facts["learner_id"].to_pylist())
    for line, text in zip(lines, facts["name"].to_pylist(), strict=True):
        assert _same(values[line - 1], text)


def _same(written: str, stored: str) -> bool:
    """Whether a value is stored as another reader would read it."""
    if written[0] in '"n':
        return (json.loads(written) or None) == stored
    if written in ("true", "false"):
        return written == stored
    sql = "SELECT ?::DOUBLE = ?::DOUBLE"
    ((equal,),) = duckdb.execute(sql, [written, stored]).fetchall()
    exact = written.lstrip("-").isdigit()
    return (written == stored) if exact else bool(equal)
