"""What AppMetrica was asked to prepare, remembered over kills, with the parts that came already."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from gradeline.records.slices import PlannedSlice


class _State(msgspec.Struct):
    fingerprint: str
    open: bool
    taken: bool  #: all parts came, and were handed over
    begun_at: float  #: when AppMetrica began to prepare it, seconds since 1970
    parts: int
    fields: list[str]


@dataclass(kw_only=True)
class Preparation:
    """One window that AppMetrica is asked for."""

    folder: Path
    fingerprint: str
    open: bool
    fields: tuple[str, ...]
    parts: int = 1
    begun: bool = False  #: AppMetrica prepares it, so it must not be told to begin anew

    def part(self, number: int) -> Path:
        """Where a part lies once it came whole."""
        return self.folder / f"part-{number}-of-{self.parts}"

    def begin(self) -> None:
        """AppMetrica said that it prepares this; parts of an earlier file are no use."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.begun = True
        self._write(taken=False)

    def ask_anew(self, *, parts: int | None = None, without: str | None = None) -> None:
        """Another question for the same window, to be prepared from the start."""
        self.parts = parts or self.parts
        self.fields = tuple(name for name in self.fields if name != without)
        self.begun = False

    def hand_over(self, folder: Path, form: str) -> list[Path]:
        """The parts moved to `folder`; if they are lost now, AppMetrica still has them."""
        moved = []
        for number in range(self.parts):
            moved.append(folder / f"{self.part(number).name}.{form}")
            self.part(number).replace(moved[-1])
        self._write(taken=True)
        return moved

    def _write(self, *, taken: bool) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        state = _State(
            fingerprint=self.fingerprint,
            open=self.open,
            taken=taken,
            begun_at=time.time(),
            parts=self.parts,
            fields=list(self.fields),
        )
        half = self.folder / "state.half"
        half.write_bytes(msgspec.json.encode(state))
        half.replace(self.folder / "state.json")


class Shelf:
    """Preparations by window; what is older than `life_s` AppMetrica has no more."""

    def __init__(self, folder: Path, life_s: float) -> None:
        self._folder = folder
        self._life_s = life_s

    def take(self, planned: PlannedSlice, fields: tuple[str, ...]) -> Preparation:
        """The preparation of a window, where it was left, or a new one."""
        self._sweep()
        folder = self._folder / planned.slice.window
        new = Preparation(
            folder=folder, fingerprint=planned.fingerprint, open=planned.open, fields=fields
        )
        state = self._read(folder)
        # A window that may still change is prepared anew for each run, but not for one that was
        # killed before it had its parts.
        usable = state is not None and (
            state.fingerprint == planned.fingerprint
            or (planned.open and state.open and not state.taken)
        )
        if state is not None and usable:
            new.parts, new.fields, new.begun = state.parts, tuple(state.fields), True
        return new

    def _read(self, folder: Path) -> _State | None:
        try:
            state = msgspec.json.decode((folder / "state.json").read_bytes(), type=_State)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return state if 0 <= time.time() - state.begun_at < self._life_s else None

    def _sweep(self) -> None:
        for folder in self._folder.glob("*"):
            with suppress(FileNotFoundError):  # another thread begins it anew
                if time.time() - folder.stat().st_mtime > self._life_s:
                    shutil.rmtree(folder, ignore_errors=True)
