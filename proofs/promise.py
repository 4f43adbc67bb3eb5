"""What a proof is, how it is run, and what it prints: `N of N`, the seed, where kills landed."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

#: A kill that landed here proves nothing: the command had not begun, or had ended.
IDLE = "idle"
#: The variable that names the signal which a process gives itself at a point, if not SIGKILL.
SIGNAL = "PROOFS_SIGNAL"


@dataclass(frozen=True, kw_only=True)
class Try:
    """One attempt to break the promise."""

    name: str  #: what was done, e.g. `kill 7 at commit`
    wrong: str = ""  #: what was not as promised; empty = it held
    landed: str | None = None  #: where the kill or fault came; null = there was none


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a proof is given: its luck, its size and a folder of its own."""

    seed: int
    small: bool  #: the quick subset of `make prove-quick`
    folder: Path  #: empty at the start, removed at the end
    luck: random.Random = field(repr=False)

    def many(self, full: int, quick: int) -> int:
        """How many tries to make."""
        return quick if self.small else full

    def within(self, part: str) -> Setting:
        """The same for a part of the proof that has a folder of its own."""
        folder = self.folder / part
        folder.mkdir()
        return replace(self, folder=folder)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a proof."""

    name: str
    seed: int
    tries: tuple[Try, ...]

    @property
    def broken(self) -> tuple[Try, ...]:
        """The tries in which the promise did not hold."""
        return tuple(each for each in self.tries if each.wrong)

    @property
    def idle(self) -> int:
        """How many kills landed where nothing was going on."""
        return sum(each.landed == IDLE for each in self.tries)

    @property
    def kills(self) -> int:
        """How many kills or faults there were."""
        return sum(each.landed is not None for each in self.tries)

    @property
    def holds(self) -> bool:
        """True where every try held, there was at least one, and most kills hit work."""
        return bool(self.tries) and not self.broken and self.idle * 4 <= self.kills

    def summary(self) -> str:
        """For people: `N of N`, what broke, where kills landed, and how to replay it."""
        right = len(self.tries) - len(self.broken)
        lines = [f"{self.name}: {right} of {len(self.tries)} {'held' if self.holds else 'BROKEN'}"]
        lines += [f"  {each.name}: {each.wrong}" for each in self.broken]
        if self.kills:
            places = Counter(each.landed for each in self.tries if each.landed is not None)
            counted = ", ".join(f"{place} {times}" for place, times in places.most_common())
            lines.append(f"  landed: {counted} (idle {self.idle} of {self.kills})")
        lines.append(f"  replay: make prove NAME={self.name} SEED={self.seed}")
        return "\n".join(lines)


Proof = Callable[[Setting], Iterator[Try]]


def prove(
    name: str,
    proof: Proof,
    seed: int,
    *,
    small: bool = False,
    stops: Callable[[Try], bool] = lambda _: False,
    say: Callable[[str], None] = print,
) -> Outcome:
    """Run one proof in a folder of its own; the outcome says whether the promise held.

    `stops` says of each try whether the proof ends with it.
    """
    tries: list[Try] = []
    with tempfile.TemporaryDirectory(prefix=f"proof-{name}-") as folder:
        setting = Setting(
            seed=seed, small=small, folder=Path(folder), luck=random.Random(f"{name} {seed}")
        )
        setting.folder.chmod(0o755)
        # Every proof is a generator; what it has opened is closed here, before the folder goes.
        with closing(cast("Generator[Try]", proof(setting))) as made:
            for each in made:
                tries.append(each)
                say(f"  {len(tries):3d} {each.name}: {each.wrong or 'held'}{_where(each)}")
                if stops(each):
                    break
    return Outcome(name=name, seed=seed, tries=tuple(tries))


def _where(each: Try) -> str:
    return "" if each.landed is None else f" [{each.landed}]"
