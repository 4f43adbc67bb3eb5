"""A10: an export of five gigabytes goes through in as little memory as a small one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.memory import Memory, family

from gradeline.sandbox.amplitude.bulk import BulkEvents, PreparedExportTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.warehouse import EmbeddedServer, open_warehouse
from proofs.promise import Setting, Try
from proofs.rig.command import School, school

HOUR = datetime(2024, 3, 14, 10, tzinfo=UTC)
#: Each is about 1.7 kB: five gigabytes, or a twentieth for the quick subset.
EVENTS, QUICK_EVENTS = 3_000_000, 150_000
#: All processes of ours together, PostgreSQL apart.
MOST_BYTES = 256 << 20


def memory(setting: Setting) -> Iterator[Try]:
    """Serve one great export, run the command over it, watch what its processes hold."""
    count = setting.many(EVENTS, QUICK_EVENTS)
    export = setting.folder / "export.zip"
    BulkEvents(school=read_school(), project="web", hour=HOUR, count=count).pack(export)
    until = HOUR + timedelta(hours=1)
    span = ("--since", f"{HOUR:%Y-%m-%dT%H:%M}", "--until", f"{until:%Y-%m-%dT%H:%M}")
    with running([PreparedExportTwin({HOUR: export})]) as box:
        env = {"SANDBOX_URL": box.url, "FILES_DATASETS": ""}
        keys = {f"AMPLITUDE_WEB_{part}_KEY": "any" for part in ("API", "SECRET")}
        with school(setting.folder / "school", Path(), **env, **keys) as place:
            yield _watched(place, span, count)


def _watched(place: School, span: tuple[str, ...], count: int) -> Try:
    # The server is up already: it is no child of the command then, and not counted.
    with open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database:
        command = place.start("run", "amplitude", "--download-only", *span)
        with Memory(lambda: family(command.pid)) as held:
            done = command.ended(limit_s=3600)
        with database.connect() as connection:
            row = connection.execute(b"select count(*) from events_part").fetchone()
    wrong = f"exit {done.returncode}: {done.stderr[-300:]}" if done.returncode else ""
    if row != (count,):
        wrong = wrong or f"{row} of {count} events are there"
    if held.peak > MOST_BYTES:
        wrong = wrong or f"more than {MOST_BYTES >> 20} MiB: {held.text()}"
    return Try(name=f"{count:,} events: {held.text()}", wrong=wrong)
