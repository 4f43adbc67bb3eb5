"""Find the rows that figures leave out, and ids that look like the missing ones."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.base.clock import now, school_day
from gradeline.engine import Session
from gradeline.flows.refresh.changes import Snapshot
from gradeline.metrics import Terms
from gradeline.metrics.family import built_once
from gradeline.metrics.unmatched import in_future, unmatched, without_course

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("course_id", "table", "reason")),
        *((name, pa.int64()) for name in ("rows", "ids")),
        ("examples", pa.string()),
    ]
)
#: (a course, a source, or "" for all of a kind; a look) → an id.
_Looks = Mapping[tuple[str, str], str]
_LAST = datetime(9999, 12, 30, tzinfo=UTC)
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
    snapshot: Snapshot,
    terms: Terms,
) -> Sequence[Future[pa.Table]]:
    """Start to look for rows that figures leave out.

    Args:
        session: where it is computed.
        tables: canonical tables and stages, of the courses that are computed.
        all_events: the canonical events of all courses.
        courses: course_id (text) of every course there is.
        snapshot: says what courses events are of, and which facts are late.
        terms: as-of and the zone of the school.
    """
    ids = courses.select(["course_id"])
    known = session.memory_table("known_courses", ids)
    named = {course_id for fact in snapshot.facts for course_id in fact.courses or ()}
    unknown = sorted(named - set(ids["course_id"].to_pylist()))
    # Nearly always there are none, and then not one event is read.
    events = all_events.filter(all_events.course_id.isin(unknown)) if unknown else None
    looked = [built_once(unmatched, tables), without_course(tables, known, events)]
    # To look back, as --as-of does, is no mistake in the data: only what is later than today is.
    end = max(terms.as_of, replace(terms, as_of=now()).to_day_end().as_of)
    if any(latest is not None and latest > end for latest in snapshot.latest.values()):
        looked.append(in_future(tables, known, end))
    return [session.start(table) for table in looked]


def find_known(
    session: Session, progress: ir.Table, learners: ir.Table, found: Sequence[pa.Table]
) -> Mapping[str, pa.Table]:
    """Return the learners that a missing id may have meant.

    Args:
        session: where it is computed.
        progress: the family of that name.
        learners: the canonical table.
        found: what `start_unmatched` found; where it is nothing, nobody is read.

    Returns:
        `members`: learner_id, course_id. `people`: learner_id, source, of everybody listed.
    """
    members = progress.filter(progress.enrolled).select("learner_id", "course_id")
    people = learners.select("learner_id", "source")
    if not any(table.num_rows for table in found):
        members, people = members.limit(0), people.limit(0)
    return {"members": session.run(members), "people": session.run(people)}


def pack_unmatched(found: Iterable[pa.Table], known: Mapping[str, pa.Table], zone: str) -> pa.Table:
    """Pack rows of unmatched_rows.

    Args:
        found: what `start_unmatched` started.
        known: what `find_known` returned; `courses`: course_id (text) of every course there is;
            `items`: the family `items_standing`.
        zone: of the school, which decides on what day an instant is.

    Returns:
        course_id, table, reason (text), rows, ids (int64), examples (a JSON list).
    """
    groups: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for table in found:
        for row in table.to_pylist():
            groups[row["course_id"], row["table"], row["reason"]].append(row)
    in_source = _by_looks(known["people"], "source", "learner_id")
    in_course = _by_looks(known["members"], "course_id", "learner_id")
    looks = {
        "learner": {**in_source, **in_course},
        "unlisted": in_source,
        "course": _by_looks(known["courses"], None, "course_id"),
        "item": _by_looks(known["items"], "course_id", "item_id"),
    }
    return pa.Table.from_pylist(
        [_packed(kind, rows, looks, zone) for kind, rows in sorted(groups.items())],
        schema=_SCHEMA,
    )


def _packed(
    kind: tuple[str, ...],
    rows: list[dict[str, object]],
    known: Mapping[str, _Looks],
    zone: str,
) -> dict[str, object]:
    course_id, table, reason = kind
    looks = known.get(reason, {})
    rows.sort(key=lambda row: str(row["place"]))
    ids = [str(row["missing"]) for row in rows]
    if reason == "future":
        ids = list(dict.fromkeys(_day_of(int(us), zone) for us in ids))
    examples = [{"missing": each, "similar": _similar(each, course_id, looks)} for each in ids]
    return {
        **{"course_id": course_id, "table": table, "reason": reason},
        **{"rows": rows[0]["rows"], "ids": rows[0]["ids"]},
        "examples": json.dumps(examples, ensure_ascii=False),
    }


def _by_looks(rows: pa.Table, scope: str | None, name: str) -> _Looks:
    """Return (scope, look) → the first id of that look among the rows of that scope."""
    ids = rows[name].to_pylist()
    scopes = rows[scope].to_pylist() if scope else [""] * len(ids)
    pairs = sorted(set(zip(scopes, ids, strict=True)), reverse=True)
    return {(place, look_of(each)): each for place, each in pairs}


def _similar(missing: str, course_id: str, looks: _Looks) -> str | None:
    """Return an id that looks like a missing one, of the same course, else of the same source.

    An id of another course or source is nobody's misspelling of this one.
    """
    look = look_of(missing)
    parts = missing.split(":")
    sources = [":".join(parts[:size]) for size in range(len(parts) - 1, -1, -1)]
    for scope in (course_id, *sources):
        similar = looks.get((scope, look))
        if similar is not None and similar != missing:
            return similar
    return None


def _day_of(us: int, zone: str) -> str:
    """Return the school day of microseconds since 1970; the last days that there are are one."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
    return school_day(min(at, _LAST), zone).isoformat()


def look_of(text: str) -> str:
    """Return what ids have in common that a person may take for one.

    Without case, accents' composition, quotes, blanks and other signs, without zeros before
    numbers and the `.0` that spreadsheets write behind them.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", _ZEROS.sub("", _FRACTION.sub("", plain))) or text
