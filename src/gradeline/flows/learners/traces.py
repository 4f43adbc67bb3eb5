"""Traces: what the objects of a slice hold about a person, and the same objects without it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.base.errors import ObjectMissing, SourceError
from gradeline.flows.collect.exclude_forgotten import SliceFiles, fields_of
from gradeline.flows.learners.identity import Person
from gradeline.flows.parts import Parts
from gradeline.lake import FactWriter, Lake, digest_of, fact_key
from gradeline.sources import KINDS
from gradeline.sources.erasure.facts import rows_of
from gradeline.sources.erasure.learners import Take, Who
from gradeline.sources.source import Kind, Source
from gradeline.warehouse.slices.entry import Entry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class SliceErasure:
    """What is kept of a slice, without a person."""

    entry: Entry
    raw_keys: tuple[str, ...]  #: raw objects without the person, in their order
    raws_lost: bool  #: raw objects that name them could not be rewritten
    records: int  #: records taken out of the raw objects
    fact_key: str | None  #: the object of the facts without them; null = no facts are left
    rows: int  #: rows taken out of the facts

    @property
    def changed(self) -> bool:
        """Whether the slice held anything of the person, or bytes that nobody can vouch for."""
        before = (self.entry.raw_keys, self.entry.loaded_raw_keys)
        after = (self.raw_keys, self.raw_keys if before[1] else ())
        return self.rows > 0 or self.raws_lost or before != after


def erase_from_slice(entry: Entry, person: Person, parts: Parts, *, write: bool) -> SliceErasure:
    """A slice's objects without the person; with `write` they are put into the lake.

    Objects that are there already stay: nothing names the new ones until the ledger does.
    """
    who = person.known_to(entry.slice.source, entry.slice.stream)
    taken: list[str] = []
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix="forget-") as name:
        folder = Path(name)
        made = _raws_without(entry, who, parts, folder, lambda place, _raw: taken.append(place))
        keys = _put_raws(entry.usable_raws, made, parts.lake if write else None)
        rows, key = 0, entry.fact_key
        if entry.fact_key is not None:
            rows, facts = _facts_without(entry, who, parts.lake, folder)
            if rows:
                key = _put_facts(entry, facts, parts.lake if write else None)
    return SliceErasure(
        entry=entry,
        raw_keys=keys,
        raws_lost=made is None,
        records=len(taken),
        fact_key=None if rows == entry.stored else key,
        rows=rows,
    )


def find_raw_records(entry: Entry, person: Person, parts: Parts, take: Take) -> None:
    """Tell `take` of each raw record of a slice that names the person."""
    who = person.known_to(entry.slice.source, entry.slice.stream)
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix="forget-") as name:
        _raws_without(entry, who, parts, Path(name), take)


def read_fact_rows(entry: Entry, person: Person, lake: Lake) -> Iterator[pa.RecordBatch]:
    """The rows of a slice's facts that name the person."""
    if entry.fact_key is None:
        return
    who = person.known_to(entry.slice.source, entry.slice.stream)
    fields = fields_of(entry.slice.source)
    with tempfile.TemporaryDirectory() as name, _facts(entry, lake, Path(name)) as given:
        for batch in given.iter_batches():
            yield batch.filter(rows_of(batch, fields, who))


def _raws_without(
    entry: Entry, who: Who, parts: Parts, folder: Path, take: Take
) -> Sequence[Path] | None:
    """The slice's raw files, rewritten where they name somebody; null where that cannot be."""
    keys = entry.usable_raws
    source = parts.sources.get(entry.slice.source)
    kind = KINDS.get(entry.slice.source.partition(":")[0])
    if not keys:
        return ()
    if kind is None or not _knows_learners(kind, source, entry.slice.stream):
        return None
    try:
        paths = [_path_of(key, number, parts.lake, folder) for number, key in enumerate(keys)]
        files = SliceFiles(
            planned=entry.planned,
            source=source,
            paths=paths,
            extensions=[Path(key).name.partition(".")[2] for key in keys],
        )
        made = files.without(who, folder, take)
    except (SourceError, ObjectMissing) as error:
        # A mapping that changed since, or an object that is away: whatever it is, it cannot be
        # vouched for, and who asks to be forgotten must not wait for it to be mended.
        _log.warning("%s: its raw bytes cannot be rewritten: %s", entry.slice, type(error).__name__)
        return None
    if made is None:
        return None
    return [Path() if new == old else new for new, old in zip(made, paths, strict=True)]


def _knows_learners(kind: Kind, source: Source | None, stream: str) -> bool:
    """Whether it is known which fields of the raw records hold learners."""
    return stream in source.streams if source is not None else not kind.learners_by_mapping


def _path_of(key: str, number: int, lake: Lake, folder: Path) -> Path:
    path = lake.local_path(key)
    if path is None:
        path = folder / f"{number}-{Path(key).name}"
        lake.download(key, path)
    if not path.exists():
        raise ObjectMissing(f"{key} is not in {lake.url}.")
    return path


def _put_raws(
    keys: Sequence[str], made: Sequence[Path] | None, lake: Lake | None
) -> tuple[str, ...]:
    """The keys of raw files once rewritten; one that needed no change keeps its own."""
    if made is None:
        return ()
    found = []
    for key, path in zip(keys, made, strict=True):
        if path == Path():
            found.append(key)
            continue
        place, _, name = key.rpartition("/")
        found.append(f"{place}/{digest_of(path)}.{name.partition('.')[2]}")
        if lake is not None:
            lake.put_new(found[-1], path)
    return tuple(found)


def _facts(entry: Entry, lake: Lake, folder: Path) -> pq.ParquetFile:
    key = str(entry.fact_key)
    path = lake.local_path(key)
    if path is None:
        path = folder / "facts-before.parquet"
        lake.download(key, path)
    return pq.ParquetFile(path)


def _facts_without(entry: Entry, who: Who, lake: Lake, folder: Path) -> tuple[int, Path]:
    """How many rows of the facts name somebody, and a file of the others if any do."""
    fields, to, rows = fields_of(entry.slice.source), folder / "facts.parquet", 0
    with _facts(entry, lake, folder) as given:
        rows = sum(pc.sum(rows_of(each, fields, who)).as_py() or 0 for each in given.iter_batches())
        if rows:
            with FactWriter(to, given.schema_arrow) as writer:
                for batch in given.iter_batches():
                    writer.write(batch.filter(pc.invert(rows_of(batch, fields, who))))
    return rows, to


def _put_facts(entry: Entry, facts: Path, lake: Lake | None) -> str:
    schema = pq.read_schema(facts).remove_metadata()
    key = fact_key(entry.slice, [digest_of(facts)], "forgotten", schema)
    if lake is not None:
        lake.put_new(key, facts)
    return key
