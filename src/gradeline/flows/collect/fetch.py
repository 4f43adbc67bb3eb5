"""Fetch: bring the raw bytes of several slices at once from a source into the lake.

Runs share the work: a slice is claimed before it is fetched and stays claimed until the run
that claimed it is done with it. Fetching happens in threads, and reading too where the source
reads ahead; whoever iterates here loads one slice after another, so memory stays flat.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.base.errors import (
    DiskFull,
    EncodingUnclear,
    GradelineError,
    LakeError,
    ObjectMissing,
    SourceError,
)
from gradeline.base.logs import share_log_ids
from gradeline.flows.collect.exclude_forgotten import exclude_forgotten
from gradeline.flows.own_errors import own_errors
from gradeline.flows.parts import Parts
from gradeline.lake import Lake, digest_of, raw_key
from gradeline.records.slices import Slice
from gradeline.sources.source import Fetch, LoadedRaws, Reading, Source
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry

#: How often a run looks whether another run's slice has come to its end, in seconds.
_LOOK_AGAIN_S = 0.2
#: Disk full, quota reached, file larger than the process may write.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DISK_FAILS = "That disk fails: set GRADELINE_HOME to a working one, then run again."


@dataclass(frozen=True, kw_only=True)
class LandedSlice:
    """A slice whose raw bytes are in the lake."""

    keys: tuple[str, ...]  #: its raw objects
    paths: tuple[Path, ...]  #: the same bytes as files on this machine, in the same order
    written: int  #: objects that were not in the lake before
    spool: Path  #: a folder of its own that goes when the next slice is asked for
    reading: Reading | None = None  #: what it holds, its facts written; None = not read yet
    unclear: EncodingUnclear | None = None  #: why it could not be read; a person decides

    @property
    def facts(self) -> Path:
        """Return where its facts are written."""
        return self.spool / "facts.parquet"


@dataclass(frozen=True, kw_only=True)
class FetchResult:
    """What became of fetching one slice; with neither of the two another run settled it."""

    entry: Entry
    landed: LandedSlice | None = None
    error: SourceError | None = None  #: why the source did not give it


def fetch_slices(
    work: list[Entry], source: Source, fetch: Fetch | None, parts: Parts, claiming: Connection
) -> Generator[FetchResult]:
    """Yield each slice as its bytes arrive; wait for those that another run works on.

    A slice is this run's alone until the next one is asked for. Closing the generator early
    waits for fetches under way; their bytes have landed then, and the next run reads them.

    Args:
        work: the slices, in the order in which they are fetched.
        source: the source, which reads them where it reads ahead.
        fetch: fetches a slice from the source; None = only what is in the lake.
        parts: the wired Gradeline.
        claiming: a connection in autocommit, used for claims only.

    Raises:
        DiskFull: the disk is full.
        LakeError, WarehouseError: as they are.
    """
    todo = deque(work)
    with _FetchPool(source, fetch, parts) as pool:
        others = 0  # entries in a row that other runs hold
        while todo or pool.busy:
            while todo and pool.has_room and others < len(todo):
                entry = todo.popleft()
                if not claims.claim(claiming, entry.slice_id):
                    todo.append(entry)
                    others += 1
                    continue
                left = ledger.find_pending(claiming, entry.slice_id)
                # Without `fetch`, what another run has planned again meanwhile is left to that run.
                if left is not None and (fetch is not None or left.usable_raws):
                    pool.start(left)
                    continue
                claims.release(claiming, entry.slice_id)
                yield FetchResult(entry=entry)
            others = 0
            if not pool.busy:
                time.sleep(_LOOK_AGAIN_S)
                continue
            with pool.next() as result:
                yield result
                claims.release(claiming, result.entry.slice_id)


class _FetchPool:
    """Threads that fetch and land, each slice in a folder of its own."""

    def __init__(self, source: Source, fetch: Fetch | None, parts: Parts) -> None:
        self._source = source
        self._fetch = fetch
        self._parts = parts
        self._threads = ThreadPoolExecutor(
            source.parallel, thread_name_prefix="fetch", initializer=share_log_ids()
        )
        self._under_way: dict[Future[LandedSlice], tuple[Entry, Path]] = {}
        # While one slice is loaded the next ones are fetched already.
        self._most = source.parallel if source.parallel == 1 else 2 * source.parallel
        self._spool = tempfile.TemporaryDirectory(dir=parts.spool, prefix="fetch-")

    def __enter__(self) -> _FetchPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind not in (None, GeneratorExit):
            self._source.stop()
        self._threads.shutdown(cancel_futures=True)
        self._spool.cleanup()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    @property
    def has_room(self) -> bool:
        """Whether one more may be started."""
        return len(self._under_way) < self._most

    def start(self, entry: Entry) -> None:
        """Fetch a slice in one of the threads."""
        folder = Path(tempfile.mkdtemp(dir=self._spool.name))
        future = self._threads.submit(
            _land_and_read, entry, self._source, self._fetch, self._parts, folder
        )
        self._under_way[future] = (entry, folder)

    @contextmanager
    def next(self) -> Iterator[FetchResult]:
        """Wait for the slice that ends next; its folder is removed with the block."""
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        future = done.pop()
        entry, folder = self._under_way.pop(future)
        try:
            yield self._result(entry, future)
        finally:
            shutil.rmtree(folder)

    def _result(self, entry: Entry, future: Future[LandedSlice]) -> FetchResult:
        try:
            return FetchResult(entry=entry, landed=future.result())
        except SourceError as error:
            return FetchResult(entry=entry, error=error)
        except OSError as error:
            raise to_disk_error(entry.slice, self._parts.spool, error) from error


def is_disk_full(error: Exception) -> bool:
    """Return whether the system refused to write because a disk or a quota is full."""
    return isinstance(error, OSError) and error.errno in _FULL


def to_disk_error(slice_: Slice, spool: Path, error: OSError) -> GradelineError:
    """Translate an error of the system about a slice's files: a full disk, or a failing one."""
    if is_disk_full(error):
        return DiskFull(
            f"{slice_} could not be written to {spool}: {error.strerror}.",
            hint="Free space there or set GRADELINE_HOME to another disk, then run again.",
        )
    file = error.filename or spool
    return LakeError(
        f"{slice_} stopped at {file}: {error.strerror or error}.",
        hint=_DISK_FAILS
        if error.errno == errno.EIO
        else "Check that the user who runs Gradeline may read and write there, then run again.",
    )


