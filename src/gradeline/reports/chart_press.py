"""The chart press: asks one child process for many charts; its memory ends with it.

Another child declares the charts and is gone before the first is drawn: altair takes 40 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from gradeline.base.errors import ReportError
from gradeline.base.languages import LANGUAGES
from gradeline.base.languages import language as language_of
from gradeline.reports.chart_data import Chart, chart_words, numbers, times

#: Run by its path: as a module it would load all that this room needs beside Vega.
_DRAWING = (sys.executable, "-P", str(Path(__file__).with_name("chart_process.py")))
_DECLARING = (sys.executable, "-m", "gradeline.reports.charts")

_SECONDS_TO_END = 10  #: a child that has no more input ends at once; longer means it hangs


class ChartPress:
    """Draws charts as SVG in one child process, started with the first chart, ended on exit."""

    def __init__(self, languages: Sequence[str] = LANGUAGES) -> None:
        self._languages = languages
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
            ReportError: a child ended or refused the chart.
        """
        try:
            answer = self._asked(self._started(), asdict(chart))
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise self._refusal(f"The chart {chart.kind!r} could not be drawn")
        drawn: Any = json.loads(answer)
        return str(drawn["svg"])

    def _started(self) -> subprocess.Popen[str]:
        """The child, which knows how charts are declared and how each language writes."""
        if self._child is None:
            self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed on exit
            self._child = subprocess.Popen(
                _DRAWING,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                encoding="utf-8",
            )
            spoken = [language_of(code) for code in self._languages]
            formats = {each.code: (numbers(each), times(each)) for each in spoken}
            specs = self._declared({each.code: chart_words(each) for each in spoken})
            self._asked(self._child, {"formats": formats, "specs": specs})
        return self._child

    def _declared(self, words: Mapping[str, object]) -> object:
        """The Vega-Lite spec of every chart, by language and kind."""
        ended = subprocess.run(
            _DECLARING,
            input=json.dumps(words),
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode:
            raise self._refusal("The charts could not be declared")
        return json.loads(ended.stdout)

    def _asked(self, child: subprocess.Popen[str], what: Mapping[str, object]) -> str:
        """The line that the child answers; empty where it has ended."""
        if child.stdin is None or child.stdout is None:
            raise ReportError("The chart process has no pipes.", hint="Run the report again.")
        child.stdin.write(json.dumps(what) + "\n")
        child.stdin.flush()
        return child.stdout.readline()

    def _stop(self, child: subprocess.Popen[str]) -> None:
        child.kill()
        child.communicate(timeout=_SECONDS_TO_END)

    def _refusal(self, what: str) -> ReportError:
        said = ""
        if self._complaints is not None:
            self._complaints.seek(0)
            said = self._complaints.read().strip().rpartition("\n")[2]
        return ReportError(
            f"{what}: {said or 'its process ended'}.",
            hint="Free some memory and run the report again.",
        )
