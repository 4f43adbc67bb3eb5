"""A1 of delivery: killed anywhere, each document arrives once or is listed as unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gradeline.records.messages import MessageState
from gradeline.records.run_summary import RunSummary
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import messages, runs
from proofs.promise import Setting, Try
from proofs.rig.command import School
from proofs.rig.in_process import HomeServer, server
from proofs.rig.kills import Record, Run, at_points, killed, run_undisturbed
from proofs.rig.oulad import cut
from proofs.rig.services import ANA, Arrived, Services, arrived, services
from proofs.rig.shared_server import served_school

DELIVERS: Run = ("proofs.rig.kill_sending", ("run", "--upload-only"))
_KILLS, _QUICK_KILLS = 40, 2
_CHANNELS = {"email", "slack", "telegram", "webhook", "drive", "sheets"}
_UNKNOWN = {MessageState.UNKNOWN}
_RUN = RunSummary(
    run_id="before",
    started_at=datetime(2026, 1, 1, tzinfo=UTC),
    ended_at=datetime(2026, 1, 1, tzinfo=UTC),
    stored=1,
    quarantined=0,
    recalculated=(),
    documents=4,
    problems=(),
)
_DAYS = b"""
insert into daily_statistics
select day::date, 9, 6, 3, 0, 7, 66.7, 1
from generate_series(current_date - 3, current_date - 1, interval '1 day') as day
"""


def crash_deliver(setting: Setting) -> Iterator[Try]:
    """Kill a delivery over every channel at points of every kind; deliver again, and compare."""
    data = cut(setting.folder / "data", learners=25)
    with (
        server(setting.folder) as there,
        services() as box,
        _school(there, box, data) as (base, ready),
    ):
        _prepare(base, ready, box)
        with _school(there, box, data, like=(base, ready)) as (place, _):
            record = Record(setting.folder / "points")
            run_undisturbed(place, record, DELIVERS)
        wanted = arrived(box)
        yield Try(name="undisturbed", wrong=_find_missing_channels(wanted))
        kills = at_points(record.labels(), setting.many(_KILLS, _QUICK_KILLS), setting.luck)
        for number, kill in enumerate(kills, start=1):
            box.clear()
            with _school(there, box, data, like=(base, ready)) as (place, database):
                own = Record(setting.folder / f"record-{number}")
                landed, left = killed(place, own, DELIVERS, kill)
                wrong = left or _after(place, database, box, wanted)
            yield Try(name=kill.name, wrong=wrong, landed=landed)


@contextmanager
def _school(
    there: HomeServer, box: Services, data: Path, like: tuple[School, Database] | None = None
) -> Iterator[tuple[School, Database]]:
    """A school whose settings lead to the services, empty or a copy of another."""
    base, database = like or (None, None)
    home = None if base is None else base.home
    with served_school(there, data, "builtin:oulad", like=database, home=home) as (place, made):
        yield replace(place, env={**place.env, **box.settings}), made


def _prepare(place: School, database: Database, box: Services) -> None:
    """Compute two courses without delivering them, and add whom they are due to."""
    _call(place, "run", "--as-of", "2015-12-31", "--no-upload")
    chat = box.settings["TELEGRAM_CHAT_ID"]
    for channel, address in (
        ("email", ANA),
        ("slack", "#reports"),
        ("telegram", chat),
        ("webhook", box.hook),
    ):
        _call(place, "recipients", "add", "--what", "course-report", "--", channel, address)
    with database.connect() as connection:
        connection.execute(_DAYS)
        runs.put(connection, _RUN)


def _call(place: School, *arguments: str) -> None:
    done = place.call(*arguments)
    if done.returncode:
        raise AssertionError(f"{arguments}: {done.stdout} {done.stderr}")


def _after(place: School, database: Database, box: Services, wanted: Counter[Arrived]) -> str:
    """Deliver again; look at what arrived, send what is unknown once more, and look again."""
    again = place.call("run", "--upload-only")
    with database.connect() as connection:
        found = messages.ls(connection, limit=1_000)
        unknown = {(one.channel, one.what.value) for one in found if one.state in _UNKNOWN}
        states = {one.state for one in found} - {*_UNKNOWN, MessageState.SENT}
        for one in found:
            messages.retry(connection, one.message_id)
    there = arrived(box)
    lost = [one for one in wanted - there if (one.channel, one.what) not in unknown]
    wrong = [f"{one} twice" for one in there - wanted] + [f"{one} lost" for one in lost]
    place.call("run", "--upload-only")
    wrong += [f"{one} lost though sent again" for one in set(wanted) - set(arrived(box))]
    wrong += [f"a message is {state}" for state in sorted(states)]
    return "; ".join([*wrong, again.stderr[-500:]] if wrong else ())


def _find_missing_channels(wanted: Counter[Arrived]) -> str:
    missing = sorted(_CHANNELS - {one.channel for one in wanted})
    twice = [str(one) for one, times in wanted.items() if times > 1]
    return "; ".join([*(f"nothing came by {name}" for name in missing), *twice])
