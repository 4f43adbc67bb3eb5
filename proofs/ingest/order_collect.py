"""A12 over the network: how a span is split, and in which order its parts come, changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gradeline.sandbox import named
from gradeline.sources.source import PlanRequest
from proofs.promise import Setting, Try
from proofs.rig.in_process import DAY, HOUR, NOW, Contents, TwinServer, collected, ground, held

SPEED = 100.0
#: How many hours of a day are asked for, from eight o'clock on.
HOURS = {"grader": 12, "amplitude": 4}


def order_collect(setting: Setting) -> Iterator[Try]:
    """Ask for a span at once, then in parts in any order, some of them twice, rows shuffled."""
    with ground(setting.folder, SPEED) as there:
        for name, hours in HOURS.items():
            wanted = _asked(there, name, [0, hours], setting.luck)
            for turn in range(1, setting.many(10, 1) + 1):
                inner = setting.luck.sample(range(1, hours), setting.luck.randrange(1, hours - 1))
                # The only fault of the grader's connection here is that rows have another order.
                there.box.switch(named("shuffled", seed=turn, always=True))
                found = _asked(there, name, [0, *sorted(inner), hours], setting.luck)
                wrong = wanted.differs_from(found)
                yield Try(name=f"{name}, turn {turn}: {len(inner) + 1} parts", wrong=wrong)


def _asked(there: TwinServer, name: str, edges: Sequence[int], luck: random.Random) -> Contents:
    """What a place holds that asked for the hours between the edges, part by part."""
    parts_of_span = list(pairwise(edges))
    parts_of_span += luck.sample(parts_of_span, len(parts_of_span) // 3)
    luck.shuffle(parts_of_span)
    with there.place() as parts:
        for first, last in parts_of_span:
            begins = DAY + 8 * HOUR
            asked = PlanRequest(now=NOW, since=begins + first * HOUR, until=begins + last * HOUR)
            done = collected(there.source(name, parts), parts, asked)
            if done.failed or done.held:
                raise AssertionError(f"a part did not go well: {done}")
        found = held(parts)
    # Raw bytes are as they came: of other spans, in another order.
    facts = {name: many for name, many in found.objects.items() if name.startswith("facts/")}
    return replace(found, objects=facts)
