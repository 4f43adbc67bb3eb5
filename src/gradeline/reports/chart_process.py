"""The process that draws charts: requests in, SVG out, a line of JSON each; it ends with its input.

Started by `ChartPress`. It alone loads altair and Vega, so their memory ends with it.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.resources import as_file, files
from typing import Any, TextIO

import vl_convert

from gradeline.reports.charts import spec


@cache
def _compiled(kind: str, words: tuple[tuple[str, str], ...]) -> str:
    """The Vega spec of a kind of chart, compiled once for each language."""
    return json.dumps(vl_convert.vegalite_to_vega(spec(kind, dict(words))))


def draw(request: dict[str, Any]) -> str:
    """The SVG of one request: kind, words, rows and the language's way to write numbers."""
    vega = json.loads(_compiled(request["kind"], tuple(sorted(request["words"].items()))))
    for data in vega["data"]:
        if data["name"] == "rows":
            data["values"] = request["rows"]
    return vl_convert.vega_to_svg(
        vega,
        allowed_base_urls=[],
        format_locale=request["numbers"],
        time_format_locale=request["times"],
    )


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer each request until there are no more."""
    for line in requests:
        answers.write(json.dumps({"svg": draw(json.loads(line))}) + "\n")
        answers.flush()


def main() -> None:
    """Draw what standard input asks for."""
    with as_file(files("gradeline.reports") / "fonts") as fonts:
        vl_convert.register_font_directory(str(fonts))
        serve(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
