"""Reports of groups: a curator gets the own groups alone, whatever the channel and the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.reports.test_anonymous import words_of

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import DeliveryLater, WrongUse
from gradeline.base.languages import language
from gradeline.delivery.channel import Traits
from gradeline.delivery.outbox import Outbox
from gradeline.flows.deliver.course_files import CourseFiles
from gradeline.flows.deliver.recipients import add_rights
from gradeline.flows.report.due import find_due
from gradeline.flows.report.group_reports import group_folders, read_group_reports
from gradeline.flows.report.write import delete_groups
from gradeline.records.course_report import CourseReport
from gradeline.records.messages import MessageState
from gradeline.records.recipients import NewRecipient, What
from gradeline.records.staff import NewStaffMember
from gradeline.reports.charts.renderer import ChartRenderer
from gradeline.warehouse import Database, results, staff
from gradeline.warehouse.deliveries import messages
from gradeline.warehouse.results import documents

from .conftest import NOW, School, school_with
from .group_school import BOTH, FEW, MORE, OTHER, OWN, SIZES, learners_of

ANA = NewStaffMember(chat="55", role="curator", language="en", groups=(OWN,), added_by="test")
CHANNELS = {"mail": Traits(), "chat": Traits(can_find=True), "drive": Traits(keeps_folders=True)}
FOREIGN = [name for group in SIZES if group != OWN for name in learners_of(group)]


def channels() -> dict[str, Outbox]:
    """Channels in memory, of each kind."""
    return {name: Outbox(name=name, traits=traits) for name, traits in CHANNELS.items()}


class GroupSchool(School):
    """A school with Ana, who looks after one group over two courses."""

    ana: int

    def publish_group(self, course_id: str, group_id: str) -> list[str]:
        """Store documents of a group, as a run writes them."""
        folder = group_folders([group_id])[group_id]
        kinds = ("pdf", "xlsx")
        paths = [f"reports/{course_id}/groups/{folder}/group_report.{kind}" for kind in kinds]
        for path in paths:
            self.parts.lake.replace(path, f"{course_id} {group_id}".encode())
        with self.parts.database.connect() as connection:
            documents.record_documents(connection, (course_id, group_id), "v1", paths)
        return paths

    def add_curator(self, channel: str = "mail", **changes: object) -> int:
        """Let Ana get the reports of her groups."""
        more = {"channel": channel, "address": f"ana in {channel}", "role": "curator"}
        return self.add(What.GROUP_REPORT, **(more | {"staff_id": self.ana} | changes))

    def reports(self, *, names: bool) -> list[CourseReport]:
        """The reports of all groups."""
        with self.parts.database.connect() as connection:
            courses = [results.read_course(connection, course_id) for course_id in BOTH]
            return [
                report
                for course in courses
                for report in read_group_reports(connection, course, tuple(SIZES), names=names)
            ]

    def seen(self, principal: Principal) -> set[str]:
        """The groups that a principal is told of."""
        with self.parts.database.connect() as connection, ChartRenderer() as renderer:
            files = CourseFiles(self.parts, connection, renderer)
            places = [(course, group) for course in BOTH for group in SIZES]
            return {each.group_id for each in files.groups(places, principal, language("en"))}


@pytest.fixture
def groups(tmp_path, published_groups: Database) -> Iterator[GroupSchool]:
    """The school, in which nothing was sent yet."""
    with school_with(tmp_path, published_groups, channels()) as school:
        yield with_ana(school)


def with_ana(school: School) -> GroupSchool:
    """The same school with Ana among its staff."""
    made = GroupSchool(school.parts)
    with school.parts.database.connect() as connection:
        made.ana = staff.insert(connection, ANA)
    return made


@pytest.fixture(scope="module")
def arrived(tmp_path_factory, published_groups: Database) -> Iterator[dict[str, Outbox]]:
    """What arrived in each channel after a delivery to Ana, an admin and a reader."""
    with school_with(tmp_path_factory.mktemp("lake"), published_groups, channels()) as school:
        made = with_ana(school)
        for channel in CHANNELS:
            made.add_curator(channel)
            made.add(What.GROUP_REPORT, channel=channel, address="reader", role="reader")
        assert made.deliver().problems == ()
        yield dict(made.parts.delivery.channels)


def parts_of(envelope, what: str) -> str:
    """All that arrived of one kind: text, or the words of documents with that ending."""
    message = envelope.message
    named = "".join(doc.name + doc.key + "".join(doc.folder) for doc in message.documents)
    if what == "text":
        return message.subject + message.text + message.html + named
    return "".join(words_of(doc.content) for doc in message.documents if doc.name.endswith(what))


@pytest.mark.slow
@pytest.mark.parametrize("what", ["text", "pdf", "xlsx"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_curator_s_copy_has_own_groups_alone(arrived, channel, what):
    """Names of the own group arrive in each document, and of no other group in any byte."""
    (envelope,) = (one for one in arrived[channel].arrived if one.address == f"ana in {channel}")
    text = parts_of(envelope, what)
    assert any(name in text for name in learners_of(OWN))
    assert [name for name in FOREIGN if name in text] == []


@pytest.mark.slow
@pytest.mark.parametrize("what", ["text", "pdf", "xlsx"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_reader_s_copy_has_no_learner(arrived, channel, what):
    """No name is in any document of a reader, and no report is one of a group of few."""
    (envelope,) = (one for one in arrived[channel].arrived if one.address == "reader")
    text = parts_of(envelope, what)
    assert text
    assert [name for group in SIZES for name in learners_of(group) if name in text] == []
    sent = {doc.key.split("/")[-2] for doc in envelope.message.documents}
    assert sent == {"files!3As!3AEvening A", "files!3As!3AEvening B"}


def test_a_report_of_a_group_is_about_its_learners(groups: GroupSchool):
    """Learners, ranks, plan and figures are those of the group; the others are compared."""
    one, two = (each for each in groups.reports(names=True) if each.place[1] == OWN)
    assert [one.course_id, two.course_id] == list(BOTH)
    assert [learner.name for learner in one.learners] == learners_of(OWN)
    assert (one.enrolled, one.kpis["response_rate"].n) == (6, 24)
    assert [row.rank for row in one.leaderboard] == [1, 2, 3, 4, 5, 6]
    assert one.plan.behind == 3
    assert [learner.group_names for learner in one.learners] == [()] * 6
    assert {row.title: row.measures["enrolled"].value for row in one.group.comparison} == {
        "Evening A": 6,
        "Evening B": 9,
        "Few": None,
        "More": None,
    }
    assert [row.title for row in two.group.comparison] == ["Evening A"]


def test_a_group_over_two_courses_has_no_topics_of_both(groups: GroupSchool):
    """Figures by topic that would be of two courses are in no report; of one course they are."""
    reports = groups.reports(names=True)
    topics = {each.place: [row.title for row in each.topics] for each in reports}
    assert topics["M/one", OWN] == []
    assert topics["M/one", OTHER] == ["i0", "i1", "i2", "i3"]


@pytest.mark.parametrize(
    ("principal", "seen"),
    [
        (Principal(role=Role.ADMIN), set(SIZES)),
        (Principal(role=Role.ADMIN, groups=frozenset({FEW})), {FEW}),
        (Principal(role=Role.CURATOR, groups=frozenset({FEW, MORE})), {FEW, MORE}),
        (Principal(role=Role.CURATOR), set()),
        (Principal(role=Role.READER), {OWN, OTHER}),
        (Principal(role=Role.LEARNER, learner_id="s:1"), set()),
    ],
)
def test_each_role_gets_its_groups(groups: GroupSchool, principal, seen):
    """A curator gets own groups, an admin all, a reader none of few learners or that tell them."""
    assert groups.seen(principal) == seen


def test_a_curator_gets_the_files_of_the_store_and_only_once(groups: GroupSchool):
    """Files that a run wrote are sent as they are, a message for all own groups, once."""
    for course_id in BOTH:
        groups.publish_group(course_id, OWN)
    groups.add_curator()
    assert groups.deliver(1).total == 1
    assert groups.deliver(2).total == 0
    (envelope,) = groups.outbox.arrived
    assert {doc.content.decode() for doc in envelope.message.documents} == {
        f"{course_id} {OWN}" for course_id in BOTH
    }
    assert (
        "M_one_groups_files!3As!3AEvening A_group_report.pdf" in groups.documents()["ana in mail"]
    )
    assert f"- {learners_of(OWN)[0]} — " in envelope.message.text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("DELETE FROM staff", "of the staff no more"),
        ("UPDATE staff SET role = 'reader'", "no curator any more"),
        ("DELETE FROM staff_groups", "looks after none of these groups"),
    ],
)
def test_a_right_that_ended_ends_what_waits(groups: GroupSchool, change, reason):
    """A message that waits is dropped with the reason, and nothing more is planned."""
    for course_id in BOTH:
        groups.publish_group(course_id, OWN)
    groups.add_curator()
    groups.outbox.failures.append(DeliveryLater("busy", retry_after_s=900))
    assert groups.deliver(1).waiting == 1
    with groups.parts.database.connect() as connection:
        connection.execute(change)
        messages.retry(connection, groups.stored()[0].message_id)
    groups.deliver(2)
    (stored,) = groups.stored()
    assert stored.state is MessageState.DROPPED
    assert reason in stored.error
    assert groups.documents() == {}


def test_a_group_given_later_is_sent_then(groups: GroupSchool):
    """Who is given a group gets its report after the next run, and only that one."""
    for course_id, group_id in [(BOTH[0], OWN), (BOTH[1], OWN), (BOTH[0], OTHER)]:
        groups.publish_group(course_id, group_id)
    groups.add_curator()
    groups.deliver(1)
    with groups.parts.database.connect() as connection:
        staff.grant_groups(connection, groups.ana, [OTHER])
    groups.outbox.arrived.clear()
    groups.deliver(2)
    assert [doc.content.decode() for doc in groups.outbox.arrived[0].message.documents] == [
        f"{BOTH[0]} {OTHER}"
    ] * 2


WANTED = NewRecipient(
    channel="mail",
    address="55",
    resolved_address="",
    what=What.GROUP_REPORT,
    role="",
    language="en",
    added_by="test",
)


def test_the_person_of_the_staff_is_found_by_the_address(groups: GroupSchool):
    """Without --role and --for a group report goes to the curator whose chat the address is."""
    with groups.parts.database.connect() as connection:
        found = add_rights(connection, WANTED, of_whom="", groups=())
    assert (found.role, found.staff_id) == ("curator", groups.ana)


@pytest.mark.parametrize(
    ("changes", "more", "message"),
    [
        ({"address": "x@y.example"}, {}, "Nobody of the staff is called x@y.example"),
        ({"role": "curator", "what": What.COURSE_REPORT}, {}, "A curator gets no course-report"),
        ({"role": "curator", "what": What.RUN_RESULT}, {}, "Possible: group-report"),
        ({"role": "curator", "what": What.DAILY_FIGURES}, {}, "A curator gets no daily-figures"),
        ({"role": "learner", "what": What.ALERT}, {}, "Possible: nothing"),
        ({"role": "admin"}, {"of_whom": "55"}, "not what 55 looks after"),
        ({}, {"groups": ("Evening A",)}, "A curator gets the own groups"),
        ({"role": "admin", "what": What.ALERT}, {"groups": (OWN,)}, "alert has no groups"),
    ],
)
def test_what_a_role_cannot_have_is_refused(groups: GroupSchool, changes, more, message):
    """A recipient that nothing could be sent to is refused, with what is possible."""
    wanted = replace(WANTED, **changes)
    with groups.parts.database.connect() as connection, pytest.raises(WrongUse) as refused:
        add_rights(connection, wanted, **{"of_whom": "", "groups": (), **more})
    assert message in f"{refused.value.what} {refused.value.hint}"


def places_due(groups: GroupSchool, **changes: object) -> set[tuple[str, str]]:
    """The groups whose documents a run would write."""
    parts = replace(groups.parts, **changes)
    return {place for place in find_due(BOTH, parts, NOW.date(), full=False).keys if place[1]}


def test_documents_are_written_for_groups_that_somebody_needs(groups: GroupSchool):
    """Those that a curator looks after, those that a recipient gets; all where a setting says so."""
    own = {(course_id, OWN) for course_id in BOTH}
    assert places_due(groups) == own
    assert len(places_due(groups, all_group_reports=True)) == 5
    groups.add(What.GROUP_REPORT, role="reader", groups=(FEW,))
    assert places_due(groups) == own | {(BOTH[0], FEW)}


def test_documents_of_a_group_that_nobody_needs_any_more_are_deleted(groups: GroupSchool):
    """Once a curator has lost a group, its documents go, with what is recorded of them."""
    paths = groups.publish_group(BOTH[0], OWN)
    with groups.parts.database.connect(autocommit=True) as connection:
        staff.revoke_groups(connection, groups.ana, [OWN])
        gone = find_due(BOTH, groups.parts, NOW.date(), full=False).gone
        assert list(gone) == [(BOTH[0], OWN)]
        delete_groups(groups.parts.lake, connection, gone)
        assert documents.read_documents(connection) == {}
    assert not any(map(groups.parts.lake.exists, paths))
