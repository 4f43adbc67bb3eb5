"""Choosing the fault of each response: by name or mixed, decided by a seed alone.

The same seed gives the same fault to the same request (twin, request, how many equal ones came
before), whatever else is going on. After two faults in a row for equal requests, the next response
has none, so a client that tries three times always succeeds (unless `always` is set).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from gradeline.base.errors import WrongUse
from gradeline.sandbox.faults import connections, responses

MIX = "mix"

#: Faults that replace the response, by name.
RESPONSE_FAULTS: Mapping[str, responses.Spoil] = {
    "too-many": responses.too_many(responses.missing),
    "too-many-seconds": responses.too_many(responses.in_seconds),
    "too-many-date": responses.too_many(responses.as_date),
    "too-many-absurd": responses.too_many(responses.absurd),
    "too-many-negative": responses.too_many(responses.negative),
    "error-500": responses.refusal(500, "Internal Server Error"),
    "error-502": responses.refusal(502, "Bad Gateway"),
    "error-503": responses.refusal(503, "Service Unavailable"),
    "error-504": responses.refusal(504, "Gateway Time-out"),
    "login-page": responses.login_page,
    "empty": responses.empty,
    "gzip-cut": responses.gzip_cut,
    "gzip-wrong-sum": responses.gzip_wrong_sum,
    "gzip-garbage": responses.gzip_garbage,
}
#: Faults in sending the response, by name.
CONNECTION_FAULTS: Mapping[str, connections.Transmit] = {
    "delay": connections.delay,
    "drip": connections.drip,
    "cut": connections.cut,
    "reset": connections.reset,
    "black-hole": connections.black_hole,
    "half-open": connections.half_open,
    "longer-length": connections.longer_length,
    "shorter-length": connections.shorter_length,
    "twice": connections.twice,
}
#: Faults of any response of any system; a mix draws each of them.
TRANSPORT: Mapping[str, bool] = dict.fromkeys((*RESPONSE_FAULTS, *CONNECTION_FAULTS), True)
#: Faults that a client cannot notice in every format: used only where they are named.
SILENT_FAULTS: Mapping[str, responses.Spoil] = {"body-cut": responses.body_cut}

#: A mix leaves half of the requests alone. What is requested often, as by polling, is drawn again
#: after so many requests.
_MIXED = (0, 0, 0, 1, 1, 2)
_NAMED = (1, 2)
_BLOCK = 5


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault of one response."""

    name: str
    place: float  #: where in the response it strikes, 0 to 1
    dice: Random


@dataclass(frozen=True, kw_only=True)
class Faults:
    """The faults of one run."""

    names: tuple[str, ...] = ()  #: names, or only `mix`
    seed: int = 0
    place: float | None = None  #: where in the response; None = decided by the seed
    always: bool = False  #: every response has one, however often a client tries
    twins: frozenset[str] = frozenset()  #: only these twins; none named = all

    def draw(
        self, twin: str, possible: Mapping[str, bool], digest: str, ordinal: int
    ) -> Fault | None:
        """Return the fault of a response; None = it has none.

        Args:
            twin: the system that responds.
            possible: faults that it can have → whether a mix draws them.
            digest: of the request.
            ordinal: how many equal requests came before.
        """
        if not self.names or (self.twins and twin not in self.twins):
            return None
        names = sorted(
            name
            for name, mixed in {**possible, **dict.fromkeys(SILENT_FAULTS, False)}.items()
            if name in self.names or (self._mix and mixed)
        )
        block, within = divmod(ordinal, _BLOCK)
        often = self._dice(twin, digest, block).choice(_MIXED if self._mix else _NAMED)
        if not names or (within >= often and not self.always):
            return None
        dice = self._dice(twin, digest, block, within)
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
    """Return a mix of all faults, as the seed decides."""
    return Faults(names=(MIX,), seed=seed)


def named(*names: str, seed: int = 0, place: float | None = None, always: bool = False) -> Faults:
    """Return faults by name: equal requests get one once or twice (with `always`, each time)."""
    return Faults(names=names, seed=seed, place=place, always=always)


def read_faults(text: str, seed: int, known: Iterable[str]) -> Faults:
    """Return the faults of a comma-separated list of names, or of `mix`; empty = none.

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
