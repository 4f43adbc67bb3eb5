"""Turn the figures of items into the rows of their result tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.flows.refresh.rows import Row, build_measure, to_instant
from gradeline.metrics.items import LEAST_FOR_DISCRIMINATION, LEAST_LEARNERS
from gradeline.records.item_figures import FormFigures, ItemFigures, ItemResponse
from gradeline.records.measures import Measure

_TEXTS = ("course_id", "group_id", "item_id")
#: The group of figures of a whole course.
_WHOLE = ""


def pack_items(items: pa.Table, responses: pa.Table) -> pa.Table:
    """Pack rows of item_figures: of the items that enough learners have tried.

    Args:
        items: the family of that name.
        responses: the family `item_responses`.

    Returns:
        course_id, group_id, item_id, figures (a JSON document), as text.
    """
    chosen: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in responses.to_pylist():
        chosen[_key(row)].append(row)
    shown = items.filter(pc.greater_equal(items["facility_n"], LEAST_LEARNERS)).to_pylist()
    return _packed([(_key(row), _item(row, chosen[_key(row)])) for row in shown], _TEXTS)


def pack_forms(reliability: pa.Table) -> pa.Table:
    """Pack rows of form_figures: of the forms that enough learners have tried.

    Args:
        reliability: the family of that name.

    Returns:
        course_id, group_id, figures (a JSON document), as text.
    """
    shown = reliability.filter(pc.greater_equal(reliability["alpha_n"], LEAST_LEARNERS)).to_pylist()
    return _packed([(_key(row)[:2], _form(row)) for row in shown], _TEXTS[:2])


def _key(row: Mapping[str, str | None]) -> tuple[str, ...]:
    return row["course_id"] or "", row["group_id"] or _WHOLE, row.get("item_id") or ""


def _item(row: Row, responses: Sequence[Row]) -> ItemFigures:
    newest = to_instant(row["newest"])
    discrimination = build_measure(row, "discrimination", newest)
    if discrimination.n < LEAST_FOR_DISCRIMINATION:
        discrimination = Measure(value=None, n=discrimination.n, as_of=newest)
    ordered = sorted(responses, key=lambda each: (-each["learners"], each["response"]))
    return ItemFigures(
        item_id=row["item_id"],
        title=row["title"] or row["item_id"],
        facility=build_measure(row, "facility", newest),
        discrimination=discrimination,
        median_time=build_measure(row, "median_time", newest),
        responses=tuple(
            ItemResponse(
                response=each["response"],
                learners=each["learners"],
                strong=each["strong"],
                is_right=each["is_right"],
            )
            for each in ordered
        ),
    )


def _form(row: Row) -> FormFigures:
    return FormFigures(
        items=row["items"],
        is_binary=row["is_binary"],
        alpha=build_measure(row, "alpha", to_instant(row["newest"])),
        sem=row["sem"],
    )


def _packed(
    rows: Sequence[tuple[tuple[str, ...], ItemFigures | FormFigures]], names: Sequence[str]
) -> pa.Table:
    columns = {
        name: pa.array([key[place] for key, _ in rows], pa.string())
        for place, name in enumerate(names)
    }
    documents = [msgspec.json.encode(figures).decode() for _, figures in rows]
    return pa.table({**columns, "figures": pa.array(documents, pa.string())})
