"""Lookups: tables of a mapping's own, made once for a slice, whose texts many rows share."""

import pytest

from gradeline.base.errors import InputBroken, MappingBroken
from gradeline.sources.erasure.learners import LearnerIds
from gradeline.sources.source import PlanRequest
from gradeline.sources.tabular.lookup import LONGEST_TEXT, MOST_TEXTS

SCHOOL = {
    "_words": "SELECT number, word, since FROM words",
    "attempts": "SELECT a._file, a._line, a.who AS learner_id, item.word AS item_id, "
    'item.since AS "at", kind.word AS kind FROM answers AS a '
    "LEFT JOIN _words AS item ON item.number = a.item "
    "LEFT JOIN _words AS kind ON kind.number = a.kind",
}
WORDS = "number,word,since\n1,answer,2024-03-01\n2,,2024-03-02\n3,guess,soon\n4,task,2024-03-04\n"


@pytest.fixture
def looking(school):
    """A school whose attempts take every text from a lookup."""

    def read(*answers, words=WORDS):
        school.mapping = dict(SCHOOL)
        school.put("words.csv", words)
        school.put("answers.csv", "who,item,kind\n" + "".join(f"{each}\n" for each in answers))
        return school

    return read


def test_rows_get_the_texts_of_the_lookup_they_are_joined_with(looking):
    """What no row of the lookup has is null."""
    facts = looking("7,4,1", "8,9,1").read().facts
    assert facts["item_id"].to_pylist() == ["task"]
    assert facts["kind"].to_pylist() == ["answer"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("8,2,1", None),
        ("8,4,2", "missing: kind is required"),
        ("8,4,3", "bad_choice: kind is none of answer, run, carried: 'guess'"),
        ("8,3,1", "bad_instant: at is not a valid local time: 'soon'"),
    ],
)
def test_a_lookups_texts_are_checked_as_a_files_own(looking, answer, reason):
    """An empty one is none at all, and what no day or choice can be made of is named."""
    read = looking("7,4,1", answer).read()
    assert [each.reason for each in read.broken] == [reason] * bool(reason)
    assert read.facts["item_id"].to_pylist() == ["task", None][: read.reading.counts.stored]
    assert read.reading.counts.received == 2


@pytest.mark.parametrize(
    "texts",
    [["a", "b"], [f"{n:05}" for n in range(MOST_TEXTS + 1)], ["é" * LONGEST_TEXT, "b"]],
    ids=["few", "many", "long"],
)
def test_many_or_long_texts_are_facts_like_few(looking, texts):
    """How a text is written is not seen by who reads it; the same bytes come again."""
    words = "number,word,since\n0,answer,\n" + "".join(
        f"{n},{text},2024-03-01\n" for n, text in enumerate(texts, start=1)
    )
    school = looking(*(f"7,{n},0" for n in range(1, len(texts) + 1)), words=words)
    assert school.read().facts["item_id"].to_pylist() == texts
    first = (school.home / "facts.parquet").read_bytes()
    school.read()
    assert (school.home / "facts.parquet").read_bytes() == first


@pytest.mark.parametrize("change", ["its sql", "its file"])
def test_a_slice_changes_with_its_lookups(looking, change):
    """A lookup and what it reads are part of what a row is made from."""
    school = looking("7,4,1")
    (before,) = school.source().plan(PlanRequest()).slices
    if change == "its sql":
        school.mapping["_words"] += " WHERE true"
    else:
        school.put("words.csv", WORDS + "5,run,2024-03-05\n")
    plan = school.source().plan(PlanRequest())
    (after,) = plan.slices
    assert after.fingerprint != before.fingerprint
    assert [raw.window for raw in plan.fetch(after, school.home)] == [
        "answers.csv",
        "words.csv",
    ]


def test_another_tables_lookup_changes_nothing(looking):
    """Only those that a query reads are made, and are part of its slices."""
    school = looking("7,4,1")
    (before,) = school.source().plan(PlanRequest()).slices
    school.mapping["_others"] = "SELECT nothing FROM nowhere"
    plan = school.source().plan(PlanRequest())
    (after,) = plan.slices
    assert after == before


@pytest.mark.parametrize(
    ("sql", "error", "words"),
    [
        ("SELECT", MappingBroken, "_words.sql: "),
        ("SELECT nosuch(word) FROM words", MappingBroken, "_words.sql, line 1: Scalar Function"),
        ("SELECT points FROM words", InputBroken, "_words.sql, line 1 reads a column 'points'"),
        (
            "SELECT word::INT AS n FROM words",
            MappingBroken,
            "_words.sql, line 1: Could not convert",
        ),
    ],
)
def test_a_mistake_in_a_lookup_is_named_with_its_place(looking, sql, error, words):
    """As in any other file of the mapping."""
    school = looking("7,4,1")
    school.mapping["_words"] = sql
    with pytest.raises(error) as caught:
        school.read()
    assert str(caught.value).startswith(words)


def test_a_learner_whom_a_lookup_names_can_be_forgotten(looking):
    """Who a row is about may be said by a lookup; the row goes with the learner."""
    school = looking("7,4,1", "8,4,1")
    school.mapping["_people"] = "SELECT DISTINCT who, 'p' || who AS learner_id FROM answers"
    school.mapping["attempts"] = SCHOOL["attempts"].replace("a.who", "p.learner_id") + (
        " LEFT JOIN _people AS p ON p.who = a.who"
    )
    source = school.source()
    plan = source.plan(PlanRequest())
    (planned,) = plan.slices
    raws = [raw.path for raw in plan.fetch(planned, school.home)]
    who = LearnerIds(ids=frozenset({"p7"}), emails=frozenset())
    paths = source.erase_learners(planned, raws, who, school.home, lambda _place, _raw: None)
    assert paths[0].read_bytes() == b"who,item,kind\n\n8,4,1\n"
