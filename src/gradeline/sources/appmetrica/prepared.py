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
    """What is written down of a preparation."""

    fingerprint: str
    open: bool
    taken: bool  #: all parts came, and were handed over
    begun_at: float  #: when AppMetrica began to prepare it, seconds since 1970
    parts: int
    fields: list[str]
    in_hours: bool = False  #: it is too great for one file


_STATES = msgspec.json.Decoder(_State)


@dataclass(kw_only=True)
class Preparation:
    """One day, or one hour of a day, that AppMetrica is asked for."""

    folder: Path
    fingerprint: str
    open: bool
    fields: tuple[str, ...]
    parts: int = 1
    begun: bool = False  #: AppMetrica prepares it, so it must not be asked to begin again
    in_hours: bool = False  #: the day is too great, so each of its hours has a preparation
    #: when an earlier file of the same was taken, seconds since 1970; None = there is none
    earlier_at: float | None = None

    @property
    def span(self) -> str:
        """`2024-01-11`, `2024-01-11T05` for an hour of it, or as `span_ends` says."""
        return self.folder.name

    def part(self, number: int) -> Path:
        """Return where a part lies once it came whole."""
        return self.folder / f"part-{number}-of-{self.parts}"

    def begin(self) -> None:
        """Remember that AppMetrica prepares this; remove parts of an earlier file."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.begun = True
        self._write(taken=False)

    def request_again(self, *, parts: int | None = None, without: str | None = None) -> None:
        """Ask for the same window in other parts or fields, to be prepared from the start."""
        self.parts = parts or self.parts
        self.fields = tuple(name for name in self.fields if name != without)
        self.begun = False

    def split(self) -> None:
        """Remember that the day has to be requested by its hours."""
        if not self.in_hours:
            self.in_hours, self.begun = True, False
            self._write(taken=False)

    def move_parts(self, folder: Path, form: str) -> list[Path]:
        """Move the parts to `folder`; if they are lost now, AppMetrica still has them."""
        moved = []
        for number in range(self.parts):
            moved.append(folder / f"{self.span}-{self.part(number).name}.{form}")
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
            in_hours=self.in_hours,
        )
        half = self.folder / "state.half"
        half.write_bytes(msgspec.json.encode(state))
        half.replace(self.folder / "state.json")


class PreparedExports:
    """Exports that AppMetrica prepares, by day and hour; it keeps each for `life_s`."""

    def __init__(self, folder: Path, life_s: float) -> None:
        self._folder = folder
        self._life_s = life_s

    def resume_or_start(
        self, planned: PlannedSlice, span: str, fields: tuple[str, ...]
    ) -> Preparation:
        """Return the export that AppMetrica is already preparing for this span, or a new one.

        Args:
            planned: the slice of the day.
            span: the day, or an hour of it: `2024-01-11T05`.
            fields: fields of events that a new export asks for.
        """
        self._remove_old()
        folder = self._folder / span
        new = Preparation(
            folder=folder, fingerprint=planned.fingerprint, open=planned.open, fields=fields
        )
        state = self._read(folder)
        # A window that may still change is prepared again for each run, but not for one that was
        # killed before it had its parts.
        usable = state is not None and (
            state.fingerprint == planned.fingerprint
            or (planned.open and state.open and not state.taken)
        )
        if state is not None and not usable:
            # One that was begun and never taken may have become ready a moment ago.
            new.earlier_at = state.begun_at if state.taken else time.time()
        elif state is not None:
            new.parts, new.fields = state.parts, tuple(state.fields)
            new.begun, new.in_hours = not state.in_hours, state.in_hours
        return new

    def _read(self, folder: Path) -> _State | None:
        try:
            state = _STATES.decode((folder / "state.json").read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return state if 0 <= time.time() - state.begun_at < self._life_s else None

    def _remove_old(self) -> None:
        for folder in self._folder.glob("*"):
            with suppress(FileNotFoundError):  # another thread removes it, or begins it again
                if time.time() - folder.stat().st_mtime > self._life_s:
                    shutil.rmtree(folder, ignore_errors=True)
