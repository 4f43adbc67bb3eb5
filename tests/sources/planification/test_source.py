"""Plans that people write: which course a file fits, and what its lines mean."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from gradeline.base.errors import InputBroken
from gradeline.records.course_list import CourseEntry, CourseList
from gradeline.sources.planification.match import match
from gradeline.sources.planification.source import PlanificationSource
from gradeline.sources.source import PlanRequest

HEADER = "date;assessment_id;assessment_name;status\n"


class Files:
    """Plan files in memory, and the names of those that were read."""

    def __init__(self, content: dict[str, bytes]) -> None:
        self.content = content
        self.reads: list[str] = []

    def names(self) -> list[str]:
        """Every file."""
        return list(self.content)

    def read(self, name: str) -> bytes | None:
        """One of them."""
        self.reads.append(name)
        return self.content.get(name)


def read(tmp_path, content: str | bytes, name="AAA/2013J.csv", course="AAA/2013J"):
    """What a plan file gives: its reading and its rows."""
    raw = content.encode() if isinstance(content, str) else content
    source = PlanificationSource(Files({name: raw}), lambda: [course], CourseList())
    plan = source.plan(PlanRequest())
    (planned,) = plan.slices
    paths = [each.path for each in plan.fetch(planned, tmp_path)]
    reading = source.read(planned, paths, tmp_path / "facts.parquet")
    rows = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    return reading, [(row["item_id"], row["due_on"], row["status"]) for row in rows]


@pytest.mark.parametrize(
    ("files", "course", "fits"),
    [
        (["Matematicas/nivel-1-m30m.csv"], "Matematicas/nivel-1-m30m", 0),
        (["Matematicas/lecciones.csv"], "Matematicas/lecciones-m0m", 0),
        (["Matematicas/lecciones.csv"], "Matemáticas/lecciones-m0m", 0),
        (["Matematicas/nivel-1.csv"], "Matematicas/nivel-10-m30m", None),
        (["Ciencias/lecciones.csv"], "Matematicas/lecciones-m0m", None),
        (["M/nivel.csv", "M/nivel-1.csv"], "M/nivel-1-m30m", 1),
        (["M/2013.csv"], "M/2013J", None),
    ],
)
def test_a_file_fits_a_course_by_name_or_prefix(files, course, fits):
    """In its category's folder; a prefix ends where a word ends; the longest one wins."""
    found = match(files, [course], CourseList()).files
    assert found == ({} if fits is None else {course: files[fits]})


def test_cursos_yml_may_name_the_file():
    """`plan:` comes before any likeness."""
    book = CourseList(courses=(CourseEntry(category="M", course="nivel-1", plan="otro.csv"),))
    matched = match(["M/nivel-1.csv", "M/otro.csv"], ["M/nivel-1", "M/x"], book)
    assert matched.files == {"M/nivel-1": "M/otro.csv"}
    assert matched.unmatched == ("M/nivel-1.csv",)
    assert matched.without_file == ("M/x",)


def test_days_may_be_written_as_spreadsheets_do(tmp_path):
    """ISO, or day first; the status is active unless said otherwise."""
    text = HEADER + "2024-01-15;q1;Intro;active\n20/01/2024;q2;Más;\n2024-02-01;q3;x;Inactive\n"
    reading, rows = read(tmp_path, text.encode("cp1252"))
    assert rows == [
        ("q1", date(2024, 1, 15), "active"),
        ("q2", date(2024, 1, 20), "active"),
        ("q3", date(2024, 2, 1), "inactive"),
    ]
    assert reading.courses == {"AAA/2013J"}


def test_a_line_not_understood_is_told_by_its_number(tmp_path):
    """The others stay, and a line twice is one."""
    text = (
        HEADER
        + "2024-01-15;q1;;\n2024-01-15;q1;;\n2024-13-01;q2;;\n;q3;;\n2024-01-16;q1;;\n2024-01-16;;;\n"
    )
    reading, rows = read(tmp_path, text)
    assert len(rows) == 1
    assert (reading.counts.received, reading.counts.already_there, reading.counts.quarantined) == (
        6,
        1,
        4,
    )
    assert [each.place.rpartition(" ")[2] for each in reading.broken] == ["4", "5", "6", "7"]


