"""Items and the form they make, computed a second time with NumPy from a table of learners × items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import atanh, exp, inf, log, sqrt, tanh
from statistics import median
from typing import Any

import numpy as np

from .oracle_intervals import Z, rate
from .oracle_people import People, Row

Tries = dict[str, dict[str, Row]]  #: learner → item → first try


class Items(People):
    """Figures of items; each method answers one family as {key: values}."""

    def items(self) -> dict[Any, Any]:
        """Facility, discrimination and time by course, group and item."""
        found = {}
        for course, group, tries in self._scopes():
            for item in {item for own in tries.values() for item in own}:
                found[course, group, item] = _item(tries, item)
        return found

    def item_responses(self) -> dict[Any, Any]:
        """The most frequent answers by course, group and item."""
        found: dict[Any, Any] = {}
        for course, group, tries in self._scopes():
            for item in {item for own in tries.values() for item in own}:
                for response, values in _responses(tries, item).items():
                    found[course, group, item, response] = values
        return found

    def reliability(self) -> dict[Any, Any]:
        """α by course and group."""
        forms = {(c, g): _form(tries) for c, g, tries in self._scopes()}
        return {key: form for key, form in forms.items() if form}

    def _scopes(self) -> Iterator[tuple[str, str | None, Tries]]:
        """Each course and each group that has first tries, with these."""
        found: dict[Any, Tries] = defaultdict(lambda: defaultdict(dict))
        seen = set()
        for row in sorted(self.graded(), key=lambda r: (r["at"], r["attempt_id"])):
            course, item = row["course_id"], row["item_id"]
            pair = (row["learner_id"], course, item)
            if course not in self.courses or item is None or pair in seen:
                continue
            seen.add(pair)
            if not self.known_items.get((course, item), {"active": True})["active"]:
                continue
            for group in {None, *row["groups"]}:
                found[course, group][row["learner_id"]][item] = row
        for (course, group), tries in found.items():
            yield course, group, tries


def _millionths(row: Row) -> int:
    return int(row["score"] * 1_000_000)


def _rests(tries: Tries, item: str) -> dict[str, int]:
    """Learner → the mean of their other scores, of those who have others."""
    found = {}
    for learner, own in tries.items():
        others = [_millionths(row) for name, row in own.items() if name != item]
        if item in own and others:
            found[learner] = sum(others) // len(others)
    return found


def _item(tries: Tries, item: str) -> Row:
    rows = [own[item] for own in tries.values() if item in own]
    rests = _rests(tries, item)
    own = [_millionths(tries[learner][item]) for learner in rests]
    times = [float(r["duration_s"]) for r in rows if r["duration_s"] is not None]
    return {
        "facility": rate(sum(r["correct"] for r in rows), len(rows)),
        "discrimination": _correlation(own, [*rests.values()]),
        "median_time": median(times) if times else None,
        "median_time_n": len(times),
    }


def _correlation(own: list[int], rest: list[int]) -> tuple[Any, ...]:
    n = len(own)
    if n < 3 or len({*own}) < 2 or len({*rest}) < 2:
        return None, n, None, None
    value = min(1.0, max(-1.0, float(np.corrcoef(own, rest)[0, 1])))
    if n < 4:
        return value, n, None, None
    middle = atanh(value) if abs(value) < 1 - 1e-15 else inf * value
    half = Z / sqrt(n - 3)
    return value, n, tanh(middle - half), tanh(middle + half)


def _responses(tries: Tries, item: str) -> dict[str, Row]:
    rests = _rests(tries, item)
    average = sum(rests.values()) / len(rests) if rests else 0
    learners: Counter[str] = Counter()
    strong: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for learner, own in tries.items():
        response = own[item].get("response") if item in own else None
        if response is not None:
            learners[response] += 1
            strong[response] += learner in rests and rests[learner] > average
            right[response] += own[item]["correct"]
    listed = sorted((r for r, n in learners.items() if n >= 2), key=lambda r: (-learners[r], r))
    return {
        r: {"learners": learners[r], "strong": strong[r], "is_right": right[r] * 2 > learners[r]}
        for r in listed[:8]
    }


def _form(tries: Tries) -> Row | None:
    counts = Counter(item for own in tries.values() for item in own)
    form = sorted(item for item, n in counts.items() if 2 * n >= len(tries))
    whole = [own for own in tries.values() if form and {*form} <= {*own}]
    if not whole:
        return None
    scores = np.array([[float(own[item]["score"]) for item in form] for own in whole])
    n, k = scores.shape
    totals = scores.sum(axis=1)
    told: Row = {"items": k, "is_binary": bool(np.isin(scores, (0, 1)).all())}
    if n < 2 or k < 2 or np.ptp(totals) < 1e-9:
        return told | {"alpha": (None, n, None, None), "sem": None}
    alpha = k / (k - 1) * (1 - scores.var(axis=0, ddof=1).sum() / totals.var(ddof=1))
    bounds: tuple[Any, ...] = (None, None)
    if n >= 3:
        half = Z * sqrt(2 * k / ((k - 1) * (n - 2)))
        missing = max(1 - alpha, 1e-300)
        bounds = (1 - exp(log(missing) + half), 1 - exp(log(missing) - half))
    sem = totals.std(ddof=1) * sqrt(max(0, 1 - alpha))
    return told | {"alpha": (alpha, n, *bounds), "sem": sem}
