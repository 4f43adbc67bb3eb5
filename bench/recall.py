"""How well the chance of remembering a word is predicted: Brier scores beside plain means.

Practice is simulated by another model of memory than the one that predicts, for we have no recorded
practice to publish; `BENCH_PRACTICE=file.csv` (learner, word, at, correct) reads one instead.
"""

from __future__ import annotations

import csv
import math
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gradeline.records.vocabulary import Memory, Verdict
from gradeline.vocabulary import memory

LEARNERS = 200
_WORDS, _DAYS, _A_SESSION = 300, 60, 20
_START = datetime(2026, 1, 5, tzinfo=UTC)
#: Pavlik and Anderson, "Practice and forgetting effects on vocabulary memory" (2005): decay grows
#: with activation, time outside of sessions runs slower. Their threshold is of pairs that are shown
#: for seconds; ours lets a word that was practised once be remembered by seven of ten a day later.
_DECAY, _DECAY_BASE, _THRESHOLD, _NOISE, _OUTSIDE = 0.217, 0.177, -1.6, 0.255, 0.025
#: Days until a word is asked again, by right answers in a row: Leitner's boxes.
_BOXES = (1, 2, 4, 8, 16, 32)
#: How much learners and words differ, in activation.
_SPREAD = 0.25


@dataclass(frozen=True)
class PracticeAnswer:
    """One answer of a learner about a word."""

    learner: str
    word: str
    at: datetime
    correct: bool


@dataclass
class _Trace:
    """What a simulated learner keeps of a word: when it was practised, and how fast each fades."""

    at: list[float] = field(default_factory=list)
    decays: list[float] = field(default_factory=list)
    box: int = 0  #: right answers in a row
    due: int = 0  #: the day on which it is asked again

    def activation(self, now: float) -> float:
        """Return the activation at an instant, in seconds of practice time."""
        fading = zip(self.at, self.decays, strict=True)
        return math.log(sum(max(now - at, 1.0) ** -decay for at, decay in fading))

    def practise(self, now: float) -> None:
        """Keep one more practice; the stronger the word is, the faster it fades."""
        strength = math.exp(self.activation(now)) if self.at else 0.0
        self.at.append(now)
        self.decays.append(_DECAY * strength + _DECAY_BASE)


def run(_rounds: int, learners: int = LEARNERS) -> None:
    """Print the Brier score of each way to predict, and how well ours is calibrated."""
    path = os.environ.get("BENCH_PRACTICE")
    if path:
        told = f"recorded practice of {path}"
        answers = sorted(_read(path), key=lambda one: one.at)
    else:
        told = "simulated practice: ACT-R activation (Pavlik and Anderson 2005), not FSRS"
        answers = sorted(_simulate(learners, random.Random(1)), key=lambda one: one.at)
    began = time.perf_counter()
    pairs = list(_predict(answers))
    took = time.perf_counter() - began
    right = [one.correct for one, _ in pairs]
    sys.stdout.write(
        f"recall: {told}\n{len(answers):,} answers, {len(pairs):,} of them about words answered"
        f" before, {sum(right) / len(right):.3f} right; {len(answers) / took:,.0f} answers/s\n\n"
    )
    names = pairs[0][1]
    for name in names:
        brier = sum((chances[name] - one.correct) ** 2 for one, chances in pairs) / len(pairs)
        sys.stdout.write(f"{name:28} Brier {brier:.4f}\n")
    _print_calibration([(chances["FSRS"], one.correct) for one, chances in pairs])


def _predict(
    answers: Sequence[PracticeAnswer],
) -> Iterator[tuple[PracticeAnswer, dict[str, float]]]:
    """Yield each answer about a word answered before, with the chances predicted before it."""
    memories: dict[tuple[str, str], Memory] = {}
    everything, by_word = _Mean(), defaultdict(_Mean)
    for one in answers:
        known = memories.get((one.learner, one.word))
        if known is not None:
            word = by_word[one.word]
            yield (
                one,
                {
                    "a constant": everything.chance(0.5, 1),
                    "a mean for each word": word.chance(everything.chance(0.5, 1), 5),
                    "FSRS": memory.recall(known, one.at),
                },
            )
            everything.add(one.correct)
            word.add(one.correct)
        verdict = Verdict.RIGHT if one.correct else Verdict.WRONG
        memories[one.learner, one.word] = memory.review(known, verdict, 0, one.at)


