"""People's groups: what the lines of their file mean, and why some mean nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from xlsxwriter import Workbook

from gradeline.base.errors import InputBroken
from gradeline.records.directory import know
from gradeline.sources.groups.source import GroupsSource
from gradeline.sources.source import PlanRequest, Reading

HEADER = "course,group,learner,role,from,until,rolling\n"
KNOWN = know(
    learners=[
        ("lw:ann", "lw", "Ann@X.org"),
        ("grader:7", "grader", "ann@x.org"),
        ("lw:7", "lw", None),
        ("files:s:bob", "files:s", None),
        ("one person", "lw", None),
    ],
    links=[("lw", "cid", "one person")],
    courses=[("m/1", "Álgebra"), ("n/1", "Twice"), ("n/2", "twice"), ("k/1", "m/1")],
)


class Files:
    """Groups files in memory."""

    def __init__(self, **content: bytes) -> None:
        self.content = {name.replace("_", "."): text for name, text in content.items()}

    def names(self) -> list[str]:
        """Every file."""
        return list(self.content)

    def read(self, name: str) -> bytes | None:
        """One of them."""
        return self.content.get(name)


#: The formats of a groups file.
both_formats = pytest.mark.parametrize("kind", ["csv", "xlsx"])


def workbook(text: str) -> bytes:
    """The lines of a CSV file as the first sheet of a workbook, each cell a text."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(csv.reader(io.StringIO(text))):
            sheet.write_row(number, 0, line)
    return target.getvalue()


def read(folder: Path, text: str | bytes, kind: str = "csv") -> tuple[Reading, list[Any]]:
    """What a file gives: its reading and its rows."""
    content = text.encode() if isinstance(text, str) else text
    if kind == "xlsx":
        content = workbook(content.decode())
    source = GroupsSource(Files(**{f"groups_{kind}": content}), lambda: KNOWN, folder)
    plan = source.plan(PlanRequest())
    (planned,) = plan.slices
    raws = [each.path for each in plan.fetch(planned, folder)]
    reading = source.read(planned, raws, folder / "facts.parquet")
    return reading, pq.read_table(folder / "facts.parquet").to_pylist()


@both_formats
@pytest.mark.parametrize(
    ("learner", "means"),
    [
        ("files:s:bob", ["files:s:bob"]),
        ("bob", ["files:s:bob"]),
        (" bob\u00a0", ["files:s:bob"]),
        ("lw:7", ["lw:7"]),
        ("ANN@x.ORG", ["grader:7", "lw:ann"]),
        ("cid", ["one person"]),
        ("lw:cid", ["one person"]),
    ],
)
def test_a_learner_is_an_id_or_an_email(
    tmp_path: Path, kind: str, learner: str, means: list[str]
) -> None:
    """An id in any source, or an e-mail in any case, which may be of several systems."""
    _, rows = read(tmp_path, f"{HEADER}m/1,A,{learner},,,,\n", kind)
    assert [row["learner_id"] for row in rows] == means


@both_formats
@pytest.mark.parametrize(("course", "means"), [("m/1", "m/1"), ("M/1", "m/1"), ("algebra", "m/1")])
def test_a_course_is_an_id_or_a_title(tmp_path: Path, kind: str, course: str, means: str) -> None:
    """Case and accents make no difference; an id comes before a title."""
    _, rows = read(tmp_path, f"{HEADER}{course},A,bob,,,,\n", kind)
    assert [row["course_id"] for row in rows] == [means]


