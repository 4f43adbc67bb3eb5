"""Row security: the doors see the rows of their groups, whatever they ask."""

from __future__ import annotations

import pytest

from gradeline.base.errors import WarehouseError
from gradeline.warehouse import Database, Role


@pytest.fixture
def marks(warehouse: Database) -> Database:
    """A database with one protected table: two rows of two groups."""
    with warehouse.connect(Role.OWNER) as connection:
        connection.execute("create table marks (group_id text, mark int)")
        connection.execute("select protect_table('marks', 'group_id')")
        connection.execute("grant select, insert, update, delete on marks to gradeline_app")
        connection.execute("grant select, insert on marks to gradeline_loader")
        connection.execute("grant select on marks to gradeline_backup, gradeline_reader")
    with warehouse.connect(Role.LOADER) as connection:
        connection.execute("insert into marks values ('a, \"b\" c', 1), ('d', 2)")
    return warehouse


def seen(database: Database, role: Role, settings: dict[str, str]) -> list[int]:
    """The marks that somebody sees who forgot every filter."""
    with database.connect(role) as connection:
        for name, value in settings.items():
            connection.execute("select set_config(%s, %s, true)", (f"app.{name}", value))
        return [mark for (mark,) in connection.execute("select mark from marks order by mark")]


@pytest.mark.parametrize(
    ("settings", "marks_seen"),
    [
        ({}, []),
        ({"groups": ""}, []),
        ({"groups": "[]"}, []),
        ({"groups": "not json"}, []),
        ({"groups": '{"d": 1}'}, []),
        ({"groups": '"d"'}, []),
        ({"groups": '["d"]'}, []),
        ({"groups": '["d"]', "role": "learner"}, []),
        ({"groups": '["d"]', "role": "curator"}, [2]),
        ({"groups": '["a, \\"b\\" c"]', "role": "curator"}, [1]),
        ({"role": "admin"}, [1, 2]),
    ],
)
def test_a_door_sees_its_groups_alone(
    marks: Database, settings: dict[str, str], marks_seen: list[int]
) -> None:
    """Missing, empty and malformed settings give no rows; an admin sees all."""
    assert seen(marks, Role.APP, settings) == marks_seen


@pytest.mark.parametrize("role", [Role.LOADER, Role.BACKUP, Role.READER])
def test_the_house_itself_sees_everything(marks: Database, role: Role) -> None:
    """Loading, backups and a person in psql are not bound to groups."""
    assert seen(marks, role, {}) == [1, 2]


def test_a_door_writes_no_row_of_another_group(marks: Database) -> None:
    """What a door may not see it may not write either."""
    with (
        pytest.raises(WarehouseError, match="row-level security"),
        marks.connect(Role.APP) as connection,
    ):
        connection.execute(
            "set local app.role = 'curator'; set local app.groups = '[\"d\"]'; insert into marks values ('e', 3)"
        )


@pytest.mark.parametrize("role", [Role.READER, Role.BACKUP])
def test_who_only_reads_cannot_write(marks: Database, role: Role) -> None:
    """Reader and backup hold no right to write."""
    with pytest.raises(WarehouseError, match="permission denied"), marks.connect(role) as c:
        c.execute("insert into marks values ('d', 3)")


def test_the_doors_role_owns_nothing_and_bypasses_nothing(warehouse: Database) -> None:
    """The role of the doors is bound by row security, always."""
    with warehouse.connect(Role.APP) as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole,"
            " (select count(*) from pg_class where relowner = r.oid)"
            " from pg_roles r where rolname = current_user"
        ).fetchone()
    assert row == (False, False, False, 0)


def test_what_the_doors_may_read_is_protected(marks: Database) -> None:
    """Each table that the doors may read has row security that binds its owner too."""
    with marks.connect(Role.APP) as connection:
        found = connection.execute(
            "select relname, relrowsecurity and relforcerowsecurity from pg_class"
            " where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p') and has_table_privilege(oid, 'select')"
        ).fetchall()
    assert ("marks", True) in found
    assert [name for name, protected in found if not protected] == []


def test_the_owner_of_a_table_is_bound_too(marks: Database) -> None:
    """Who made a table sees no row of it."""
    assert seen(marks, Role.OWNER, {}) == []
