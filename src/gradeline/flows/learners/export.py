"""Export a learner: all that is kept of one person, as files to hand over to them."""

from __future__ import annotations

import base64
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
from gradeline.flows.learners.erase_slice import find_raw_records, read_fact_rows
from gradeline.flows.learners.find_traces import Traces, find_traces
from gradeline.flows.learners.identity import Person
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.flows.run import Progress
from gradeline.records.tables import LEARNER_LINKS
from gradeline.reports.processed_csv import to_csv
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.slices import claims
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.vocabulary.erasing import rows_about

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600

_CHOOSE_FOLDER = "Give another folder with --to, or free space there, and run again."

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ExportResult:
    """What an export wrote."""

    folder: Path
    records: Mapping[str, int]  #: file without its ending → records in it


def export_learner(parts: Parts, learner: str, to: Path, progress: Progress) -> ExportResult:
    """Write all that is kept of a learner to a new folder: each table as JSON and CSV.

    Only the owner can read the folder. What is downloaded on the way lies in the spool and goes.

    Args:
        parts: the wired Gradeline.
        learner: the id that all sources share, or `source:id`.
        to: the folder; it must not be there yet, or be empty.
        progress: shows how far the search is.

    Raises:
        WrongUse: no learner of that id is known, or the folder is not empty.
        DiskFull: the folder cannot be written.
    """
    with parts.database.connect(autocommit=True) as connection, claims.share_lake(connection):
        traces = find_traces(parts, learner, progress)
        folder = _make_folder(to)
        written = {}
        for name, rows in _tables(parts, traces):
            records = [{key: _to_json(value) for key, value in row.items()} for row in rows]
            if records:
                written[name] = len(records)
                text = json.dumps(records, ensure_ascii=False, indent=1)
                _write(folder / f"{name}.json", text)
                _write(folder / f"{name}.csv", _to_csv(records))
    return ExportResult(folder=folder, records=written)


def _tables(parts: Parts, traces: Traces) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the name of each file, without its ending, and its rows."""
    person = traces.person
    with parts.database.connect() as connection:
        made = links.ls(connection, learner_id=person.learner_id)
        about = forgotten.results_about(connection, person.aliases)
        practised = rows_about(connection, traces.clients)
    yield "links", [asdict(link) for link in made]
    with canonical_session(parts) as (session, canonical):
        for name, table in canonical.items():
            if "learner_id" in table.columns and name != LEARNER_LINKS.name:
                own = table.filter(table.learner_id == person.learner_id)
                yield f"canonical_{name}", session.run(own).to_pylist()
    for (source, stream), entries in _by_stream(traces).items():
        yield f"rows_{source}_{stream}", _fact_rows(parts, person, entries)
        yield f"raw_{source}_{stream}", _raw_rows(parts, person, entries)
    yield (
        "quarantine",
        [
            {"place": record.place, "reason": record.reason, **_text_or_base64(record.raw)}
            for record in traces.quarantined
        ],
    )
    for name, documents in about.items():
        yield f"results_{name}", documents
    yield from practised.items()


def _by_stream(traces: Traces) -> Mapping[tuple[str, str], Sequence[Entry]]:
    """Group the slices with traces by source and stream, as they can stand in a file's name."""
    entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for erasure in traces.slices:
        slice_ = erasure.entry.slice
        entries[_file_name(slice_.source), _file_name(slice_.stream)].append(erasure.entry)
    return entries


def _file_name(text: str) -> str:
    return re.sub(r"[^\w.-]", "_", text)


def _fact_rows(parts: Parts, person: Person, entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield the rows of the slices' facts that name the person."""
    for entry in entries:
        for batch in read_fact_rows(entry, person, parts.lake, parts.spool):
            yield from batch.to_pylist()


def _raw_rows(parts: Parts, person: Person, entries: Iterable[Entry]) -> Sequence[Row]:
    """Return the raw records of the slices that name the person."""
    rows: list[Row] = []
    for entry in entries:

        def take(place: str, raw: bytes, of: str = str(entry.slice)) -> None:
            rows.append({"slice": of, "place": place, **_text_or_base64(raw)})

        find_raw_records(entry, person, parts, take)
    return rows


def _text_or_base64(raw: bytes) -> Row:
    try:
        return {"raw": raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {"raw_base64": base64.b64encode(raw).decode("ascii")}


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _to_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV, objects and lists in it as JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = ([_to_cell(row.get(name)) for name in names] for row in rows)
    return to_csv(names, cells).decode()


def _to_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        if any(folder.iterdir()):
            raise WrongUse(f"{folder} is not empty.", hint="Name an empty or a new folder.")
        folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise DiskFull(
            f"{folder} cannot be written: {error.strerror}.", hint=_CHOOSE_FOLDER
        ) from error
    return folder


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise DiskFull(
            f"{path} cannot be written: {error.strerror}.", hint=_CHOOSE_FOLDER
        ) from error
