"""Which fault befalls which answer: by name or mixed, decided by a seed alone.

The same seed gives the same fault to the same request (twin, what is asked, how often it was asked
before), whatever else goes on. After two faults in a row for what is asked, an answer comes through
unspoilt, so a client that tries three times always gets there (unless `always` is asked for).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from gradeline.base.errors import WrongUse
from gradeline.sandbox.faults import answers as answers
from gradeline.sandbox.faults import connections as lines

MIX = "mix"

#: Faults that put something else in the answer's place, by name.
ANSWERS: Mapping[str, answers.Spoil] = {
    "too-many": answers.too_many(answers.missing),
    "too-many-seconds": answers.too_many(answers.in_seconds),
    "too-many-date": answers.too_many(answers.as_date),
    "too-many-absurd": answers.too_many(answers.absurd),
    "too-many-negative": answers.too_many(answers.negative),
    "error-500": answers.refusal(500, "Internal Server Error"),
    "error-502": answers.refusal(502, "Bad Gateway"),
    "error-503": answers.refusal(503, "Service Unavailable"),
    "error-504": answers.refusal(504, "Gateway Time-out"),
    "login-page": answers.login_page,
    "empty": answers.empty,
    "gzip-cut": answers.gzip_cut,
    "gzip-wrong-sum": answers.gzip_wrong_sum,
    "gzip-garbage": answers.gzip_garbage,
}
#: Faults that keep the answer and harm its bytes on the way, by name.
LINES: Mapping[str, lines.Carry] = {
    "delay": lines.delay,
    "drip": lines.drip,
    "cut": lines.cut,
    "reset": lines.reset,
    "black-hole": lines.black_hole,
    "half-open": lines.half_open,
    "longer-length": lines.longer_length,
    "shorter-length": lines.shorter_length,
    "twice": lines.twice,
}
#: What may befall any answer of any system, each drawn by a mix too.
TRANSPORT: Mapping[str, bool] = dict.fromkeys((*ANSWERS, *LINES), True)
#: What no client can notice in every format, so that it befalls answers only where it is named.
UNTOLD: Mapping[str, answers.Spoil] = {"body-cut": answers.body_cut}

#: A mix leaves half of what is asked alone; asked often enough (as a poll is), it is drawn anew.
_MIXED = (0, 0, 0, 1, 1, 2)
_NAMED = (1, 2)
_BLOCK = 5


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault that befalls one answer."""

    name: str
    place: float  #: where in the answer it strikes, 0 to 1
    dice: Random


@dataclass(frozen=True, kw_only=True)
class Faults:
    """The faults of one run."""

    names: tuple[str, ...] = ()  #: names, or only `mix`
    seed: int = 0
    place: float | None = None  #: where in the answer; without it, decided by the seed
    always: bool = False  #: every answer is spoilt, and no patience helps
    twins: frozenset[str] = frozenset()  #: only these twins; none named = all

    def draw(self, twin: str, can: Mapping[str, bool], asked: str, ordinal: int) -> Fault | None:
        """The fault for the `ordinal`-th time that `asked` is asked of `twin`; None = unspoilt."""
        if not self.names or (self.twins and twin not in self.twins):
            return None
        names = sorted(
            name
            for name, mixed in {**can, **dict.fromkeys(UNTOLD, False)}.items()
            if name in self.names or (self._mix and mixed)
        )
        block, within = divmod(ordinal, _BLOCK)
        often = self._dice(twin, asked, block).choice(_MIXED if self._mix else _NAMED)
        if not names or (within >= often and not self.always):
            return None
        dice = self._dice(twin, asked, block, within)
        name = dice.choice(names)
        place = dice.choice((0.0, dice.random(), 1.0)) if self.place is None else self.place
        return Fault(name=name, place=place, dice=dice)

    @property
    def _mix(self) -> bool:
        return MIX in self.names

    def _dice(self, *what: str | int) -> Random:
        text = "\n".join(map(str, (self.seed, *what)))
        return Random(hashlib.sha256(text.encode()).digest())  # noqa: S311 - dice, not a secret


NO_FAULTS = Faults()


def mix(seed: int) -> Faults:
    """Every fault of every kind, here and there, as the seed decides."""
    return Faults(names=(MIX,), seed=seed)


def named(*names: str, seed: int = 0, place: float | None = None, always: bool = False) -> Faults:
    """These faults, each thing asked being spoilt once or twice (or, with `always`, for ever)."""
    return Faults(names=names, seed=seed, place=place, always=always)


def read_faults(text: str, seed: int, known: Iterable[str]) -> Faults:
    """The faults that a person named: names with commas between them, or `mix`; empty = none.

    Raises:
        WrongUse: a name is not one of `known`.
    """
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    choices = {*known, MIX}
    unknown = [name for name in names if name not in choices]
    if unknown:
        raise WrongUse(
            f"There is no fault named {unknown[0]!r}.",
            hint=f"Name some of {', '.join(sorted(choices))}.",
        )
    return Faults(names=names, seed=seed)
