"""Export of a learner: all that is kept of one person, as files that they can be given."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from gradeline.base.errors import DiskFull, WrongUse
from gradeline.flows.learners.forget import Traces, find_traces
from gradeline.flows.learners.identity import Person
from gradeline.flows.learners.traces import find_raw_records, read_fact_rows
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.run import Progress
from gradeline.records.tables import LEARNER_LINKS
from gradeline.warehouse import results
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ExportResult:
    """What an export wrote."""

    folder: Path
    records: Mapping[str, int]  #: file without its ending → records in it


def export_learner(parts: Parts, learner: str, to: Path, progress: Progress) -> ExportResult:
    """Write all that is kept of a learner to a new folder: each table as JSON and CSV.

    Only the owner can read it, and nothing of it is anywhere else.

    Raises:
        WrongUse: nobody of that id is known, or the folder has something in it.
    """
    traces = find_traces(parts, learner, progress)
    folder = _new_folder(to)
    written = {}
    for name, rows in _tables(parts, traces):
        told = [_told(row) for row in rows]
        if told:
            written[name] = len(told)
            _write(folder / f"{name}.json", json.dumps(told, ensure_ascii=False, indent=1))
            _write(folder / f"{name}.csv", _as_csv(told))
    return ExportResult(folder=folder, records=written)


def _tables(parts: Parts, traces: Traces) -> Iterator[tuple[str, Iterable[Row]]]:
    person = traces.person
    with parts.database.connect() as connection:
        known = links.ls(connection, learner_id=person.learner_id)
        kept = forgotten.results_about(connection, person.aliases)
        facts, made = ledger.snapshot(connection), results.links(connection)
    yield "links", [asdict(each) for each in known]
    with parts.engine.session(parts.lake.filesystem()) as session:
        for name, table in open_canonical_tables(session, facts, parts.lake, made).items():
            if "learner_id" in table.columns and name != LEARNER_LINKS.name:
                own = table.filter(table.learner_id == person.learner_id)
                yield f"canonical_{name}", session.run(own).to_pylist()
    for (source, stream), slices in _by_stream(traces).items():
        batches = (each for entry in slices for each in read_fact_rows(entry, person, parts.lake))
        yield f"rows_{source}_{stream}", (row for each in batches for row in each.to_pylist())
        yield f"raw_{source}_{stream}", _raws(parts, person, slices)
    yield (
        "quarantine",
        [
            {"place": each.place, "reason": each.reason, **_bytes(each.raw)}
            for each in traces.quarantined
        ],
    )
    for name, documents in kept.items():
        yield f"results_{name}", documents


def _by_stream(traces: Traces) -> Mapping[tuple[str, str], Sequence[Entry]]:
    """The slices with traces, by source and stream as a file can be named after them."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for each in traces.slices:
        whose = each.entry.slice
        found[_plain(whose.source), _plain(whose.stream)].append(each.entry)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _raws(parts: Parts, person: Person, slices: Iterable[Entry]) -> Sequence[Row]:
    """The raw records of slices that name the person."""
    found: list[Row] = []
    for entry in slices:

        def take(place: str, raw: bytes, of: str = str(entry.slice)) -> None:
            found.append({"slice": of, "place": place, **_bytes(raw)})

        find_raw_records(entry, person, parts, take)
    return found


def _bytes(raw: bytes) -> Row:
    """Bytes as text where they are text, else in base64."""
    try:
        return {"raw": raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {"raw_base64": base64.b64encode(raw).decode("ascii")}


def _told(row: Row) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as CSV; no cell of it can run as a formula."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _new_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        if any(folder.iterdir()):
            raise WrongUse(f"{folder} is not empty.", hint="Name a folder that is, or a new one.")
        folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise DiskFull(f"{folder} cannot be written: {error.strerror}.") from error
    return folder


def _write(path: Path, text: str) -> None:
    """A file that its owner alone can read, from its first byte on."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise DiskFull(f"{path} cannot be written: {error.strerror}.") from error
