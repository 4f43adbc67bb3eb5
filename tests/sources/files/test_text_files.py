"""CSV and TSV as people really write them: what can be read is read, the rest is named."""

import pytest

HEADER = "learner_id,item_id,kind,score,at"
GOOD = "7,task-1,answer,0.5,2024-03-01 10:00:00"
EVIL = {
    "an open quote of 200 KB": '"' + "x" * 200_000 + ",task-1,answer,0.5,2024-03-01",
    "an open quote": '"7,task-1,answer,0.5,2024-03-01',
    "5,000 fields": ",".join(["7"] * 5000),
    "too few fields": "7,task-1",
    "a NUL": "7,task\0-1,answer,0.5,2024-03-01",
    "the header again": HEADER,
    "a stray quote": '"7"x,task-1,answer,0.5,2024-03-01',
    "a line of 2 MB": "7" * 2_000_000 + ",task-1,answer,0.5,2024-03-01",
}
WRITTEN = {
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows-1251": lambda text: text.encode("cp1251"),
    "CR alone": lambda text: text.replace("\n", "\r").encode(),
    "CR and LF": lambda text: text.replace("\n", "\r\n").encode(),
    "quotes everywhere": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "blank lines first": lambda text: b"\n\n" + text.encode(),
}


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
def test_a_line_that_does_not_parse_is_set_aside_and_the_others_load(school, evil):
    """One bad line costs one line: it is counted, with its number and bytes."""
    school.put("attempts.csv", "\n".join([HEADER, GOOD, evil, GOOD.replace("7", "8", 1), ""]))
    read = school.read()
    assert (
        read.reading.counts.received,
        read.reading.counts.stored,
        read.reading.counts.quarantined,
    ) == (3, 2, 1)
    assert read.broken[0].place == "attempts.csv, line 3"
    assert read.broken[0].raw[:50] == evil.encode()[:50]
    assert read.facts["position"].to_pylist() == [1, 3]


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_every_way_to_write_a_table_gives_the_same_rows(school, written):
    """Delimiters, line ends and encodings are found out, not asked for."""
    school.put("attempts.csv", written(f"{HEADER}\n{GOOD}\n8,задача,answer,1,2024-03-02\n"))
    read = school.read()
    assert read.facts["item_id"].to_pylist() == ["task-1", "задача"]
    assert read.facts["learner_id"].to_pylist() == ["7", "8"]


def test_a_line_of_another_encoding_is_set_aside(school):
    """In a file that is UTF-8 a line in another encoding is broken, not guessed at."""
    rows = (
        f"{HEADER}\n8,задача,answer,1,2024-03-02\n".encode()
        + "9,задача,answer,1,2024-03-02".encode("cp1251")
    )
    school.put("attempts.csv", rows)
    (broken,) = school.read().broken
    assert broken.reason.startswith("bad_encoding: ")


def test_a_quoted_field_may_run_over_lines(school):
    """A record is known by the line it begins on, whatever its fields hold."""
    school.put("attempts.csv", f'{HEADER}\n7,"task\n""1""",answer,0.5,2024-03-01\n{GOOD}\n')
    read = school.read()
    assert read.facts["item_id"].to_pylist() == ['task\n"1"', "task-1"]
    assert read.facts["position"].to_pylist() == [1, 3]


def test_line_numbers_hold_across_pieces_of_a_large_file(school):
    """A file larger than one piece of reading keeps its line numbers, broken lines included."""
    lines = [HEADER, *(f"{n},task-1,answer,0.5,2024-03-01" for n in range(100_000))]
    lines[60_000] = "one field"
    lines[99_999] = '"open'
    school.put("attempts.csv", "\n".join(lines))
    read = school.read()
    assert [broken.place for broken in read.broken] == [
        "attempts.csv, line 60001",
        "attempts.csv, line 100000",
    ]
    assert read.facts["position"][-1].as_py() == 100_000
    assert read.facts["learner_id"][-1].as_py() == "99999"


def test_a_header_without_rows_is_an_empty_slice(school):
    """Nothing to read is no mistake."""
    school.put("attempts.csv", HEADER + "\n")
    assert school.read().reading.counts.received == 0


def test_columns_that_share_a_name_are_told_apart(school):
    """The second of two equal headings gets the number of its column."""
    school.mapping["attempts"] = school.mapping["attempts"].replace("score", "score_5 AS score")
    school.put(
        "attempts.csv", "learner_id,item_id,kind,score,score,at\n7,a,answer,0.1,0.9,2024-03-01\n"
    )
    assert str(school.read().facts["score"][0].as_py()) == "0.900000"
