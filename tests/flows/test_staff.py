"""Staff: who works at the school, as what, and which groups they look after."""

from __future__ import annotations

from datetime import date

import pytest
from psycopg import Cursor

from gradeline.base.errors import WarehouseError, WrongUse
from gradeline.flows.staff import (
    add_member,
    find_member,
    grant_groups,
    import_members,
    principal_of,
    remove_member,
    revoke_groups,
)
from gradeline.records.staff import NewStaffMember
from gradeline.warehouse import Database, Role, staff

TODAY = date(2026, 12, 1)
ANA = NewStaffMember(email=" Ana@School.example", role="curator", added_by="root")


#: The canonical tables that staff asks, with three groups, one of which Ana teaches this year.
GROUPS = """
create table groups (group_id text, course_id text, name text);
create table learners (learner_id text, email text);
create table memberships (
    learner_id text, group_id text, role text, starts_on date, ends_on date
);
grant select on groups, learners, memberships to gradeline_loader;
insert into groups values
    ('lw:1', 'art/1', 'Evening'), ('lw:2', 'art/1', 'Evening'),
    ('groups:M', 'art/1', 'Morning'), ('groups:M', 'maths/1', 'Morning');
insert into learners values ('groups:ana', 'Ana@School.example');
insert into memberships values
    ('groups:ana', 'groups:M', 'teacher', '2026-09-01', null),
    ('groups:ana', 'lw:1', 'teacher', null, '2026-06-30'),
    ('groups:ana', 'lw:2', 'learner', null, null),
    ('groups:nina@school.example', 'lw:2', 'teacher', null, null);
"""


@pytest.fixture
def connection(warehouse: Database):
    """A connection to a school with Ana, a curator."""
    with warehouse.connect(Role.OWNER) as owner:
        owner.execute(GROUPS)
    with warehouse.connect() as opened:
        add_member(opened, ANA, "es")
        yield opened


def test_a_person_is_found_by_each_of_their_names_and_keeps_what_is_not_given(connection):
    """A chat is added to Ana; her role and her language stay."""
    changed = NewStaffMember(email="ANA@school.example", chat="55", login="Ana.L", added_by="root")
    add_member(connection, changed, "ru")
    for name in ("ana@school.example", "ANA.l", "55"):
        found = find_member(connection, name)
        assert (found.role, found.language, found.chat) == ("curator", "es", "55")
    assert len(staff.ls(connection)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    {
        "nobody": (NewStaffMember(added_by="root"), "Nothing names this person."),
        "no e-mail": (NewStaffMember(email="ana", added_by="root"), "ana is not an e-mail."),
        "a line break": (NewStaffMember(login="b\nc", added_by="root"), "line breaks"),
        "a NUL": (NewStaffMember(email="b\0c@d.example", added_by="root"), "line breaks"),
        "a mark of direction": (NewStaffMember(chat="b\u202ec", added_by="root"), "line breaks"),
        "no role": (NewStaffMember(login="b", role="boss", added_by="root"), "Roles: admin,"),
        "no language": (NewStaffMember(login="b", language="xx", added_by="root"), "xx"),
        "no group": (NewStaffMember(login="b", groups=("Z",), added_by="root"), "no group Z"),
        "not theirs": (
            NewStaffMember(login="b", role="reader", groups=("Z",), added_by="root"),
            "Groups belong to curators",
        ),
    }.values(),
)  # fmt: skip
def test_what_cannot_be_is_refused_and_says_why(connection, wrong, said):
    """Nothing is stored of a person who is refused."""
    with pytest.raises(WrongUse, match=said):
        add_member(connection, wrong, "en")
    assert len(staff.ls(connection)) == 1


def test_two_people_do_not_become_one(connection):
    """An e-mail of one and a login of another are a mistake, not a merger."""
    add_member(connection, NewStaffMember(login="boris", added_by="root"), "ru")
    mixed = NewStaffMember(login="boris", email="ana@school.example", added_by="root")
    with pytest.raises(WrongUse, match="two people of the staff"):
        add_member(connection, mixed, "en")


