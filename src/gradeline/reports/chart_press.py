"""The chart press: asks one child process for many charts; its memory ends with it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Any

from gradeline.base.errors import ReportError

_SECONDS_TO_END = 10  #: a child that has no more input ends at once; longer means it hangs


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart to draw: its kind, its words, its data."""

    kind: str  #: a name of `charts.CHARTS`
    words: Mapping[str, str]  #: titles of axes and legends
    rows: Sequence[Mapping[str, object]]
    numbers: Mapping[str, object]  #: d3's format locale
    times: Mapping[str, object]  #: d3's time format locale


class ChartPress:
    """Draws charts as SVG in one child process, started with the first chart, ended on exit."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    def __enter__(self) -> ChartPress:
        """Itself; the child starts with the first chart."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child: at the end of its input, or at once where something failed."""
        if self._child is None or self._complaints is None:
            return
        self._child.__exit__(None, None, None) if kind is None else self._stop(self._child)
        self._complaints.close()

    def draw(self, chart: Chart) -> str:
        """The chart as SVG, its text as text.

        Raises:
            ReportError: the child ended or refused the chart.
        """
        child = self._started()
        if child.stdin is None or child.stdout is None:
            raise ReportError("The chart process has no pipes.", hint="Run the report again.")
        try:
            child.stdin.write(json.dumps(asdict(chart)) + "\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise self._refusal(chart)
        drawn: Any = json.loads(answer)
        return str(drawn["svg"])

    def _started(self) -> subprocess.Popen[str]:
        if self._child is None:
            self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed on exit
            self._child = subprocess.Popen(
                [sys.executable, "-m", "gradeline.reports.chart_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                encoding="utf-8",
            )
        return self._child

    def _stop(self, child: subprocess.Popen[str]) -> None:
        child.kill()
        child.communicate(timeout=_SECONDS_TO_END)

    def _refusal(self, chart: Chart) -> ReportError:
        said = ""
        if self._complaints is not None:
            self._complaints.seek(0)
            said = self._complaints.read().strip().rpartition("\n")[2]
        return ReportError(
            f"The chart {chart.kind!r} could not be drawn: {said or 'its process ended'}.",
            hint="Free some memory and run the report again.",
        )
