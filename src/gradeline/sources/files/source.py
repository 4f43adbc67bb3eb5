"""The `files` source: what a school has as files, and SQL that says what they mean."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradeline.base.errors import InputBroken
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.encodings.rules import NO_ENCODINGS, Encodings, rule_for
from gradeline.sources.erasure.learners import IsForgotten, LearnerIds, OnErased
from gradeline.sources.files import erase
from gradeline.sources.files.accounts import SliceOfQuery, assign_files
from gradeline.sources.files.datasets import SETTING, Dataset
from gradeline.sources.files.folder import Folder
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, Reading
from gradeline.sources.tabular.builtin import require_folder
from gradeline.sources.tabular.data_folder import DataFile, data_file, digest_of
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.mapping import MappingFolder, load_mapping
from gradeline.sources.tabular.read import read_slice
from gradeline.sources.tabular.streams import VERSION, row_tables, streams_of
from gradeline.sources.tabular.views import OpenFile, check_file

if TYPE_CHECKING:
    import ibis.expr.types as ir


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `tabular.to_canonical` documents."""
    from gradeline.sources.tabular.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What all datasets share.
FILES = Kind(
    tables=row_tables(), to_canonical=to_canonical, keys_once=True, learners_by_mapping=True
)
#: The stream part of a raw file's key: one file serves several streams.
RAW_STREAM = "file"


def open_files(
    dataset: Dataset,
    *,
    school_timezone: str = "UTC",
    spool: Path | None = None,
    encodings: Encodings = NO_ENCODINGS,
) -> FilesSource:
    """Open the source of one dataset, named `files:<name>`; reads its folder only when it plans.

    Text files are turned into Parquet once, in a folder in `spool` (else the system's) that goes
    with the source. Their encodings are found where `encodings` does not name them.
    """
    return FilesSource(dataset, school_timezone, spool, encodings)


