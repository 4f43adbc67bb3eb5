"""Find the rows that no figure counts, and ids that look like the missing ones."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.engine import Session
from gradeline.metrics.unmatched import unmatched, without_course
from gradeline.warehouse.slices.entry import FactObject

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("course_id", "table", "reason")),
        *((name, pa.int64()) for name in ("rows", "ids")),
        ("examples", pa.string()),
    ]
)
_ZEROS, _FRACTION, _SIGNS = (
    re.compile(r"(?<!\d)0+(?=\d)"),
    re.compile(r"[.,]0+$"),
    re.compile(r"[\W_]+"),
)


def start_unmatched(
    session: Session,
    tables: Mapping[str, ir.Table],
    all_events: ir.Table,
    courses: pa.Table,
    facts: Iterable[FactObject],
) -> Sequence[Future[pa.Table]]:
    """Start to look for rows that no figure counts.

    Args:
        session: where it is computed.
        tables: canonical tables and stages, of the courses that are computed.
        all_events: the canonical events of all courses.
        courses: course_id (text) of every course there is.
        facts: the ledger's snapshot, which says what courses events are of.
    """
    ids = courses.select(["course_id"])
    known = session.memory_table("known_courses", ids)
    named = {course_id for fact in facts for course_id in fact.courses or ()}
    unknown = sorted(named - set(ids["course_id"].to_pylist()))
    # Nearly always there are none, and then not one event is read.
    events = all_events.filter(all_events.course_id.isin(unknown)) if unknown else None
    return [
        session.start(unmatched(tables)),
        session.start(without_course(tables, known, events)),
    ]


def pack_unmatched(
    found: Iterable[pa.Table], courses: pa.Table, figures: Mapping[str, pa.Table], people: pa.Table
) -> pa.Table:
    """Pack rows of unmatched_rows.

    Args:
        found: what `start_unmatched` started.
        courses: course_id (text) of every course there is.
        figures: the families `progress` and `items_standing`.
        people: learner_id (text) of everybody whom learners name.

    Returns:
        course_id, table, reason (text), rows, ids (int64), examples (a JSON list).
    """
    groups: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for table in found:
        for row in table.to_pylist():
            groups[row["course_id"], row["table"], row["reason"]].append(row)
    known: dict[str, Mapping[str, str]] = {}
    if groups:
        members = figures["progress"].filter(pc.field("enrolled"))
        learners = {*people["learner_id"].to_pylist(), *members["learner_id"].to_pylist()}
        known["learner"] = _by_looks(learners)
        known["course"] = _by_looks(courses["course_id"].to_pylist())
        known["item"] = _by_looks(figures["items_standing"]["item_id"].to_pylist())
    return pa.Table.from_pylist(
        [_packed(kind, rows, known) for kind, rows in sorted(groups.items())], schema=_SCHEMA
    )


def _packed(
    kind: tuple[str, ...], rows: list[dict[str, object]], known: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    course_id, table, reason = kind
    looks = known.get(reason, {})
    rows.sort(key=lambda row: str(row["place"]))
    examples = []
    for row in rows:
        similar = looks.get(look_of(str(row["missing"])))
        same = similar == row["missing"]
        examples.append({"missing": row["missing"], "similar": None if same else similar})
    return {
        **{"course_id": course_id, "table": table, "reason": reason},
        **{"rows": rows[0]["rows"], "ids": rows[0]["ids"]},
        "examples": json.dumps(examples, ensure_ascii=False),
    }


def _by_looks(ids: Iterable[str]) -> Mapping[str, str]:
    return {look_of(each): each for each in sorted(ids, reverse=True)}


def look_of(text: str) -> str:
    """Return what ids have in common that a person may take for one.

    Without case, accents' composition, quotes, blanks and other signs, without zeros before
    numbers and the `.0` that spreadsheets write behind them.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", _ZEROS.sub("", _FRACTION.sub("", plain))) or text