def loaded_raws(database: Database, lake: Lake) -> LoadedRaws:
    """Return a function that gives the raw files a slice was loaded from; none if swept."""

    def files_of(slice_: Slice, spool: Path) -> Sequence[Path]:
        with database.connect() as connection:
            keys = ledger.read_entry(connection, slice_).loaded_raw_keys
        if not all(map(lake.exists, keys)):
            return ()
        return download_objects(keys, lake, Path(tempfile.mkdtemp(dir=spool)))

    return files_of


def _land_and_read(
    entry: Entry, source: Source, fetch: Fetch | None, parts: Parts, spool: Path
) -> LandedSlice:
    landed = _land(entry, source, fetch, parts, spool)
    if not (source.reads_ahead and landed.paths):
        return landed
    try:
        with own_errors(str(entry.slice)):
            reading = source.read(entry.planned, landed.paths, landed.facts)
    except EncodingUnclear as unclear:
        return replace(landed, unclear=unclear)
    return replace(landed, reading=reading)


def _land(
    entry: Entry, source: Source, fetch: Fetch | None, parts: Parts, spool: Path
) -> LandedSlice:
    if fetch is None or entry.usable_raws:
        files = download_objects(entry.usable_raws, parts.lake, spool)
        return LandedSlice(keys=entry.usable_raws, paths=files, written=0, spool=spool)
    keys, paths, written = [], [], 0
    with own_errors(str(entry.slice)):
        raws, forgotten = exclude_forgotten(
            entry.planned, fetch(entry.planned, spool), source, parts.database, spool
        )
    for raw in raws:
        digest = digest_of(raw.path)
        key = raw_key(entry.slice.source, raw.stream, raw.window, digest, raw.extension)
        written += parts.lake.put_new(key, raw.path)
        keys.append(key)
        paths.append(raw.path)
    with parts.database.connect() as connection:
        ledger.mark_landed(
            connection,
            entry.slice_id,
            keys,
            fingerprint=entry.planned_fingerprint,
            forgotten=forgotten,
        )
    return LandedSlice(keys=tuple(keys), paths=tuple(paths), written=written, spool=spool)


def download_objects(keys: Sequence[str], lake: Lake, folder: Path) -> tuple[Path, ...]:
    """Return objects as files on this machine: those of a bucket are written into `folder`.

    Raises:
        ObjectMissing: one of them is not in the lake.
    """
    paths = []
    for number, key in enumerate(keys):
        path = lake.local_path(key)
        if path is None:
            path = folder / f"{number}-{Path(key).name}"
            lake.download(key, path)
        elif not path.exists():
            raise ObjectMissing(f"{key} is not in {lake.url}.")
        paths.append(path)
    return tuple(paths)