def test_a_file_is_imported_whole_or_not_at_all(connection, tmp_path):
    """A mistake names its line."""
    path = tmp_path / "staff.csv"
    path.write_text("email,role\nv@school.example,admin\nw@school.example,boss\n")
    with pytest.raises(WrongUse, match=r"staff.csv, line 3: There is no role boss. Roles:"):
        import_members(connection, path, language="en", added_by="root")
    connection.rollback()
    path.write_text("\ufeffemail, role\nv@school.example,admin\n\nw@school.example,\n")
    added = import_members(connection, path, language="en", added_by="root")
    assert [(one.email, one.role, one.language) for one in added] == [
        ("v@school.example", "admin", "en"),
        ("w@school.example", "curator", "en"),
    ]


def test_a_long_file_is_imported_without_reading_everybody_for_each_line(connection, tmp_path):
    """Each line reads a few rows, however many people there are."""
    rows = []

    class Counting(Cursor):
        """Notes how many rows each statement gives."""

        def execute(self, *args: object, **options: object) -> Cursor:
            """Execute, and note."""
            super().execute(*args, **options)
            rows.append(self.rowcount)
            return self

    connection.cursor_factory = Counting
    path = tmp_path / "staff.csv"
    path.write_text("login\n" + "".join(f"person{n}\n" for n in range(50)))
    added = import_members(connection, path, language="en", added_by="root")
    assert len(added) == 50
    assert max(rows) == 1


def test_neither_readers_nor_entry_points_see_the_staff(connection, warehouse):
    """Whoever works at the school is nobody's business at the SQL shell."""
    connection.commit()
    for role in (Role.READER, Role.APP):
        with pytest.raises(WarehouseError, match="denied"), warehouse.connect(role) as other:
            other.execute("select set_config('app.role', 'admin', true), count(*) from staff")


def test_a_curator_has_the_groups_that_were_given_and_those_taught_today(connection):
    """A teacher's line counts while it lasts, for who is of the staff; learners' lines do not."""
    grant_groups(connection, "ana@school.example", ["lw:2"])
    member = find_member(connection, "ana@school.example")
    assert principal_of(connection, member, TODAY).groups == {"lw:2", "groups:M"}
    assert principal_of(connection, member, date(2026, 6, 1)).groups == {"lw:1", "lw:2"}
    revoke_groups(connection, "ana@school.example", ["lw:2"])
    member = find_member(connection, "ana@school.example")
    assert principal_of(connection, member, TODAY).groups == {"groups:M"}


def test_a_teacher_whom_no_system_knows_has_the_groups_of_their_lines(connection):
    """People's file keeps such a teacher's e-mail as an id; nobody else gets the groups."""
    add_member(connection, NewStaffMember(email="Nina@school.example", added_by="root"), "ru")
    member = find_member(connection, "nina@school.example")
    assert principal_of(connection, member, TODAY).groups == {"lw:2"}


def test_groups_are_named_by_id_or_by_a_name_that_only_one_has(connection):
    """Two groups called Evening are asked about; a slip gets the nearest names."""
    assert grant_groups(connection, "ana@school.example", ["Morning"]).groups == ("groups:M",)
    with pytest.raises(WrongUse, match="Take an id: lw:1, lw:2"):
        grant_groups(connection, "ana@school.example", ["Evening"])
    with pytest.raises(WrongUse, match="Did you mean Morning"):
        grant_groups(connection, "ana@school.example", ["Mornin"])
    with pytest.raises(WrongUse, match="was not given lw:1"):
        revoke_groups(connection, "ana@school.example", ["lw:1"])


def test_who_is_no_curator_any_more_has_no_groups(connection):
    """Another role takes the groups away; removing a person takes everything."""
    grant_groups(connection, "ana@school.example", ["lw:1"])
    reader = NewStaffMember(email="ana@school.example", role="reader", added_by="root")
    member = add_member(connection, reader, "en")
    assert (member.groups, principal_of(connection, member, TODAY).groups) == ((), frozenset())
    with pytest.raises(WrongUse, match="groups belong to curators"):
        grant_groups(connection, "ana@school.example", ["lw:1"])
    remove_member(connection, "ana@school.example")
    assert staff.ls(connection) == []
