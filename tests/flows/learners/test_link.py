"""Links make ids of several systems one learner, as people say it and never by themselves."""

import pytest

from gradeline.base.errors import WrongUse
from gradeline.flows.learners.link import link_file, unlink
from gradeline.flows.learners.propose_links import Reason, match_emails, match_learners
from gradeline.flows.refresh.refresh import refresh
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.learners.links import Link

from .conftest import numbers, terms


@pytest.fixture
def file(tmp_path):
    """Writes a file of links."""

    def make(*rows):
        path = tmp_path / "links.csv"
        path.write_text("\n".join(["source,external_id,learner_id", *rows]) + "\n")
        return path

    return make


def person(learner_id, email, source):
    """A learner as metrics see them."""
    return {"learner_id": learner_id, "email": email, "source": source}


def test_linked_learners_count_as_one_in_the_next_refresh(school, file):
    """Results after the refresh are those of a full count, under the shared id."""
    link_file(school.database, school.sources, file("files:s,17,ana"), write=True)
    done = refresh(school, terms())
    partly = numbers(school)
    assert "M/c2" in done.courses
    assert "ana" in {row[0]["learner_id"] for row in partly["progress"]}
    refresh(school, terms(), full=True)
    assert numbers(school) == partly


def test_links_are_taken_once_and_a_plan_takes_none(school, file):
    """The same file again makes no link; `--plan` makes none at all."""
    path = file("files:s,17,ana", "files:s,18,ben")
    assert len(link_file(school.database, school.sources, path, write=False).made) == 2
    assert len(link_file(school.database, school.sources, path, write=True).made) == 2
    assert link_file(school.database, school.sources, path, write=True).there == 2
    with school.database.connect() as connection:
        assert [each.learner_id for each in links.ls(connection)] == ["ana", "ben"]


def test_what_is_wrong_is_named_by_its_rows(school, file):
    """Two learners for one id, an unknown source, an empty cell, somebody forgotten: all named."""
    link_file(school.database, school.sources, file("files:s,17,ana"), write=True)
    with school.database.connect() as connection:
        forgotten.remember_forgotten(connection, [("files:s", "19")])
    path = file(
        "files:s,17,ben", "files:s,18,a", "files:s,18,b", "x,1,c", "files:s,,d", "files:s,19,e"
    )
    with pytest.raises(WrongUse) as refused:
        link_file(school.database, school.sources, path, write=True)
    said = str(refused.value)
    for words in (
        "line 2 gives files:s 17",
        "linked to ana",
        "lines 3 and 4",
        "'x'",
        "line 6 has no external_id",
        "line 7 names an erased learner",
    ):
        assert words in said


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "source,external_id,learner_id\nfiles:s,1\n", ""])
def test_another_table_is_refused(school, tmp_path, text):
    """A file without the three columns, or with a short row, is no file of links."""
    path = tmp_path / "links.csv"
    path.write_text(text)
    with pytest.raises(WrongUse):
        link_file(school.database, school.sources, path, write=True)


def test_the_same_email_in_two_systems_is_proposed():
    """Case does not count; the shared id is that of the first."""
    people = [person("a:1", "Ana@X.example", "a"), person("b:7", "ana@x.EXAMPLE ", "b")]
    (found,) = match_emails(people, []).proposals
    assert found.links == (Link(source="b", external_id="7", learner_id="a:1"),)


def test_an_email_with_other_accents_is_the_same():
    """An accent that is a sign of its own, a no-break space and case make no difference."""
    people = [person("a:1", "jos\xe9@x.org", "a"), person("b:7", "JOSE\u0301@x.org\xa0", "b")]
    (found,) = match_emails(people, []).proposals
    assert [link.external_id for link in found.links] == ["7"]


def test_a_shared_id_that_people_gave_is_kept():
    """Who is linked already stays who they are."""
    people = [person("ana", "ana@x.example", "a"), person("b:7", "ana@x.example", "b")]
    (found,) = match_emails(people, [Link(source="a", external_id="1", learner_id="ana")]).proposals
    assert found.links == (Link(source="b", external_id="7", learner_id="ana"),)


@pytest.mark.parametrize(
    ("people", "known"),
    [
        ([("a:1", "a"), ("a:2", "a"), ("b:7", "b")], []),
        ([("ana", "a"), ("anna", "b")], [("a", "1", "ana"), ("b", "2", "anna")]),
        ([("ana", "a"), ("b:7", "b")], [("a", "1", "ana"), ("b", "8", "ana")]),
    ],
)
def test_two_ids_of_one_system_are_never_merged(people, known):
    """Twins in a system, people linked apart, a system that has its id already: unclear."""
    links_known = [Link(source=s, external_id=e, learner_id=who) for s, e, who in known]
    found = match_emails([person(one, "x@x.example", of) for one, of in people], links_known)
    assert found.proposals == ()
    assert len(found.unclear) == 1


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("ana.ruiz@gmail.com", "AnaRuiz@googlemail.com", Reason.MAILBOX),
        ("ana+algebra@outlook.com", "ana@outlook.com", Reason.MAILBOX),
        ("ana.ruiz@school.example", "anaruiz@school.example", None),
        ("ana+algebra@school.example", "ana@school.example", None),
        ("jos\xe9@x.org", "jose@x.org", None),
    ],
)
def test_emails_that_one_mailbox_takes_are_proposed(one, other, reason):
    """Only where the provider is known to ignore the dots or what follows a plus."""
    found = match_learners([person("a:1", one, "a"), person("b:7", other, "b")], []).proposals
    assert [each.reason for each in found] == ([reason] if reason else [])


def named(learner_id, name, *courses):
    """A learner without an email, who was seen in courses."""
    row = {"learner_id": learner_id, "name": name, "email": None}
    return {**row, "source": learner_id.partition(":")[0], "courses": list(courses)}


def test_the_same_name_in_one_course_is_proposed():
    """The order of words, case and accents make no difference; another course does."""
    people = [named("a:1", "Ana Ruíz", "M/c1", "M/c2"), named("b:7", "RUIZ, Ana", "M/c1", "M/c2")]
    (found,) = match_learners(people, []).proposals
    assert (found.reason, [link.external_id for link in found.links]) == (Reason.NAME, ["7"])
    assert match_learners([people[0], named("b:7", "Ana Ruiz", "M/c3")], []).proposals == ()


def test_a_name_of_one_word_or_of_two_learners_of_one_system_proposes_nothing():
    """Nobody can tell which of them is meant."""
    assert match_learners([named("a:1", "Ana", "c"), named("b:7", "Ana", "c")], []).proposals == ()
    twins = [named("a:1", "Ana Ruiz", "c"), named("a:2", "Ana Ruiz", "c")]
    assert match_learners([*twins, named("b:7", "Ana Ruiz", "c")], []).proposals == ()


def test_what_was_linked_can_be_undone(school, file):
    """Results are those of before the link; a plan of linking says what it would join."""
    before = numbers(school)
    path = file("files:s,17,ana")
    plan = link_file(school.database, school.sources, path, write=False)
    assert [(each.learner_id, each.attempts > 0) for each in plan.courses] == [("files:s:17", True)]
    link_file(school.database, school.sources, path, write=True, by="tester")
    refresh(school, terms())
    assert [link.learner_id for link in unlink(school.database, "files:s:17", write=True)] == [
        "ana"
    ]
    refresh(school, terms())
    assert numbers(school) == before
    with pytest.raises(WrongUse, match="linked to nobody"):
        unlink(school.database, "ana", write=True)
