"""Bench: an export of many attempts as CSV and one for people as PDF, from request to ready."""

from __future__ import annotations

import os
import statistics
import time
from uuid import UUID

from bench.home import bench_home
from bench.memory import Memory
from gradeline.access.permissions import Role as PrincipalRole
from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
from gradeline.access.stored_principals import to_stored
from gradeline.flows.exports.make import make_export
from gradeline.flows.parts import Parts
from gradeline.records.exports import ExportFilters, ExportFormat, ExportRows, NewExport
from gradeline.settings import read_settings
from gradeline.warehouse import Role
from gradeline.warehouse.connect.showing import show_only
from gradeline.warehouse.exports import requests
from gradeline.wiring.run import wire_run

ROWS = 1_000_000
_GROUP = "files:bench:one"
_LEARNERS = 2_000
_ANA = Principal(role=PrincipalRole.CURATOR, login="ana", groups=frozenset({_GROUP}))
_FILL = """
insert into builds (as_of, terms, courses) values (now(), '{}', 1);
insert into group_figures (group_id, course_id, name, figures, build_id)
select 'files:bench:one', 'a/1', 'Группа один', '{}', max(build_id) from builds;
insert into graded_attempts (
    course_id, attempt_id, learner_id, group_ids, item_id, topic_id, level_id, kind, correct, first,
    score_millionths, hints, duration_ms, at, day, build_id
)
select 'a/1', 'files:bench:' || n, 'files:bench:' || n % LEARNERS, '{files:bench:one}',
    'i' || n % 50, 't' || n % 7, 'A1', 'answer', n % 3 > 0, n % 2 = 0, 500000, n % 4,
    12000 + n % 900,
    timestamptz '2026-01-01' + n * interval '1 second', date '2026-01-01', 1
from generate_series(1, ROWS) as n;
analyze graded_attempts
"""


def run(rounds: int, rows: int = ROWS) -> None:
    """Fill a database, make both files in turns, print how long each took and the memory held."""
    with bench_home() as home, wire_run(read_settings(home=home), print) as parts:
        fill = _FILL.replace("ROWS", str(rows)).replace("LEARNERS", str(_LEARNERS))
        with parts.database.connect() as connection:
            connection.execute(fill.encode())
        csv_file = ExportFilters(rows=ExportRows.ATTEMPTS)
        for title, filters, form in (
            (f"CSV of {rows:,} attempts; goal: 10 s", csv_file, ExportFormat.CSV),
            ("PDF; goal: 2 s", ExportFilters(), ExportFormat.PDF),
        ):
            with Memory(lambda: [os.getpid()]) as memory:
                seconds = [_make(parts, filters, form) for _ in range(rounds)]
            print(f"{title}: median s {statistics.median(seconds):.2f}; {memory.text()}")


def _make(parts: Parts, filters: ExportFilters, form: ExportFormat) -> float:
    began = time.perf_counter()
    wanted = NewExport(
        principal=to_stored(_ANA), group_id=_GROUP, filters=filters, format=form, language="en"
    )
    with parts.database.connect(Role.APP) as connection:
        show_only(connection, **row_rights(_ANA, tuple))
        export_id: UUID | None = requests.request(connection, wanted, 1000).export_id
    if export_id is None or not make_export(parts, export_id, lambda _error: True):
        raise RuntimeError("the export was not made")
    return time.perf_counter() - began
