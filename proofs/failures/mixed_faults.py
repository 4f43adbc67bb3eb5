"""Whatever the responses, a run ends as a clean one does, and a second one sends no request."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from gradeline.flows.parts import Parts
from gradeline.sandbox import NO_FAULTS, Pace, Systems, every_system, mix
from gradeline.sources.source import PlanRequest, Source
from proofs.promise import IDLE, Setting, Try
from proofs.rig.in_process import (
    ASKED,
    DAY,
    NOW,
    Contents,
    HomeServer,
    collected,
    held,
    server,
    source_of,
)

SPEED = 50.0
POSTGRES = "postgres:school"
SYSTEMS = (*ASKED, POSTGRES)
#: A finished window of these asks for nothing; the others tell a state, which may have changed.
SETTLED = ("grader", "amplitude", "appmetrica")
#: How the journal names a system.
_JOURNAL = {POSTGRES: "postgres"}
MOST_SEEDS = 5


def faults(setting: Setting) -> Iterator[Try]:
    """Run over each system alone and over all of them under mixes of every fault."""
    alone: Sequence[tuple[str, ...]] = [(name,) for name in SYSTEMS]
    choices = [*alone, SYSTEMS] if not setting.small else [("grader", "appmetrica", POSTGRES)]
    pace = Pace(speed=SPEED)
    with (
        server(setting.folder) as there,
        every_system(pace, first_day=DAY.date()) as systems,
    ):
        for names in choices:
            wanted = _run(there, systems, names)[0]
            for _ in range(setting.many(5, 1)):
                yield _mixed(there, systems, names, setting.luck, wanted)


def _mixed(
    there: HomeServer, systems: Systems, names: Sequence[str], luck: random.Random, wanted: Contents
) -> Try:
    """Run under a mix that harms something; a few questions may be spared by many seeds."""
    for _ in range(MOST_SEEDS):
        seed = luck.randrange(1_000_000)
        systems.switch(mix(seed))
        systems.sandbox.journal.clear()
        found, wrong = _run(there, systems, names)
        many = _struck(systems, names)
        systems.switch(NO_FAULTS)
        if many or wrong:
            break
    return Try(
        name=f"{' + '.join(names)}, mix {seed}, {many} faults",
        wrong=wrong or wanted.differs_from(found),
        landed="mix" if many else IDLE,
    )


def _struck(systems: Systems, names: Sequence[str]) -> int:
    entries = systems.sandbox.journal.entries()
    twins = {_JOURNAL.get(name, name) for name in names}
    return sum(entry.fault is not None and entry.twin in twins for entry in entries)


def _run(there: HomeServer, systems: Systems, names: Sequence[str]) -> tuple[Contents, str]:
    """Collect from some systems in a place of its own: what it holds, and what went wrong."""
    with there.place() as parts:
        for name in names:
            done = collected(_source(systems, parts, name), parts, asked_of(name))
            if done.failed or done.held or done.unread or done.left:
                return held(parts), f"{name}: {(*done.failed, *done.held, done.unread)[0]}"
        found = held(parts)
        return found, _asks_nothing(systems, parts, names) or found.differs_from(held(parts))


def _asks_nothing(systems: Systems, parts: Parts, names: Sequence[str]) -> str:
    """What a second run over finished windows asks for."""
    for name in [name for name in names if name in SETTLED]:
        before = len(systems.sandbox.journal.entries(name))
        done = collected(_source(systems, parts, name), parts, asked_of(name))
        asked = len(systems.sandbox.journal.entries(name)) - before
        if asked or done.done:
            return f"the second run over {name} asks {asked} times, settles {done.done} slices"
    return ""


def _source(systems: Systems, parts: Parts, name: str) -> Source:
    return source_of(name, parts, systems.sandbox, **systems.settings)


def asked_of(name: str) -> PlanRequest:
    """What a try asks of a system; of the database, all that is there."""
    return ASKED.get(name, PlanRequest(now=NOW))
