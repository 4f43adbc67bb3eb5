"""The process that draws charts: requests in, SVG out, a line of JSON each; it ends with its input.

Started by `ChartPress`. It alone loads Vega, whose memory ends with it, and nothing of ours.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import vl_convert

_FONTS = Path(__file__).parent / "fonts"


class Drawing:
    """Draws charts that are declared already; each is compiled once for each language."""

    def __init__(self, declared: dict[str, Any]) -> None:
        self._formats = declared["formats"]
        self._specs = declared["specs"]
        self._compiled = cache(self._vega)

    def draw(self, request: dict[str, Any]) -> str:
        """The SVG of one request: kind, language and rows."""
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
    """Take what is declared from the first line, then answer each request until the last."""

    def answer(what: dict[str, Any]) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    drawing = Drawing(json.loads(requests.readline()))
    answer({})
    for line in requests:
        answer({"svg": drawing.draw(json.loads(line))})


def main() -> None:
    """Draw what standard input asks for."""
    vl_convert.register_font_directory(str(_FONTS))
    serve(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
