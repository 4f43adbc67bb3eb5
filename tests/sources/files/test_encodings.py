"""Text files in the encodings that schools have: read right, or refused with both readings."""

import pytest

from gradeline.base.errors import EncodingUnclear, WrongSetting
from gradeline.sources.encodings.rules import parse_encodings
from gradeline.sources.files.datasets import Dataset
from gradeline.sources.files.source import open_files

from .conftest import read_all

LEARNERS = "SELECT _file, _line, id AS learner_id, name FROM students"
SPANISH = "id;name\n101;Ana Núñez\n102;Iván Peña\n103;Zoë Müller\n"


@pytest.fixture
def students(school):
    """A school whose mapping gives learners from the table `students`."""
    school.mapping = {"learners": LEARNERS}
    return school


def names(read):
    """The names that a slice of learners gives."""
    return read.facts["name"].to_pylist()


def read_said(school, said):
    """The slices of a school whose settings say something of encodings."""
    school.source()
    dataset = Dataset(name="school", mapping=school.home / "mapping", data=school.data)
    encodings = parse_encodings(said, {"school"})
    return read_all(open_files(dataset, spool=school.home, encodings=encodings), school.home)


def test_a_spanish_file_of_excel_is_not_read_as_russian(students):
    """Windows-1252 is told from Windows-1251, and the note says that this was a guess."""
    students.put("students.csv", SPANISH.encode("windows-1252"))
    read = students.read("learners")
    assert names(read) == ["Ana Núñez", "Iván Peña", "Zoë Müller"]
    assert read.reading.notes == {
        "encodings": {"students.csv": {"name": "windows-1252", "by": "guessed"}}
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SPANISH, "id;name\n1;Анна Иванова\n2;Пётр Кузнецов\n"])
def test_unicode_is_found_with_and_without_a_mark(students, encoding, text):
    """Marks and the bytes themselves prove it: that is no guess."""
    students.put("students.csv", text.encode(encoding))
    read = students.read("learners")
    assert names(read) == [line.partition(";")[2] for line in text.splitlines()[1:]]
    assert read.reading.notes["encodings"]["students.csv"]["by"] == "found"


def test_half_a_pair_of_utf16_breaks_its_line(students):
    """What is no character is rejected with its line, not replaced in silence."""
    content = SPANISH.encode("utf-16-le").replace("ú".encode("utf-16-le"), b"\x00\xd8")
    students.put("students.csv", content)
    (broken,) = students.read("learners").broken
    assert (broken.place, broken.reason[:12]) == ("students.csv, line 2", "bad_encoding")


def test_broken_bytes_in_utf8_break_their_lines_only(students):
    """Two lines cut by an old tool do not make the others Windows-1252."""
    content = SPANISH.encode() + b"104;Jos\xc3\n105;Jos\xe9\n"
    students.put("students.csv", content)
    read = students.read("learners")
    assert names(read) == ["Ana Núñez", "Iván Peña", "Zoë Müller"]
    assert [each.place for each in read.broken] == [
        "students.csv, line 5",
        "students.csv, line 6",
    ]


def test_a_line_of_utf8_in_a_file_of_windows_is_set_aside(students):
    """A line pasted from elsewhere is rejected instead of read as `ZoÃ«`."""
    students.put("students.csv", SPANISH.encode("windows-1252") + "104;Zoë\n".encode())
    read = students.read("learners")
    assert names(read) == ["Ana Núñez", "Iván Peña", "Zoë Müller"]
    assert read.broken[0].place == "students.csv, line 5"
    assert "the line is UTF-8 in a file in windows-1252" in read.broken[0].reason


def test_what_is_not_clear_is_refused_and_read_once_it_is_said(students):
    """The setting names the file, which makes it another slice to read."""
    students.put("students.csv", "id;name\n1;é\n".encode("windows-1252"))
    with pytest.raises(EncodingUnclear, match=r"FILES_ENCODINGS=school/students\.csv="):
        students.read("learners")
    (read,) = read_said(students, "school/students.csv=windows-1251")
    assert names(read) == ["й"]
    assert read.reading.notes["encodings"]["students.csv"]["by"] == "set"


def test_what_is_said_of_a_file_wins_over_what_is_said_of_its_dataset(students):
    """Each file of a dataset may have its own encoding."""
    students.put("a/students.csv", "id;name\n1;Лев\n".encode("koi8-r"))
    students.put("b/students.csv", "id;name\n2;Лев\n".encode("cp866"))
    reads = read_said(students, "school=koi8-r; school/b/students.csv=CP866")
    assert [name for read in reads for name in names(read)] == ["Лев", "Лев"]


@pytest.mark.parametrize(
    "said", ["windows-1251", "school=", "=cp866", "shool=cp866", "school=cp99", "school=utf-7"]
)
def test_a_setting_that_cannot_work_is_refused(said):
    """A misspelled dataset or encoding is not passed over in silence."""
    with pytest.raises(WrongSetting, match="FILES_ENCODINGS"):
        parse_encodings(said, {"school", "planification"})
