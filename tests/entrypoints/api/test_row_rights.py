"""Row security under the API: straight SQL as each principal, without any filter of a handler."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gradeline.access.permissions import Role as Who
from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
from gradeline.entrypoints.web.database import open_as
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.connect.showing import show_only

from .conftest import PRINCIPALS
from .school import EVENING, OF_EVENING, OF_SCOTLAND, OF_TINY, SCOTLAND, TINY, WALES

TABLE = Path(__file__).with_name("table_matrix.csv")
WHO = ("guest", "learner", "reader", "curator-a", "admin")
NO_RIGHT = "no right"
TABLES = """
select c.relname::text from pg_class as c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
order by c.relname collate "C"
"""
POLICIES = """
select tablename || ' ' || policyname, coalesce(qual, '') || coalesce(with_check, '')
from pg_policies where 'gradeline_app' = any(roles)
"""
VERBS = """
select coalesce(string_agg(verb, ' ' order by verb), '')
from unnest(array['insert', 'update', 'delete', 'truncate']) as verb
where has_table_privilege(%s, verb)
"""
#: Table → whether a row of it is foreign to the role, the groups and the learner that are given.
FOREIGN = {
    "materialized_stats": "case %(role)s when 'learner' then type <> 'learner' or entity_id <> %(learner)s"
    " when 'curator' then group_id is null or group_id <> all(%(groups)s)"
    " when 'reader' then type = 'learner' or (metrics->'total_users'->>'n')::int < 5 else true end",
    "progress_summary": "case %(role)s when 'learner' then learner_id <> %(learner)s"
    " when 'curator' then not group_ids && %(groups)s else true end",
    "graded_attempts": "case %(role)s when 'learner' then learner_id <> %(learner)s"
    " when 'curator' then not group_ids && %(groups)s else true end",
    "group_figures": "case %(role)s when 'curator' then group_id <> all(%(groups)s)"
    " when 'reader' then (figures->>'enrolled')::int < 5 else true end",
    "group_history": "case %(role)s when 'curator' then group_id <> all(%(groups)s) else true end",
    "item_figures": "case %(role)s when 'curator' then group_id <> all(%(groups)s) else true end",
    "form_figures": "case %(role)s when 'curator' then group_id <> all(%(groups)s) else true end",
    "leaderboards": "case %(role)s when 'curator' then coalesce(scope_id <> all(%(groups)s), true)"
    " or scope <> 'group' else true end",
    "reader_leaderboards": "%(role)s <> 'reader' or size < 5 or rankings::text like '%%files:%%'",
    "reader_course_figures": "%(role)s <> 'reader' or figures::text like '%%Name of%%'",
    "course_figures": "true",
    "kpi_history": "true",
}


def lines() -> list[dict[str, str]]:
    """The rows of the table of tables."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(school: Database) -> Iterator[dict[str, str]]:
    """What is the case: for each table the verbs of entry points, and rows by principal."""
    with school.connect(Role.APP) as connection:
        tables = [name for (name,) in connection.execute(TABLES.encode())]
        verbs = {t: connection.execute(VERBS.encode(), (t,)).fetchone() for t in tables}
    seen = {who: dict(_counts(school, PRINCIPALS[who], tables)) for who in WHO}
    for table in tables:
        own = {who: seen[who][table] for who in WHO}
        writes = (verbs[table] or ("",))[0]
        if writes or set(own.values()) - {"0", NO_RIGHT}:
            yield {"table": table, "writes": writes, **own}


def _counts(school: Database, principal: Principal, tables: list[str]) -> Iterator[tuple[str, str]]:
    with open_as(school, principal) as connection:
        for table in tables:
            asked = connection.execute("select has_table_privilege(%s, 'select')", (table,))
            if (asked.fetchone() or (False,))[0]:
                count = connection.execute(f"select count(*) from {table}".encode()).fetchone()
                yield table, str((count or (0,))[0])
            else:
                yield table, NO_RIGHT


def test_each_role_has_the_rows_of_the_table(school: Database) -> None:
    """`table_matrix.csv` has each table that entry points write, or see rows of, and how many."""
    assert list(found(school)) == lines()


def test_no_policy_is_open_to_everybody(school: Database) -> None:
    """Each policy of the entry points asks who asks, on tables without rows too."""
    with school.connect_as_login() as connection:
        policies = connection.execute(POLICIES.encode()).fetchall()
    assert [name for name, asked in policies if "app_" not in asked] == []


def test_no_row_of_others_is_seen_in_two_thousand_tries(school: Database) -> None:
    """Random roles, groups and learners, and a select without a condition: no foreign row."""
    dice, groups = Random(11), (SCOTLAND, EVENING, TINY, WALES, "files:s:nothing")
    people = (OF_SCOTLAND, OF_EVENING, OF_TINY, "files:s:nobody", "")
    foreign = []
    with school.connect(Role.APP, autocommit=True) as connection:
        for _ in range(2_000):
            own = dice.sample(groups, dice.randrange(len(groups) + 1))
            role = dice.choice(("learner", "curator", "reader", "guest", "teacher", ""))
            asked = {"role": role, "groups": own, "learner": dice.choice(people)}
            table = dice.choice(tuple(FOREIGN))
            if count := _count_foreign(connection, table, asked):
                foreign.append((table, asked, count))
    assert foreign == []


def _count_foreign(connection: Connection, table: str, asked: dict[str, object]) -> int:
    query = f"select count(*) from {table} where {FOREIGN[table]}".encode()
    with connection.transaction():
        show_only(
            connection,
            role=str(asked["role"]),
            groups=json.dumps(asked["groups"]),
            learner=str(asked["learner"]),
            courses="",
            login="",
            warehouse="",
        )
        row = connection.execute(query, asked).fetchone()
    return row[0] if row else 0


@pytest.mark.parametrize("courses", ["[]", "not json", '["nothing"]'])
def test_a_scope_without_courses_shows_none(school: Database, courses: str) -> None:
    """An admin of a scope that names nothing sees no figures."""
    with school.connect(Role.APP) as connection:
        rights = row_rights(Principal(role=Who.ADMIN), list)
        show_only(connection, **{**rights, "courses": courses})
        counts = [
            connection.execute(f"select count(*) from {table}".encode()).fetchone()
            for table in ("materialized_stats", "progress_summary", "leaderboards", "group_figures")
        ]
    assert counts == [(0,)] * 4
