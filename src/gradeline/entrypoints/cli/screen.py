"""What a command prints: results on standard output, progress and notices on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from gradeline.base.printable import printable

_PIPED_COLUMNS = 10_000


class _RateColumn(ProgressColumn):
    """How many per minute; empty until there are two."""

    def render(self, task: Task) -> Text:
        """Return the rate of the last half minute."""
        return Text("" if task.speed is None else f"{task.speed * 60:,.0f}/min")


class Screen:
    """The output of one command: for people, or a JSON object a line for machines."""

    def __init__(self, *, json: bool) -> None:
        self.json = json
        # To a file or a program, lines are not wrapped.
        self._answers = Console(
            highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_COLUMNS
        )
        self._notices = Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, notice: str) -> None:
        """Print a notice; it is never part of the result."""
        # To a file or a program, a command in a notice stays in one line.
        self._notices.print(Text(printable(notice)), soft_wrap=not self._notices.is_terminal)

    def answer(self, line: str, **values: Any) -> None:
        """Print one line of the result: the sentence for people, the values for machines."""
        if self.json:
            sys.stdout.write(msgspec.json.encode(values).decode() + "\n")
        else:
            self._answers.print(Text(printable(line)))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Print rows of the result: a table for people, an object a row for machines."""
        if self.json:
            for row in rows:
                self.answer("", **dict(zip(columns, row, strict=True)))
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if cell is None else printable(str(cell))) for cell in row))
        with self._answers.capture() as printed:
            self._answers.print(table)
        # Rich pads the last column to its longest text.
        lines = printed.get().removesuffix("\n").split("\n")
        sys.stdout.write("".join(f"{line.rstrip()}\n" for line in lines))

    @contextmanager
    def progress(self, doing: str) -> Iterator[Any]:
        """Show a bar with rate and estimated end; yield a function (done, of, what) to move it."""
        with Progress(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[what]}"),
            console=self._notices,
            transient=True,
            disable=self.json or not self._notices.is_terminal,
        ) as bar:
            task = bar.add_task(doing, total=None, what="")

            def move(done: int, of: int, what: object) -> None:
                bar.update(task, completed=done, total=of, what=str(what))

            yield move