def test_a_cell_longer_than_a_csv_reader_takes_is_told_by_its_line(tmp_path):
    """Python's own reader ends at 131,072 signs, which is an error with a place, no traceback."""
    with pytest.raises(InputBroken, match="line 3"):
        read(tmp_path, HEADER + f"2024-01-16;q2;;\n2024-01-15;q1;{'x' * 131_073};\n")


def test_a_day_that_does_not_exist_is_answered_with_both_forms(tmp_path):
    """The reason names each way to write a day."""
    reading, _ = read(tmp_path, HEADER + "32/01/2024;q1;;\n")
    assert [one.reason for one in reading.broken] == [
        "bad_date: date is '32/01/2024', not like 2024-01-31 or 31/01/2024"
    ]


def test_a_file_without_its_columns_is_refused(tmp_path):
    """The message shows the header."""
    with pytest.raises(InputBroken, match="assessment_id"):
        read(tmp_path, "fecha;nombre\n2024-01-15;Intro\n")


def test_commas_work_too(tmp_path):
    """As another spreadsheet writes."""
    assert read(tmp_path, "date,assessment_id\n2024-01-15,q1\n")[1] == [
        ("q1", date(2024, 1, 15), "active")
    ]


def test_fetching_a_plan_reads_its_own_file_alone(tmp_path):
    """The other plan files stay where they are, however many there are."""
    files = Files({"M/a.csv": HEADER.encode(), "M/b.csv": HEADER.encode()})
    plan = PlanificationSource(files, lambda: ["M/a", "M/b"], CourseList()).plan(PlanRequest())
    files.reads.clear()
    plan.fetch(plan.slices[0], tmp_path)
    assert files.reads == ["M/a.csv"]


def test_a_plan_file_that_changed_since_planning_is_refused(tmp_path):
    """What was planned would be another plan."""
    files = Files({"M/a.csv": HEADER.encode()})
    plan = PlanificationSource(files, lambda: ["M/a"], CourseList()).plan(PlanRequest())
    files.content.clear()
    with pytest.raises(InputBroken, match="changed"):
        plan.fetch(plan.slices[0], tmp_path)


def test_a_file_that_is_not_csv_is_refused(tmp_path):
    """A quote that is never closed swallows the file; the message names the line."""
    text = HEADER + '2024-01-15;"' + "x" * 200_000
    with pytest.raises(InputBroken, match="cannot be read as CSV at line 2"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("cp1251", "Урок о дробях"), ("cp1252", "Año nuevo"), ("utf-16", "Урок"), ("utf-8-sig", "ñ")],
)
def test_titles_are_read_in_the_encoding_of_the_file(tmp_path, encoding, title):
    """Plan files are decoded as all text files are, whatever spreadsheet wrote them."""
    text = HEADER + f"2024-01-15;q1;{title};active\n"
    reading, _ = read(tmp_path, text.encode(encoding))
    assert pq.read_table(tmp_path / "facts.parquet")["title"].to_pylist() == [title]
    assert reading.notes["encodings"]["AAA/2013J.csv"]["by"] in ("found", "guessed")


def test_a_plan_line_that_is_not_in_the_encoding_is_set_aside(tmp_path):
    """A broken byte breaks its line; the lines around it stay."""
    text = (HEADER + "2024-01-15;q1;Año;\n2024-01-16;q2;Tercer año;\n").encode()
    reading, rows = read(tmp_path, text + b"2024-01-17;q3;A\xf1o;\n")
    assert [row[0] for row in rows] == ["q1", "q2"]
    (broken,) = reading.broken
    assert (broken.reason[:12], broken.raw) == ("bad_encoding", b"2024-01-17;q3;A\xf1o;")
