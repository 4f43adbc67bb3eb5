"""The chart renderer: one child process draws all charts, so that its memory is freed at the end.

Another child makes the Vega-Lite specs first and ends before the first chart: altair takes 40 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from gradeline.base.errors import ReportError
from gradeline.base.languages import LANGUAGES
from gradeline.base.languages import language as language_of
from gradeline.reports.charts.data import Chart, chart_texts, numbers, times

#: Run by its path: as a module it would import the whole package. With -P no file of the working
#: folder is imported in place of a library.
_DRAWING = (sys.executable, "-P", str(Path(__file__).with_name("process.py")))
_DECLARING = (sys.executable, "-P", "-m", "gradeline.reports.charts.specs")
#: Where they run: a folder in which only administrators write.
_FOLDER = Path(sys.executable).anchor

_SECONDS_TO_END = 10  #: a child without input ends at once; after so long it hangs


@lru_cache(maxsize=8)
def declare_charts(languages: tuple[str, ...]) -> str:
    """Return the Vega-Lite specs and the formats of these languages as a line of JSON.

    Made once in a process: a worker reports again and again, and importing altair takes most of
    a second.

    Raises:
        subprocess.CalledProcessError: the child that makes the specs failed.
    """
    spoken = [language_of(code) for code in languages]
    made = subprocess.run(
        _DECLARING,
        cwd=_FOLDER,
        input=json.dumps({one.code: chart_texts(one) for one in spoken}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    formats = {one.code: (numbers(one), times(one)) for one in spoken}
    return json.dumps({"formats": formats, "specs": json.loads(made.stdout)})


class ChartRenderer:
    """Draws charts as SVG in one child process, which starts with the first chart."""

    def __init__(self, languages: Sequence[str] = LANGUAGES) -> None:
        self._languages = tuple(languages)
        self._child: subprocess.Popen[str] | None = None
        self._errors: IO[str] | None = None

    def __enter__(self) -> ChartRenderer:
        """Return itself; the child starts with the first chart."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the child: at the end of its input, or at once after an error."""
        if kind is None and self._child is not None and self._errors is not None:
            self._child.__exit__(None, None, None)
            self._errors.close()
        else:
            self._stop()

    def draw(self, chart: Chart) -> str:
        """Draw a chart as SVG; its text stays text. After an error the next one gets a new child.

        Raises:
            ReportError: a child ended, or refused the chart.
        """
        try:
            answer = self._request(self._start_child(), json.dumps(asdict(chart)))
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise self._failure(f"The chart {chart.kind!r} could not be drawn")
        drawn: Any = json.loads(answer)
        return str(drawn["svg"])

    def _start_child(self) -> subprocess.Popen[str]:
        """Start the child with the specs of charts and the formats of each language."""
        if self._child is None:
            self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed on exit
            self._child = subprocess.Popen(
                _DRAWING,
                cwd=_FOLDER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                encoding="utf-8",
            )
            self._request(self._child, self._declared())
        return self._child

    def _declared(self) -> str:
        try:
            return declare_charts(self._languages)
        except subprocess.CalledProcessError as error:
            if self._errors is not None:
                self._errors.write(error.stderr)
            raise self._failure("The charts could not be declared") from error

    def _request(self, child: subprocess.Popen[str], request: str) -> str:
        """Send one line; return the line of the answer, empty if the child has ended."""
        if child.stdin is None or child.stdout is None:
            raise ReportError("The chart process has no pipes.", hint="Run the report again.")
        child.stdin.write(request + "\n")
        child.stdin.flush()
        return child.stdout.readline()

    def _stop(self) -> None:
        """Kill the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate(timeout=_SECONDS_TO_END)
        if self._errors is not None:
            self._errors.close()
        self._child = self._errors = None

    def _failure(self, what: str) -> ReportError:
        message = ""
        if self._errors is not None:
            self._errors.seek(0)
            message = self._errors.read().strip().rpartition("\n")[2]
        self._stop()
        return ReportError(
            f"{what}: {message or 'its process ended'}.",
            hint="Free some memory and run the report again.",
        )
