"""A learner who asks to be forgotten is gone from everywhere, and does not come in again."""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from gradeline.base.errors import WrongUse
from gradeline.flows.learners.find_traces import find_traces
from gradeline.flows.learners.forget import forget
from gradeline.flows.learners.identity import Person
from gradeline.flows.refresh.refresh import refresh
from gradeline.lake import document_key
from gradeline.warehouse.learners import forgotten as forgotten_rows
from gradeline.warehouse.learners import links
from gradeline.warehouse.slices import ledger

from .conftest import copy_of, dump, everything_kept, no_progress, numbers, opened, run, terms

WHO = "files:s:17"


def forgotten(parts, learner=WHO, progress=no_progress):
    """`learners forget`."""
    return forget(parts, learner, terms(), progress, lambda _words: None)


class Killed(Exception):
    """The process ends here."""


def ending_at(doing):
    """Progress that ends the process when something is begun."""

    @contextmanager
    def progress(what):
        if what == doing:
            raise Killed
        yield lambda _done, _of, _what: None

    return progress


def counts(parts):
    """Stream → received, stored, quarantined, forgotten."""
    with parts.database.connect() as connection:
        return {
            each.slice.stream: (
                each.counts.received,
                each.counts.stored,
                each.counts.quarantined,
                each.forgotten,
            )
            for each in ledger.read_entries(connection)
        }


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a school has of its learners."""

    texts: str
    rows: dict[str, list[str]]
    counts: dict[str, tuple[int, ...]]


def kept(place, parts):
    """All that the school has."""
    texts = everything_kept(parts, place / "home").lower()
    return Kept(texts=texts, rows=dump(parts), counts=counts(parts))


@pytest.fixture(scope="module")
def erasure(counted):
    """What one school has before and after a learner is forgotten."""
    with copy_of(counted) as place, opened(place) as parts:
        # Of a course that was renamed before anybody recorded documents, and in another language.
        for place_of, name in (("processed", "users.csv"), ("reports", "course_report.es.txt")):
            for category in ("Old & Co", "What now?"):
                key = document_key(place_of, category, "L1", name)
                parts.lake.replace(key, b"mail17@school.example")
        before = kept(place, parts)
        forgotten(parts)
        yield before, kept(place, parts)


def test_no_byte_of_them_is_left(erasure):
    """Database, lake, documents and logs hold neither their e-mail nor their name."""
    before, after = erasure
    assert "mail17@school.example" in before.texts
    assert "mail17@school.example" not in after.texts
    assert "person, 17" not in after.texts
    assert "files:s:17" not in after.texts


def test_their_rows_and_results_are_gone_and_those_of_others_stay(erasure):
    """Nineteen of twenty learners are left, with all of their rows."""
    before, after = (each.rows for each in erasure)
    gone = {
        name: len(before[name]) - len(after[name])
        for name in ("files_learners", "files_attempts", "progress_summary")
    }
    assert gone == {"files_learners": 1, "files_attempts": 10, "progress_summary": 1}
    kept = {row.partition(",")[2] for row in after["files_attempts"]}
    assert kept < {row.partition(",")[2] for row in before["files_attempts"]}


def test_the_ledger_keeps_the_law_and_says_how_many(erasure):
    """Counts are lower by their records, which stand in a column of their own."""
    before, after = (each.counts for each in erasure)
    assert before["attempts"] == (202, 200, 2, 0)
    assert after["attempts"] == (191, 190, 1, 11)
    assert after["learners"] == (19, 19, 0, 1)


@pytest.mark.slow
def test_results_are_those_of_a_full_count(school):
    """Results after an erasure are those of counting everything again."""
    forgotten(school)
    partly = numbers(school)
    refresh(school, terms(), full=True)
    assert numbers(school) == partly


@pytest.mark.slow
def test_they_do_not_come_in_again(school, data, home):
    """A file that changes and still has them is kept without them, and the ledger says so."""
    forgotten(school)
    with (data / "answers.csv").open("a") as file:
        file.write(
            "17,i2,M/c2,0.5,2024-02-25,\n18,i2,M/c1,0.5,2024-02-25,\nmail17@school.example\n"
        )
    with (data / "people.csv").open("a") as file:
        file.write("31,New One,new@school.example,M/c1\n")
    ran = run(school)
    assert not ran.failed
    assert counts(school)["attempts"] == (192, 191, 1, 13)
    assert "mail17@school.example" not in everything_kept(school, home).lower()
    assert "new@school.example" in everything_kept(school, home)


@pytest.mark.slow
def test_a_reading_anew_finds_what_is_left(school):
    """Slices that are read again from their raw bytes come to the same counts."""
    forgotten(school)
    before, rows = counts(school), dump(school)["files_attempts"]
    with school.database.connect() as connection:
        ledger.replan(connection, [each.slice_id for each in ledger.read_entries(connection)])
    assert not run(school).failed
    assert counts(school) == before
    assert dump(school)["files_attempts"] == rows


@pytest.mark.slow
@pytest.mark.parametrize("doing", ["looking through slices", "counting", "writing reports"])
def test_killed_anywhere_a_rerun_completes_it(school, home, doing):
    """Before the transaction nothing has happened; after it the rerun does what is left."""
    with pytest.raises(Killed):
        forgotten(school, progress=ending_at(doing))
    forgotten(school)
    assert "mail17@school.example" not in everything_kept(school, home).lower()
    with school.database.connect() as connection:
        assert forgotten_rows.pending(connection, "objects") == []
        assert forgotten_rows.pending(connection, "documents") == []


@pytest.mark.slow
def test_a_plan_changes_nothing(school, home):
    """What would go is counted, and stays."""
    before, files = dump(school), sorted((home / "lake").rglob("*.*"))
    traces = find_traces(school, WHO, no_progress)
    assert (traces.rows, len(traces.quarantined), traces.courses) == (12, 1, {"M/c2"})
    assert dump(school) == before
    assert sorted((home / "lake").rglob("*.*")) == files


@pytest.mark.slow
def test_an_id_with_the_blanks_of_its_file_is_found(school):
    """People copy it from where they see it."""
    assert find_traces(school, "files:s: 17\u00a0", no_progress).person.learner_id == WHO


def test_an_unknown_learner_is_named(school):
    """Nobody is forgotten by mistake."""
    with pytest.raises(WrongUse, match="files:s:99"):
        forgotten(school, "files:s:99")


@pytest.mark.slow
def test_a_second_forgetting_has_nothing_to_do(school):
    """Asking again is no error."""
    forgotten(school)
    assert forgotten(school).already


@pytest.mark.slow
def test_a_linked_learner_goes_under_every_name(school, home):
    """The shared id means all of the ids that are linked to it."""
    with school.database.connect() as connection:
        one, two = (
            links.Link(source="files:s", external_id=each, learner_id="ana-of-both")
            for each in ("17", "18")
        )
        links.put(connection, [one, two])
    run(school)
    forgotten(school, "files:s:18")
    left = everything_kept(school, home).lower()
    assert not [each for each in ("mail17@", "mail18@", "ana-of-both") if each in left]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["c3", "Cat & Co", "What now?", "CON", "a:b", "dot.", "100%", "[x] {y}", "п ñ", None]
)
def test_documents_of_a_course_that_was_renamed_or_removed_are_gone(school, data, home, name):
    """Whatever the course is called now, no file of the home has a name of the learner."""
    for file in data.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = (line for line in lines if name or "c2" not in line)
        file.write_text("".join(line.replace("c2", name or "") for line in kept), encoding="utf-8")
    left = home / "reports" / "M" / "c2" / "course_report.ru.pdf"
    left.write_bytes(b"mail17@school.example")
    run(school)
    assert not left.exists()
    if name:
        forgotten(school)
    after = everything_kept(school, home).lower()
    assert "mail17@school.example" not in after or not name
    assert not [path for path in (home / "reports").rglob("*.pdf") if "/M/c2/" in str(path)]


def test_people_write_a_learner_in_many_ways() -> None:
    """In people's groups file an id may stand alone or with its source, or it is an e-mail."""
    ids = {"files:s": frozenset({"7"})}
    emails = frozenset({"ann@x.org"})
    person = Person(learner_id="ann", ids=ids, emails=emails)
    written = person.known_to("groups", "members")
    assert written.ids == {"7", "files:s:7", "ann"}
    assert written.emails == emails
    assert "groups" in person.sources
