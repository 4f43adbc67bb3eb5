"""The process that draws charts: a line of JSON in, a line of JSON with SVG out.

Started by `ChartRenderer`. It imports Vega and nothing of Gradeline, so its memory ends with it.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import vl_convert

_FONTS = Path(__file__).parents[1] / "fonts"


class Drawing:
    """Draws charts from finished specs; each spec is compiled once per language."""

    def __init__(self, declared: dict[str, Any]) -> None:
        self._formats = declared["formats"]
        self._specs = declared["specs"]
        self._compiled = cache(self._vega)

    def draw(self, request: dict[str, Any]) -> str:
        """Draw a chart as SVG. The request has its kind, language and rows."""
        language = request["language"]
        numbers, times = self._formats[language]
        vega = json.loads(self._compiled(language, request["kind"]))
        for data in vega["data"]:
            if data["name"] == "rows":
                data["values"] = request["rows"]
        return vl_convert.vega_to_svg(
            vega, allowed_base_urls=[], format_locale=numbers, time_format_locale=times
        )

    def _vega(self, language: str, kind: str) -> str:
        return json.dumps(vl_convert.vegalite_to_vega(self._specs[language][kind]))


def serve(requests: TextIO, answers: TextIO) -> None:
    """Read specs and formats from the first line, then answer each request."""

    def answer(what: dict[str, Any]) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    drawing = Drawing(json.loads(requests.readline()))
    answer({})
    for line in requests:
        answer({"svg": drawing.draw(json.loads(line))})


def main() -> None:
    """Answer the requests on standard input."""
    vl_convert.register_font_directory(str(_FONTS))
    serve(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
