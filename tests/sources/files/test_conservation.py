"""The law on random dirt: received = stored + already there + quarantined, and nothing unnamed."""

import csv
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from .conftest import School, read_all

CELLS = st.sampled_from(
    [
        *("7", "8", "", "task-1", "answer", "run", "0.5", "1,5", "NaN", '"', 'a"b', '""', "-1"),
        *("31.02.2024", "\0", "é", "x" * 5000, ";", "1e400", " ", "2024-03-01", "2026-03-29 02:30"),
    ]
)
GOOD = st.tuples(
    st.integers(1, 9).map(str),
    st.sampled_from("abc"),
    st.just("answer"),
    st.just("0.5"),
    st.just("2024-03-01"),
)
LINES = st.lists(
    st.one_of(GOOD.map(",".join), st.lists(CELLS, max_size=7).map(",".join)), max_size=40
)


@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), key=st.booleans())
def test_every_line_is_stored_or_named(tmp_path_factory, lines, end, key):
    """Whatever a CSV holds: each record ends in exactly one place, and reasons have a place."""
    named = "learner_id || item_id AS attempt_id, " if key else ""
    sql = f'SELECT _file, _line, {named}learner_id, item_id, kind, score, "at" FROM attempts'
    school = School(
        home=tmp_path_factory.mktemp("law"), mapping={"attempts": sql}, timezone="Europe/Berlin"
    )
    school.put("attempts.csv", end.join(["learner_id,item_id,kind,score,at", *lines, ""]))
    read = school.read()
    reading = read.reading
    assert reading.counts.add_up
    assert (len(read.facts), len(read.broken)) == (
        reading.counts.stored,
        reading.counts.quarantined,
    )
    assert all(
        broken.place.startswith("attempts.csv, line ") and ": " in broken.reason
        for broken in read.broken
    )
    assert len(set(read.facts["position"].to_pylist())) == reading.counts.stored
    assert reading.counts.received >= sum(
        line.count(",") == 4 and '"' not in line and "\0" not in line for line in lines
    )


#: Lines as people write them: good ones, rows whose score is none, lines that do not parse.
RECORDS = st.lists(
    st.sampled_from(
        [
            *(b"%d,a,0.5", b"%d,b,1", b'%d,"a\nb",0', b"%d,z,0.25"),
            *(b"%d,a,oops", b'%d,"b ""c""\n",NaN', b"%d,a,1.5", b"%d,a,"),
            *(b"%d,a", b"%d,a,1,2", b"%d,\xff,1", b""),
        ]
    ),
    max_size=9,
)
TOPICS = st.lists(st.sampled_from([b"a,,1", b"b,,2", b"c"]), unique=True)
ROWS = (
    "SELECT {0}._file, {0}._line, who AS learner_id, topics.score AS topic_id, 'answer' AS kind, "
    "{0}.score, DATE '2024-03-01' AS at FROM {0} LEFT JOIN topics USING (task)"
)
MAPPING = {
    "learners": "SELECT any_value(_file) AS _file, min(_line) AS _line, who AS learner_id "
    "FROM first GROUP BY who",
    "attempts": f"{ROWS.format('first')} UNION ALL {ROWS.format('second')}",
}


def written(records):
    """A CSV file of these records, and what Python's csv reads in it: fate → (place, bytes)."""
    # A line that only UTF-8 can be, so that a byte which is none breaks its line.
    lines = [b"who,task,score", "u,задача,1".encode(), *records]
    content = b"\n".join(lines) + b"\n"
    text = content.decode("utf-8", "surrogateescape")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    physical, found, last = content.split(b"\n"), {"good": [], "score": [], "broken": []}, 0
    for row in reader:
        place, raw = f"line {last + 1}", b"\n".join(physical[last : reader.line_num])
        last = reader.line_num
        if row and last > 1:
            kind = fate(row)
            found[kind].append((place + ", column score" * (kind == "score"), raw))
    return content, found


def fate(row):
    """What becomes of a record whose fields Python's csv gives."""
    if len(row) != 3 or "\udcff" in row[1]:
        return "broken"
    return "good" if row[2] in ("", "0", "0.25", "0.5", "1") else "score"


@given(files=st.tuples(RECORDS, RECORDS), topics=TOPICS)
def test_each_record_of_each_file_of_a_query_has_one_end(tmp_path_factory, files, topics):
    """Files united, joined, grouped: what Python's csv finds is stored or named, file by file."""
    school = School(home=tmp_path_factory.mktemp("law"), mapping=MAPPING)
    named, stored = Counter(), 0
    for name, records in zip(("first", "second"), files, strict=True):
        numbered = [record.replace(b"%d", b"%d" % n) for n, record in enumerate(records)]
        content, found = written(numbered)
        school.put(f"{name}.csv", content)
        wrong = found["broken"] + found["score"]
        named.update((f"{name}.csv, {place}", raw) for place, raw in wrong)
        stored += len(found["good"])
    school.put("topics.csv", b"\n".join([b"task,who_else,score", *topics, b""]))
    named.update(
        (f"topics.csv, line {topics.index(b'c') + 2}", b"c") for each in topics if each == b"c"
    )
    reads = read_all(school.source(), school.home)
    counts = next(each.reading.counts for each in reads if each.planned.slice.stream == "attempts")
    assert all(read.reading.counts.add_up for read in reads)
    assert (counts.received, counts.stored) == (stored + named.total(), stored)
    assert Counter((each.place, each.raw) for read in reads for each in read.broken) == named
