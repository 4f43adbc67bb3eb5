"""A month of hours, killed near its end, goes on where it was and asks for nothing twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gradeline.sandbox import Journal, Pace
from gradeline.sandbox.grader.twin import GraderTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.warehouse import EmbeddedServer, open_warehouse
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.slices.ledger import WORK
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School, school
from proofs.rig.invariants import find_violations

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
HOURS, KILLED_AT = 744, 700
QUICK_HOURS, QUICK_KILLED_AT = 30, 24
#: Hours on their way at the kill: two are fetched at once, one is being loaded.
ON_THEIR_WAY = 3
SPEED = 100.0


def backfill(setting: Setting) -> Iterator[Try]:
    """Kill a backfill when it has asked for so many hours; run again, count what it asks."""
    hours, at = setting.many(HOURS, QUICK_HOURS), setting.many(KILLED_AT, QUICK_KILLED_AT)
    until = FIRST + timedelta(hours=hours)
    span = ("--download-only", "--since", f"{FIRST:%F}", "--until", f"{until:%Y-%m-%dT%H:%M}")
    twin = GraderTwin(read_school(), pace := Pace(speed=SPEED))
    with running([twin], pace=pace) as box:
        env = {"SANDBOX_URL": box.url, "SANDBOX_SPEED": f"{SPEED:g}", "FILES_DATASETS": ""}
        with school(setting.folder / "school", Path(), forks=True, **env, **twin.settings) as place:
            landed = _killed(place, span, box.journal, at)
            wrong = find_violations(place)
            there = sum(bool(each.raw_keys) or each.state not in WORK for each in _entries(place))
            wrong = wrong or _goes_on(place, span, box.journal, hours - there)
            if there < at - ON_THEIR_WAY:
                wrong = wrong or "more than what was on its way is gone"
            wrong = wrong or _whole(place, hours) or _goes_on(place, span, box.journal, 0)
            yield Try(name=f"killed at hour {at}: {there} there", wrong=wrong, landed=landed)


def _killed(place: School, span: tuple[str, ...], journal: Journal, at: int) -> str:
    """SIGKILL when so many hours have been asked for: where it was then."""
    command = place.start("run", "grader", *span)
    while command.runs and len(journal.entries("grader")) < at:
        time.sleep(0.01)
    command.kill()
    done = command.ended()
    return f"hour {at}" if done.returncode < 0 else IDLE


def _goes_on(place: School, span: tuple[str, ...], journal: Journal, wanted: int) -> str:
    """Run again: it must ask for so many hours, each once."""
    journal.clear()
    done = place.call("run", "grader", *span)
    if done.returncode:
        return f"exit {done.returncode}: {done.stderr[-300:]}"
    asked = len(journal.entries("grader"))
    return "" if asked == wanted else f"{asked} hours were asked for, {wanted} were missing"


def _entries(place: School) -> list[Entry]:
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect() as connection,
    ):
        return ledger.read_entries(connection)


def _whole(place: School, hours: int) -> str:
    """Every hour must be settled, and every row of them there once."""
    entries = _entries(place)
    settled = [each for each in entries if each.state not in WORK]
    if len(settled) != hours or len(entries) != hours:
        return f"{len(settled)} of {hours} hours are settled"
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect() as connection,
    ):
        row = connection.execute(
            b"select count(*), count(distinct (user_id, created_at, attempt_type, "
            b"lis_result_sourcedid)) from grader_attempts"
        ).fetchone()
    stored = sum(each.counts.stored for each in entries)
    return "" if row == (stored, stored) else f"{row} rows, {stored} stored"