@dataclass
class _Mean:
    """The share of right answers so far."""

    n: int = 0
    right: int = 0

    def add(self, correct: bool) -> None:
        """Count one more."""
        self.n += 1
        self.right += correct

    def chance(self, before: float, weight: int) -> float:
        """Return the share, drawn towards what was thought before while answers are few."""
        return (self.right + weight * before) / (self.n + weight)


def _print_calibration(pairs: Sequence[tuple[float, bool]]) -> None:
    """Print of each tenth of the predicted chances how many were right."""
    ordered = sorted(pairs)
    sys.stdout.write("\nFSRS, tenths by predicted chance\npredicted  right  answers\n")
    for part in range(10):
        tenth = ordered[len(ordered) * part // 10 : len(ordered) * (part + 1) // 10]
        if tenth:
            predicted = sum(chance for chance, _ in tenth) / len(tenth)
            right = sum(correct for _, correct in tenth) / len(tenth)
            sys.stdout.write(f"{predicted:9.3f}  {right:5.3f}  {len(tenth):7,}\n")


def _simulate(learners: int, dice: random.Random) -> Iterator[PracticeAnswer]:
    """Yield what learners answer who practise on most days, old words and a few new ones."""
    hard = [dice.gauss(0, _SPREAD) for _ in range(_WORDS)]
    for number in range(learners):
        good = dice.gauss(0, _SPREAD)
        diligence = dice.uniform(0.3, 0.95)
        traces: dict[int, _Trace] = {}
        for day in range(_DAYS):
            if dice.random() < diligence:
                session = _session(traces, day, dice)
                yield from _answers(
                    f"learner {number}", day, session, lambda w, g=good: g - hard[w], dice
                )


def _session(traces: dict[int, _Trace], day: int, dice: random.Random) -> list[tuple[int, _Trace]]:
    """Return the words of a session: those that are due, then new ones while there are any."""
    due = sorted((word for word in traces if traces[word].due <= day), key=lambda w: traces[w].due)
    unseen = [word for word in range(_WORDS) if word not in traces]
    new = dice.sample(unseen, min(len(unseen), max(2, _A_SESSION - len(due))))
    return [(w, traces.setdefault(w, _Trace())) for w in [*due[: _A_SESSION - 2], *new]]


def _answers(
    learner: str,
    day: int,
    session: Sequence[tuple[int, _Trace]],
    ease: Callable[[int], float],
    dice: random.Random,
) -> Iterator[PracticeAnswer]:
    """Yield the answers of a session; what is answered wrong is shown, so that it is learned."""
    hour = dice.uniform(7, 22)
    for place, (word, trace) in enumerate(session):
        now = (day * 24 + hour) * 3_600 * _OUTSIDE + place * 15
        chance = 0.05
        if trace.at:
            above = trace.activation(now) + ease(word) - _THRESHOLD
            chance = 1 / (1 + math.exp(-above / _NOISE))
        at = _START + timedelta(days=day, hours=hour, seconds=place * 15)
        correct = dice.random() < chance
        yield PracticeAnswer(learner, f"word {word}", at, correct)
        trace.practise(now)
        trace.box = min(trace.box + 1, len(_BOXES) - 1) if correct else 0
        trace.due = day + _BOXES[trace.box]


def _read(path: str) -> Iterator[PracticeAnswer]:
    """Yield the answers of a file: learner, word, at (ISO 8601 with zone), correct (0 or 1)."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["at"]).astimezone(UTC)
            yield PracticeAnswer(row["learner"], row["word"], at, row["correct"] == "1")