@both_formats
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("m/1,A,zoe,,,,", "unknown_learner: no system knows 'zoe'"),
        ("m/1,A,7,,,,", "ambiguous: learner '7' is grader:7, lw:7; write one of them"),
        ("m/9,A,bob,,,,", "unknown_course: no course has the id or title 'm/9'"),
        ("TWICE,A,bob,,,,", "ambiguous: course 'TWICE' is n/1, n/2; write one of them"),
        ("m/1,,bob,,,,", "missing: group is empty"),
        ("m/1,A,bob,boss,,,", "bad_value: role is 'boss', not learner or teacher"),
        ("m/1,A,bob,,,,maybe", "bad_value: rolling is 'maybe', not yes or no"),
        (
            "m/1,A,bob,,soon,,",
            "bad_date: from is 'soon', not like 2024-01-31 or 31/01/2024",
        ),
        (
            "m/1,A,bob,,2024-02-01,2024-01-31,",
            "ends_before_start: until (2024-01-31) is before from (2024-02-01)",
        ),
        (
            "m/1,A,bob,,2024-02-01,,\nm/1,A,files:s:bob,,2024-01-01,2024-02-01,",
            "overlap: line 2 has some of the same days",
        ),
        (
            "m/1,A,bob,,2024-02-01,,\nm/1,A,bob,,2024-02-01,2024-02-05,",
            "duplicate_key: an earlier line says something else",
        ),
    ],
)
def test_a_wrong_line_says_why(tmp_path: Path, kind: str, lines: str, reason: str) -> None:
    """It goes to quarantine with file and line, and the others are read."""
    reading, _ = read(tmp_path, f"{HEADER}{lines}\n", kind)
    (broken,) = reading.broken
    last = 1 + len(lines.splitlines())
    assert (broken.place, broken.reason) == (f"groups.{kind}, line {last}", reason)


def test_days_and_words_of_three_languages(tmp_path: Path) -> None:
    """Columns, roles and days may be written as people write them; the same line twice is one."""
    text = (
        "Курс;Группа;Ученик;Роль;С;По;Скользящая\n"
        "m/1;Вечер;bob;ученик;01.02.2024;2024-03-01;да\n"
        "m/1;Вечер;bob;ученик;01.02.2024;2024-03-01;да\n"
        "m/1;Вечер;zoe@x.org;куратор;;;\n"
    )
    reading, rows = read(tmp_path, text.encode("utf-16"))
    assert reading.counts.already_there == 1
    assert [tuple(row.values())[2:] for row in rows] == [
        ("files:s:bob", "groups:Вечер", "m/1", "Вечер", True, "learner",
         date(2024, 2, 1), date(2024, 3, 1)),
        ("groups:zoe@x.org", "groups:Вечер", "m/1", "Вечер", False, "teacher", None, None),
    ]  # fmt: skip


def test_somebody_who_becomes_known_makes_another_slice(tmp_path: Path) -> None:
    """The fingerprint follows what lines mean, so the next run reads the file again."""
    files = Files(groups_csv=f"{HEADER}m/1,A,zoe,,,,\n".encode())
    later = know(learners=[("lw:zoe", "lw", None)], links=[], courses=[("m/1", None)])
    prints = {
        GroupsSource(files, lambda known=known: known, tmp_path)
        .plan(PlanRequest())
        .slices[0]
        .fingerprint
        for known in (KNOWN, KNOWN, later)
    }
    assert len(prints) == 2


def test_unknown_learners_say_nothing_against_the_file(tmp_path: Path) -> None:
    """However many wait, the file is not put on hold for them."""
    lines = "".join(f"m/1,A,new{number},,,,\n" for number in range(300))
    reading, _ = read(tmp_path, HEADER + lines)
    assert reading.waiting == reading.counts.quarantined == 300


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    """It says which are missing and how the first line is."""
    with pytest.raises(InputBroken, match="has no column group and learner"):
        read(tmp_path, "course;who\nm/1;bob\n")


def test_two_files_are_refused(tmp_path: Path) -> None:
    """Nobody can tell which of them counts."""
    files = Files(groups_csv=b"", groups_xlsx=b"")
    with pytest.raises(InputBroken, match=r"groups\.csv and groups\.xlsx"):
        GroupsSource(files, lambda: KNOWN, tmp_path).plan(PlanRequest())


#: Lines by which a file is UTF-8 and nothing else.
KNOWN_GROUPS = "m/1,Группа,nobody,,,,\n".encode() * 5


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}m/1,B,lw:7,,,,\n".encode() + b"m/1,A\xff,lw:7,,,,\n" + KNOWN_GROUPS,
        (f"\ufeff{HEADER}m/1,A\ud800,lw:7,,,,\nm/1,B,lw:7,,,,\n").encode(
            "utf-16-le", "surrogatepass"
        ),
    ],
)
def test_bytes_that_are_no_text_cost_their_line_alone(tmp_path: Path, content: bytes) -> None:
    """A line of another encoding goes to quarantine, and the next one counts."""
    reading, rows = read(tmp_path, content)
    assert [row["group_id"] for row in rows] == ["groups:B"]
    assert reading.counts.quarantined - reading.waiting == 1
