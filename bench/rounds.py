"""Times contenders in alternating rounds and prints how they compare."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One run of one contender."""

    seconds: float  #: by the wall
    processor: float  #: seconds of processor of this process and its children that ended


Turns = Mapping[str, Sequence[Turn]]


def alternate(
    contenders: Mapping[str, Callable[[], object]],
    rounds: int,
    before: Callable[[], object] = lambda: None,
) -> Turns:
    """Run every contender once a round, the order turned around each time.

    A disturbance of the machine then falls on all of them, not on the one that came last. What
    is to be done `before` each turn is not timed.
    """
    turns: dict[str, list[Turn]] = {name: [] for name in contenders}
    for number in range(rounds):
        names = list(contenders) if number % 2 == 0 else list(reversed(contenders))
        for name in names:
            before()
            gc.collect()
            turns[name].append(turn(contenders[name]))
    return turns


def turn(deed: Callable[[], object]) -> Turn:
    """Do it once, and say how long it took."""
    began, busy = time.perf_counter(), _processor()
    deed()
    ended = time.perf_counter()
    return Turn(seconds=ended - began, processor=_processor() - busy)


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def show(title: str, turns: Turns, beside: str, goal: str = "") -> None:
    """Print each contender's median, best and worst seconds, and its ratios to `beside`.

    A ratio is the median over rounds of (own ÷ the peer's of that round), once by the wall and
    once by processor time, which a busy machine disturbs less; what a database server works is
    not in the latter.
    """
    table = Table(title=title, title_justify="left", caption=goal or None, caption_justify="left")
    for column in ("", "median s", "best", "worst", "cpu s", f"× {beside}", "× by cpu"):
        table.add_column(column, justify="left" if column == "" else "right")
    for name, own in turns.items():
        wall = [turn.seconds for turn in own]
        figures = (statistics.median(wall), min(wall), max(wall))
        table.add_row(
            name,
            *(f"{figure:.3f}" for figure in figures),
            f"{statistics.median(turn.processor for turn in own):.3f}",
            f"{_ratio(own, turns[beside], 'seconds'):.2f}",
            f"{_ratio(own, turns[beside], 'processor'):.2f}",
        )
    Console(width=120).print(table)


def _ratio(own: Sequence[Turn], peer: Sequence[Turn], kind: str) -> float:
    pairs = zip(own, peer, strict=True)
    # The clock of processor time ticks: very little work can count as none.
    return statistics.median(
        getattr(one, kind) / max(getattr(other, kind), 1e-3) for one, other in pairs
    )
