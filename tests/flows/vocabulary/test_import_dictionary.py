"""Importing dictionaries: all good lines or none, each refused one with line and reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from gradeline.base.errors import InputBroken, WrongUse
from gradeline.flows.vocabulary.import_dictionary import (
    DictionaryImport,
    ImportFolders,
    Refusal,
    find_file,
    import_dictionary,
)
from gradeline.vocabulary.dictionary import SHIPPED
from gradeline.warehouse import Database

NOON = datetime(2026, 12, 1, 12, 30, 5, tzinfo=UTC)
GOOD = [("la casa", "дом", "A1", "дом"), ("el río", "река", "a1", "природа")]


@pytest.fixture
def load(warehouse: Database, tmp_path: Path) -> Callable[..., DictionaryImport]:
    """Imports files into the database of this test."""

    def run(*paths: Path, errors: bool = False) -> DictionaryImport:
        folders = ImportFolders(
            logs=tmp_path / "logs", errors=tmp_path / "errors" if errors else None
        )
        return import_dictionary(
            warehouse, paths, folders, at=NOON, zone="Europe/Madrid", hold_percent=Decimal(5)
        )

    return run


@pytest.fixture
def words(warehouse: Database) -> Callable[[], list[tuple[object, ...]]]:
    """What the dictionary holds."""

    def read() -> list[tuple[object, ...]]:
        with warehouse.connect() as connection:
            return connection.execute(
                "select word, translation, level, category from esp2rus_dictionary order by word_id"
            ).fetchall()

    return read


def write_table(path: Path, separator: str = ",", encoding: str = "utf-8") -> Path:
    """The good lines as text."""
    lines = [("Слово", "перевод", "Уровень", "категория"), *GOOD]
    path.write_bytes("\n".join(separator.join(line) for line in lines).encode(encoding))
    return path


def write_book(path: Path) -> Path:
    """The good lines as a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate([("word", "translation", "level", "category"), *GOOD]):
            sheet.write_row(row, 0, line)
    return path


def write_json(path: Path) -> Path:
    """The good lines as JSON."""
    names = ("word", "translation", "level", "category")
    objects = [dict(zip(names, line, strict=True)) for line in GOOD]
    path.write_text(json.dumps(objects, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_form_of_a_file_gives_the_same_words(load, words, tmp_path):
    """Commas, semicolons, tabs, UTF-16, XLSX and JSON; a second import adds nothing."""
    files = [
        write_table(tmp_path / "a.csv"),
        write_table(tmp_path / "b.csv", ";"),
        write_table(tmp_path / "c.tsv", "\t", "utf-16"),
        write_book(tmp_path / "d.xlsx"),
        write_json(tmp_path / "e.json"),
    ]
    done = [load(path) for path in files]
    assert [one.added for one in done] == [2, 0, 0, 0, 0]
    assert [len(one.files[0].of(Refusal.DUPLICATE)) for one in done] == [0, 2, 2, 2, 2]
    assert words() == [(word, translation, "A1", kind) for word, translation, _, kind in GOOD]


def test_each_refused_line_is_listed_with_its_reason(load, words, tmp_path):
    """Duplicates, unknown levels and broken lines are in the log, and on request in a file."""
    path = tmp_path / "w.csv"
    path.write_text(
        "word,translation,level\nla casa,дом,A1\nla casa,дом,A1\nel pez,рыба,Z9\n,дом,A1\n???,x,A1\n"
        '"=1+1",x,A1\n',
        encoding="utf-8",
    )
    done = load(path, errors=True)
    assert done.log.name == "import_log_20261201_133005.json"
    told = json.loads(done.log.read_text(encoding="utf-8"))["files"][0]
    assert (told["lines"], told["added"]) == (6, 2)
    assert [(one["line"], one["reason"]) for one in told["duplicates"]] == [
        (3, "The same as line 2 of w.csv.")
    ]
    assert told["unknown_levels"][0]["reason"].startswith("There is no level 'Z9'; known are A1,")
    assert [one["line"] for one in told["broken"]] == [5, 6]
    (errors,) = done.errors
    assert errors.read_text(encoding="utf-8-sig").splitlines()[1].startswith("3,The same as line 2")
    assert len(words()) == 2


def test_a_file_that_is_mostly_broken_adds_nothing(load, words, tmp_path):
    """Nor do the files before it: the log says what to correct."""
    good = write_table(tmp_path / "good.csv")
    bad = tmp_path / "bad.csv"
    lines = [f"palabra{n},слово,{'A1' if n > 6 else 'X'}" for n in range(100)]
    bad.write_text("\n".join(["word,translation,level", *lines]), encoding="utf-8")
    with pytest.raises(InputBroken, match=r"7 lines of 100 in bad.csv .* Nothing was added"):
        load(good, bad)
    assert words() == []
    (log,) = (tmp_path / "logs").iterdir()
    told = json.loads(log.read_text(encoding="utf-8"))
    assert (told["added"], len(told["files"][1]["unknown_levels"])) == (0, 7)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"word,level\nx,A1\n", "has no column translation"),
        ("a.csv", b"", "is empty"),
        ("a.json", b'{"word": "x"}', "is not JSON as it should be"),
        ("a.json", b"[" * 5000, "is not JSON as it should be"),
        ("a.xlsx", b"PK nonsense", "a.xlsx"),
    ],
)
def test_what_is_no_dictionary_is_named(load, words, tmp_path, name, content, reason):
    """A file of another form ends the import with its name, and adds nothing."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputBroken, match=reason):
        load(write_table(tmp_path / "good.csv"), path)
    assert words() == []


def test_the_shipped_dictionary_is_taken_whole(load, words):
    """Every word of it, each with keys to compare answers by."""
    done = load(SHIPPED)
    assert done.files[0].refused == ()
    assert done.added == len(words()) >= 500


def test_a_file_is_found_by_its_path_or_in_uploads(tmp_path):
    """A name alone means the folder of uploads."""
    (tmp_path / "w.csv").touch()
    assert find_file("w.csv", tmp_path) == tmp_path / "w.csv"
    assert find_file(str(tmp_path / "w.csv"), tmp_path / "x") == tmp_path / "w.csv"
    with pytest.raises(WrongUse, match=r"There is no file other.csv"):
        find_file("other.csv", tmp_path)