class FilesSource:
    """One folder of files read by one mapping. Slices are files: one per table and leading file.

    The mapping is loaded when it is first needed, so that one with a mistake stops nothing but
    this source.
    """

    lists_all = True
    parallel = 2  # reading needs a processor of its own, and memory as for one more
    reads_ahead = True  # there is nothing to wait for, so who fetches reads

    def __init__(
        self, dataset: Dataset, timezone: str, spool: Path | None, encodings: Encodings
    ) -> None:
        self.name = f"files:{dataset.name}"
        self.dataset = dataset
        self.timezone = timezone
        self.encodings = encodings
        self._spool = spool
        self._clean: Path | None = None

    @cached_property
    def mapping(self) -> MappingFolder:
        """The mapping, parsed.

        Raises:
            InputMissing: its folder does not exist.
            MappingBroken: it has a mistake.
        """
        return load_mapping(require_folder(self.dataset.mapping, SETTING))

    @cached_property
    def streams(self) -> Mapping[str, Stream]:
        """One stream for each table of the mapping; raises as `mapping` does."""
        return streams_of(self.mapping, self.timezone)

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - files have no time and no course
        """Plan one slice for each table of the mapping and each file of its leading table.

        Raises:
            InputMissing: a folder, or a file that the mapping reads, does not exist.
            MappingBroken: the mapping has a mistake.
            InputBroken: two files in different formats would be one table.
        """
        folder = Folder(self.dataset)
        slices = [
            each for query in self.mapping.queries.values() for each in folder.slices_of(query)
        ]
        accounts = assign_files(slices)
        planned = [self._planned(folder, *pair) for pair in zip(slices, accounts, strict=True)]
        return Plan(slices=planned, fetch=self._fetch)

    def _fetch(
        self,
        planned: PlannedSlice,
        spool: Path,  # noqa: ARG002 - they lie where they are
    ) -> Sequence[RawFile]:
        """Check the file of the slice and all others it depends on; they are read where they lie.

        Raises:
            InputMissing: a file is gone.
            InputBroken: a file is empty, cut, or changed since the slice was planned.
        """
        raws = []
        for name, digest in _depends(planned):
            file = data_file(self.dataset.data, name)
            check_file(file)
            _refuse_changed(file.name, file.path, digest)
            raws.append(
                RawFile(path=file.path, stream=RAW_STREAM, window=name, extension=file.format)
            )
        return raws

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each row the mapping gives over the slice's file, write the good ones to `facts`.

        `raws` are the files of `fetch`, or copies of them, in the same order.

        Raises:
            InputBroken: a file cannot be read, lacks a column, or is not the one planned.
            MappingBroken: the SQL has a mistake.
            DiskFull: the disk is full.
        """
        job = self._job(planned, raws, facts.parent)
        before = [_stamp(file.path) for file in job.files]
        for file in job.files:
            if file.path == file.file.path:  # a copy is ours and does not change
                _refuse_changed(file.name, file.path, file.digest)
        reading = read_slice(job, facts)
        if before != [_stamp(file.path) for file in job.files]:
            facts.unlink(missing_ok=True)
            raise _changed(job.files[0].name)
        return reading

    def find_learners(
        self, planned: PlannedSlice, raws: Sequence[Path], is_forgotten: IsForgotten
    ) -> frozenset[str]:
        """Return the ids and e-mails in a slice's files for which `is_forgotten` is true."""
        with self._private_folder() as folder:
            return erase.find_learners(self._erasure_job(planned, raws, folder), is_forgotten)

    def erase_learners(
        self,
        planned: PlannedSlice,
        raws: Sequence[Path],
        learners: LearnerIds,
        spool: Path,
        on_erased: OnErased,
    ) -> Sequence[Path] | None:
        """Write a slice's files without these learners and return them in their order."""
        with self._private_folder() as folder:
            job = self._erasure_job(planned, raws, folder)
            return erase.erase_learners(job, learners, spool, on_erased)

    def stop(self) -> None:
        """Do nothing: no request is under way."""

    @contextmanager
    def _private_folder(self) -> Iterator[Path]:
        """Yield a folder for intermediate files, which still name the learners; it is deleted."""
        with tempfile.TemporaryDirectory(prefix="gradeline-files-", dir=self._spool) as folder:
            yield Path(folder)

    def _job(
        self, planned: PlannedSlice, raws: Sequence[Path], spool: Path, clean: Path | None = None
    ) -> Job:
        """Return a slice to be read from its files: where they were planned, or copies of them."""
        files = []
        for (name, digest), path in zip(_depends(planned), raws, strict=True):
            file = data_file(self.dataset.data, name)
            # A copy may be one without learners who were forgotten: it has a digest of its own.
            known = digest if path == file.path else digest_of(path)
            files.append(self._open_file(file, path, known, guess=planned.released))
        return Job(
            slice=planned.slice,
            query=self.mapping.queries[planned.slice.stream],
            mapping=self.mapping,
            files=files,
            timezone=self.timezone,
            clean=clean or self._clean_folder(),
            spool=spool,
            **_place(planned),
        )

    def _open_file(self, file: DataFile, path: Path, digest: str, *, guess: bool) -> OpenFile:
        return OpenFile(
            file=file,
            path=path,
            digest=digest,
            used=self.mapping.columns_read(file.table.lower()),
            rule=rule_for(self.encodings, self.dataset.name, file.name, guess=guess),
        )

    def _erasure_job(self, planned: PlannedSlice, raws: Sequence[Path], spool: Path) -> Job:
        """Return a slice whose learners are to be found, with the files that this takes.

        Where the encoding of a file is not clear its likeliest one serves: ids and e-mails are
        ASCII nearly always, and nothing that is found here is stored.

        Raises:
            InputMissing: one of the files that it does not read itself is gone.
        """
        job = self._job(replace(planned, released=True), raws, spool, spool)
        tables = erase.find_joined_tables(job)
        if not tables:
            return job
        folder = Folder(self.dataset)
        folder.require(tables, self.dataset.mapping.name)
        files = [file for table in sorted(tables) for file in folder.tables[table]]
        joined = [
            self._open_file(file, file.path, folder.digest(file), guess=True) for file in files
        ]
        return replace(job, joined=joined)

    def _clean_folder(self) -> Path:
        """Where text files lie once they are Parquet; made at first need, gone with the source."""
        if self._clean is None or not self._clean.is_dir():
            self._clean = Path(tempfile.mkdtemp(prefix="gradeline-files-", dir=self._spool))
            weakref.finalize(self, shutil.rmtree, self._clean, ignore_errors=True)
        return self._clean

    def _planned(
        self, folder: Folder, each: SliceOfQuery, accounts: frozenset[str]
    ) -> PlannedSlice:
        query, leading = each.query, each.files[0]
        files = [leading, *folder.others(query, self.mapping, leading)]
        depends = [[file.name, folder.digest(file)] for file in files]
        related = self.mapping.related(query.table)
        sql = [text for one in (query, *related) for text in one.whole_sql]
        place = {"accounts": sorted(accounts), "part": each.part, "parts": each.parts}
        # Further files of the leading table change nothing but which slice has a UNION's rows.
        decides = [place["accounts"], each.part == 0 if query.united else None]
        content = [VERSION, self.timezone, self.mapping.macros, sql, depends, decides]
        content += self._said(files)
        return PlannedSlice(
            slice=Slice(source=self.name, stream=query.table, window=leading.name),
            fingerprint=hashlib.sha256(json.dumps(content).encode()).hexdigest(),
            detail={"files": depends, **place},
        )

    def _said(self, files: Sequence[DataFile]) -> list[Mapping[str, str]]:
        """What settings say of the encodings of files; nothing where they are found."""
        rules = (rule_for(self.encodings, self.dataset.name, file.name) for file in files)
        said = {rule.key: rule.name for rule in rules if rule.name is not None}
        return [said] if said else []


def _depends(planned: PlannedSlice) -> list[tuple[str, str]]:
    """Return the files a slice was planned from, the leading one first: name and SHA-256."""
    listed: Any = planned.detail["files"]
    return [(name, digest) for name, digest in listed]


def _place(planned: PlannedSlice) -> dict[str, Any]:
    """Return which broken lines a slice counts, and its place among those of its query."""
    detail: Mapping[str, Any] = planned.detail
    if "accounts" not in detail:  # planned by an earlier version, and read only to erase learners
        return {"accounts": frozenset({_depends(planned)[0][0]})}
    numbers = {"part": detail["part"], "parts": detail["parts"]}
    return {"accounts": frozenset(detail["accounts"]), **numbers}


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _refuse_changed(name: str, path: Path, digest: str) -> None:
    if digest_of(path) != digest:
        raise _changed(name)


def _changed(name: str) -> InputBroken:
    return InputBroken(f"{name} changed while it was read.", hint="Run again when it is whole.")
