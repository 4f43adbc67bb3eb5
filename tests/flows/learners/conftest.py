"""A school of two courses in CSV files, whose learners have names and e-mails."""

from __future__ import annotations

import csv
import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from psycopg import sql
from pypdf import PdfReader
from tests.conftest import copy_home, made_once

from gradeline.flows.parts import Parts
from gradeline.flows.run import RunRequest, RunResult, Steps, run_all
from gradeline.settings import read_settings
from gradeline.warehouse import Role, stop_embedded
from gradeline.wiring.run import terms_of, wire_run

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
SOURCE = "files:s"
LEARNERS = range(10, 30)

MAPPING = {
    "courses": "SELECT _file, _line, category || '/' || course AS course_id, category, course, "
    "starts_on, ends_on FROM courses",
    "learners": "SELECT _file, _line, id AS learner_id, name, mail AS email FROM people",
    "groups": "SELECT any_value(_file) AS _file, min(_line) AS _line, course || '/all' AS group_id, "
    "course AS course_id, false AS rolling FROM people GROUP BY course",
    "memberships": "SELECT p._file, p._line, p.id AS learner_id, p.course || '/all' AS group_id, "
    "p.course AS course_id, 'learner' AS role, r.since AS starts_on "
    "FROM people AS p LEFT JOIN registrations AS r ON r.id = p.id",
    "items": "SELECT _file, _line, item AS item_id, course AS course_id, 100 AS max_score, "
    "true AS active FROM items",
    "attempts": "SELECT a._file, a._line, a.who AS learner_id, a.course AS course_id, "
    "a.item AS item_id, 'answer' AS kind, a.score, a.at FROM answers AS a",
}


def course_of(learner: int) -> str:
    """Even ones are in one course, odd ones in the other."""
    return f"M/c{1 + learner % 2}"


def write_csv(path: Path, rows: list[list[object]]) -> None:
    """A table with its header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def make_data(folder: Path) -> None:
    """The school's files; every learner has ten answers, some of them over two lines."""
    folder.mkdir()
    days = ["2024-01-01", "2024-06-01"]
    write_csv(
        folder / "courses.csv",
        [["category", "course", "starts_on", "ends_on"], ["M", "c1", *days], ["M", "c2", *days]],
    )
    people = [[n, f"Person, {n}", f"Mail{n}@School.example", course_of(n)] for n in LEARNERS]
    write_csv(folder / "people.csv", [["id", "name", "mail", "course"], *people])
    since = [[n, f"2024-01-{1 + n % 9:02}"] for n in LEARNERS]
    write_csv(folder / "registrations.csv", [["id", "since"], *since])
    items = [[f"i{k}", f"M/c{c}"] for k in range(10) for c in (1, 2)]
    write_csv(folder / "items.csv", [["item", "course"], *items])
    answers = [
        [n, f"i{k}", course_of(n), f"0.{(n * 7 + k * 13) % 100:02}", f"2024-02-{10 + k}", note]
        for n in LEARNERS
        for k, note in ((k, 'two\n"lines"' if k == 3 else "") for k in range(10))
    ]
    broken = [[17, "i1", course_of(17), "abc", "2024-02-11", ""], [18, "i1"]]
    head = ["who", "item", "course", "score", "at", "note"]
    write_csv(folder / "answers.csv", [head, *answers, *broken])


@contextmanager
def opened(place: Path) -> Iterator[Parts]:
    """The school wired: its home, data and mapping lie in one place."""
    datasets = f"s={place / 'mapping'}@{place / 'data'}"
    settings = read_settings(home=place / "home", overrides={"FILES_DATASETS": datasets})
    with wire_run(settings, lambda _words: None) as parts:
        yield parts


def make_school(place: Path, migrated_home: Path) -> None:
    """Files, mapping and an empty home."""
    place.mkdir(exist_ok=True)
    place.chmod(0o711)
    copy_home(migrated_home, place / "home")
    make_data(place / "data")
    (place / "mapping").mkdir()
    for table, query in MAPPING.items():
        (place / "mapping" / f"{table}.sql").write_text(query)


@pytest.fixture(scope="session")
def counted(run_folder: Path, migrated_home: Path) -> Path:
    """Where a school lies that was run once; to be copied."""
    place = run_folder / "two-courses"
    with made_once(place) as missing:
        if missing:
            make_school(place, migrated_home)
            with opened(place) as parts:
                run(parts)
    return place


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder with a short path, which the server's socket needs."""
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def copy_of(counted: Path) -> Iterator[Path]:
    """A copy of a school, whose server is stopped at the end."""
    with open_folder() as folder:
        copy_home(counted, folder / "s")
        yield folder / "s"
        stop_embedded(folder / "s" / "home")


@pytest.fixture
def place(counted: Path) -> Iterator[Path]:
    """A copy of it for one test."""
    with copy_of(counted) as made:
        yield made


@pytest.fixture
def school(place: Path) -> Iterator[Parts]:
    """The school, counted once."""
    with opened(place) as parts:
        yield parts


@pytest.fixture
def data(place: Path) -> Path:
    """The school's files."""
    return place / "data"


@pytest.fixture
def home(place: Path) -> Path:
    """The school's home."""
    return place / "home"


def terms():
    """What the numbers depend on."""
    return terms_of(read_settings(), AS_OF)


@contextmanager
def no_progress(_doing: str) -> Iterator[Callable[[int, int, object], None]]:
    """A progress bar that nobody sees."""
    yield lambda _done, _of, _what: None


def run(parts: Parts) -> RunResult:
    """`gradeline run`."""
    return run_all(parts, RunRequest(terms=terms()), Steps(), no_progress)


def dump(parts: Parts) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    found = {}
    with parts.database.connect(Role.OWNER) as owner:
        names = [
            name
            for (name,) in owner.execute(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            ).fetchall()
        ]
    with parts.database.connect(Role.LOADER) as connection:
        for name in sorted(set(names) - {"schema_migrations"}):
            rows = connection.execute(
                sql.SQL("select t::text from {} as t").format(sql.Identifier(name))
            )
            found[name] = sorted(row for (row,) in rows)
    return found


def everything_kept(parts: Parts, home: Path) -> str:
    """All text of database, lake, documents and logs."""
    words = [row for rows in dump(parts).values() for row in rows]
    for path in home.rglob("*"):
        if path.is_file() and "db" not in path.relative_to(home).parts[:1]:
            words += [path.name, _text(path)]
    return "\n".join(words)


def _text(path: Path) -> str:
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist())
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(map(book.read, book.namelist())).decode("utf-8", "replace")
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode(
        "utf-8", "replace"
    )


def numbers(parts: Parts) -> dict[str, object]:
    """All results, without the builds that made them."""
    with parts.database.connect(Role.LOADER) as connection:
        return {
            "progress": connection.execute(
                "select to_jsonb(p) - 'build_id' from progress_summary as p order by learner_id, course_id"
            ).fetchall(),
            "stats": connection.execute(
                "select type, entity_id, metrics from materialized_stats order by 1, 2"
            ).fetchall(),
            "boards": connection.execute(
                "select scope, scope_id, rankings, size from leaderboards order by 1, 2"
            ).fetchall(),
        }
