"""Rewrite the objects of a slice without a person, and read what they hold about one."""

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
from gradeline.flows.collect.fetch import download_objects
from gradeline.flows.learners.identity import Person
from gradeline.flows.parts import Parts
from gradeline.lake import FactWriter, Lake, digest_of, fact_key
from gradeline.sources import KINDS
from gradeline.sources.erasure.facts import match_rows
from gradeline.sources.erasure.learners import LearnerIds, OnErased
from gradeline.sources.source import Kind, Source
from gradeline.warehouse.slices.entry import Entry

_log = logging.getLogger(__name__)

#: Of folders in the spool; a sweep removes those of killed processes.
_PREFIX = "forget-"


@dataclass(frozen=True, kw_only=True)
class SliceErasure:
    """What is kept of a slice without a person."""

    entry: Entry  #: the slice as it is in the ledger
    raw_keys: tuple[str, ...]  #: raw objects without the person, in their order
    raws_lost: bool = False  #: raw objects that name them could not be rewritten
    records: int = 0  #: records taken out of the raw objects
    fact_key: str | None  #: the object of the facts without them; None = no facts are left
    rows: int = 0  #: rows taken out of the facts

    @property
    def changed(self) -> bool:
        """Whether the slice held anything of the person, or bytes that cannot be checked."""
        before = (self.entry.raw_keys, self.entry.loaded_raw_keys)
        after = (self.raw_keys, self.raw_keys if before[1] else ())
        return self.rows > 0 or self.raws_lost or before != after


def erase_from_slice(entry: Entry, person: Person, parts: Parts, *, write: bool) -> SliceErasure:
    """Find out what a slice's objects are without the person.

    With `write` the new objects are put into the lake. The old ones stay: nothing names the new
    ones until the ledger does.
    """
    who = person.known_to(entry.slice.source, entry.slice.stream)
    source, lake = parts.sources.get(entry.slice.source), parts.lake if write else None
    places: list[str] = []
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix=_PREFIX) as name:
        folder = Path(name)
        files = _rewrite_raws(
            entry, who, source, parts.lake, folder, lambda place, _raw: places.append(place)
        )
        keys = _put_raws(entry.usable_raws, files, lake)
        rows, key = 0, entry.fact_key
        if entry.fact_key is not None:
            rows, facts = _rewrite_facts(entry, who, parts.lake, folder)
            if rows:
                key = _put_facts(entry, facts, lake)
    return SliceErasure(
        entry=entry,
        raw_keys=keys,
        raws_lost=files is None,
        records=len(places),
        fact_key=None if rows == entry.counts.stored else key,
        rows=rows,
    )


def find_raw_records(entry: Entry, person: Person, parts: Parts, take: OnErased) -> None:
    """Call `take` with the place and the bytes of each raw record that names the person."""
    who = person.known_to(entry.slice.source, entry.slice.stream)
    source = parts.sources.get(entry.slice.source)
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix=_PREFIX) as name:
        _rewrite_raws(entry, who, source, parts.lake, Path(name), take)


def read_fact_rows(
    entry: Entry, person: Person, lake: Lake, spool: Path
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a slice's facts that name the person, with the stream's columns.

    Facts in a bucket are downloaded into a folder of `spool`, which `gradeline sweep` removes
    should this process be killed.
    """
    if entry.fact_key is None:
        return
    who = person.known_to(entry.slice.source, entry.slice.stream)
    fields = fields_of(entry.slice.source)
    with (
        tempfile.TemporaryDirectory(dir=spool, prefix=_PREFIX) as name,
        _open_facts(entry, lake, Path(name)) as facts,
    ):
        for batch in facts.iter_batches():
            yield batch.filter(match_rows(batch, fields, who))


def _rewrite_raws(
    entry: Entry, who: LearnerIds, source: Source | None, lake: Lake, folder: Path, take: OnErased
) -> Sequence[Path] | None:
    """Rewrite the raw files that name somebody into `folder`; None where that is impossible.

    A file that stays as it is is `Path()` in the result.
    """
    keys = entry.usable_raws
    if not keys:
        return ()
    kind = KINDS.get(entry.slice.source.partition(":")[0])
    if kind is None or not _knows_learners(kind, source, entry.slice.stream):
        return None
    try:
        paths = download_objects(keys, lake, folder)
        files = SliceFiles(
            planned=entry.planned,
            source=source,
            paths=paths,
            extensions=[Path(key).name.partition(".")[2] for key in keys],
        )
        rewritten = files.rewrite_without(who, folder, take)
    except (SourceError, ObjectMissing) as error:
        # The mapping has changed since, or an object is missing. Whoever asks to be forgotten
        # must not wait until that is fixed, so all raw bytes of the slice go.
        _log.warning("%s: its raw bytes cannot be rewritten: %s", entry.slice, type(error).__name__)
        return None
    if rewritten is None:
        return None
    return [Path() if new == old else new for new, old in zip(rewritten, paths, strict=True)]


def _knows_learners(kind: Kind, source: Source | None, stream: str) -> bool:
    """Whether it is known which fields of the raw records hold learners."""
    return not kind.learners_by_mapping or (source is not None and stream in source.streams)


def _put_raws(
    keys: Sequence[str], files: Sequence[Path] | None, lake: Lake | None
) -> tuple[str, ...]:
    """Return the keys of the rewritten raw files, put into the lake; `Path()` keeps its key."""
    if files is None:
        return ()
    new_keys = []
    for key, path in zip(keys, files, strict=True):
        if path == Path():
            new_keys.append(key)
            continue
        place, _, name = key.rpartition("/")
        new_keys.append(f"{place}/{digest_of(path)}.{name.partition('.')[2]}")
        if lake is not None:
            lake.put_new(new_keys[-1], path)
    return tuple(new_keys)


def _open_facts(entry: Entry, lake: Lake, folder: Path) -> pq.ParquetFile:
    (path,) = download_objects([str(entry.fact_key)], lake, folder)
    return pq.ParquetFile(path)


def _rewrite_facts(entry: Entry, who: LearnerIds, lake: Lake, folder: Path) -> tuple[int, Path]:
    """Count the rows of the facts that name somebody; if any do, write a file of the others."""
    fields, to = fields_of(entry.slice.source), folder / "facts.parquet"
    with _open_facts(entry, lake, folder) as facts:
        rows: int = sum(
            pc.sum(match_rows(batch, fields, who)).as_py() or 0 for batch in facts.iter_batches()
        )
        if rows:
            with FactWriter(to, facts.schema_arrow) as writer:
                for batch in facts.iter_batches():
                    writer.write(batch.filter(pc.invert(match_rows(batch, fields, who))))
    return rows, to


def _put_facts(entry: Entry, facts: Path, lake: Lake | None) -> str:
    schema = pq.read_schema(facts).remove_metadata()
    key = fact_key(entry.slice, [digest_of(facts)], "forgotten", schema)
    if lake is not None:
        lake.put_new(key, facts)
    return key
