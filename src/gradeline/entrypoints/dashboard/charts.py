"""Charts: the Vega-Lite specs of the reports by address, and their rows beside a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from gradeline.base.errors import NotFound
from gradeline.base.languages import LANGUAGES
from gradeline.entrypoints.dashboard.viewers import PUBLIC
from gradeline.reports.charts.renderer import declare_charts

router = APIRouter(dependencies=[PUBLIC])

_DAY_S = 86_400


@dataclass(frozen=True, kw_only=True)
class PageChart:
    """A chart on a page; the template puts a table with the same figures beside it."""

    kind: str  #: a name of `reports.charts.specs.CHARTS`
    rows: str  #: JSON: the rows that the spec draws

    @classmethod
    def of(cls, kind: str, rows: Sequence[Mapping[str, object]]) -> PageChart:
        """Return the chart of these rows."""
        return cls(kind=kind, rows=json.dumps(rows, ensure_ascii=False))


@router.get("/charts/{language}/{kind}")
def spec(language: str, kind: str) -> Response:
    """Give a spec, with the formats of numbers and times in that language; it has no data."""
    declared = json.loads(declare_charts(tuple(LANGUAGES)))
    found = declared["specs"].get(language, {}).get(kind)
    if found is None:
        raise NotFound
    numbers, times = declared["formats"][language]
    body = json.dumps({"spec": found, "numbers": numbers, "times": times}, ensure_ascii=False)
    headers = {"Cache-Control": f"public, max-age={_DAY_S}"}
    return Response(body, media_type="application/json", headers=headers)
