"""The lines of a file that could not be parsed, kept beside it until a slice reports them."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Called for each line that cannot be parsed: its number, `code: words`, its bytes.
Reject = Callable[[int, str, bytes], None]
#: Longest piece of a broken line that is kept; the raw file in the lake has the rest.
RAW_MAX = 65_536


@dataclass(frozen=True, kw_only=True)
class Rejects:
    """The broken lines of one file, on disk."""

    path: Path | None  #: JSON lines of (line, reason, bytes); null = a format without lines

    @staticmethod
    def none() -> Rejects:
        """No lines: the format is read whole or not at all."""
        return Rejects(path=None)

    @contextmanager
    def writing(self) -> Iterator[Reject]:
        """Write anew, through a function that takes one line."""
        if self.path is None:
            raise ValueError("a format without lines cannot reject one")
        half = self.path.with_suffix(f".{threading.get_ident()}.broken-half")
        with half.open("w", encoding="ascii") as file:

            def reject(line: int, reason: str, raw: bytes) -> None:
                kept = base64.b64encode(raw[:RAW_MAX]).decode("ascii")
                file.write(json.dumps([line, reason, kept]) + "\n")

            yield reject
        half.replace(self.path)

    def __iter__(self) -> Iterator[tuple[int, str, bytes]]:
        """Each line: its number, `code: words`, its bytes."""
        if self.path is not None:
            with self.path.open(encoding="ascii") as file:
                for text in file:
                    line, reason, kept = json.loads(text)
                    yield line, reason, base64.b64decode(kept)

    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)
