"""A5: whatever a line does to an answer, no half of it is ever taken for the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from gradeline.base.errors import SourceError
from gradeline.flows.parts import Parts
from gradeline.sandbox import NO_FAULTS, named
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.slices.ledger import WORK
from proofs.promise import IDLE, Setting, Try
from proofs.rig.in_process import ASKED, Contents, TwinServer, collected, ground, held

TOXICS = (
    *("cut", "reset", "black-hole", "half-open", "drip", "body-cut"),
    *("longer-length", "shorter-length", "twice"),
    *("gzip-cut", "gzip-wrong-sum", "gzip-garbage"),
)
#: Where in the answer a toxic strikes: before its first byte, in the middle, at its last.
PLACES = (0.0, 0.5, 1.0)
#: What the quick subset never leaves out.
ALWAYS = (("appmetrica", "body-cut", 1.0), ("grader", "gzip-cut", 0.5))
#: How much faster than life the twins are, and a client that will not be served anyway.
SPEED, HASTY = 100.0, "500"


def net(setting: Setting) -> Iterator[Try]:
    """Spoil every answer of a system for good, run; then let them through, run again, compare."""
    cases = list(product(ASKED, TOXICS, PLACES))
    if setting.small:
        by_chance = [each for each in cases if each[0] in ("grader", "amplitude")]
        cases = [*ALWAYS, *setting.luck.sample(by_chance, 2)]
    with ground(setting.folder, SPEED) as there:
        for name, toxic, at in cases:
            wanted = there.clean(name)
            with there.place() as parts:
                landed, wrong = _spoilt(there, parts, name, (toxic, at, setting.seed), wanted)
                wrong = wrong or _let_through(there, parts, name, wanted)
            yield Try(name=f"{toxic} at {at:g} of {name}", wrong=wrong, landed=landed)


def _spoilt(
    there: TwinServer, parts: Parts, name: str, toxic: tuple[str, float, int], wanted: Contents
) -> tuple[str, str]:
    """Run while nothing comes whole: what struck, and what is wrong with what was kept."""
    kind, at, seed = toxic
    there.box.switch(named(kind, seed=seed, place=at, always=True))
    there.box.journal.clear()
    with suppress(SourceError):  # not even a list of what there is may come whole
        collected(there.source(name, parts, SANDBOX_SPEED=HASTY), parts)
    struck = any(entry.fault == kind for entry in there.box.journal.entries(name))
    return kind if struck else IDLE, kept_badly(parts, wanted)


def kept_badly(parts: Parts, wanted: Contents) -> str:
    """What was kept that a clean run does not keep; empty where there is nothing."""
    odd = sorted(set(held(parts).objects) - set(wanted.objects))
    if odd:
        return f"{len(odd)} objects were kept that no clean run keeps: {odd[0]}"
    with parts.database.connect() as connection:
        settled = [each for each in ledger.read_entries(connection) if each.state not in WORK]
    lawless = [each for each in settled if not _lawful(each)]
    return f"the ledger's law is broken for {lawless[0].slice}" if lawless else ""


def _lawful(entry: Entry) -> bool:
    return entry.counts.add_up


def _let_through(there: TwinServer, parts: Parts, name: str, wanted: Contents) -> str:
    there.box.switch(NO_FAULTS)
    done = collected(there.source(name, parts), parts)
    if done.failed or done.held:
        return f"on a good line it failed still: {(*done.failed, *done.held)[0]}"
    return wanted.differs_from(held(parts))
