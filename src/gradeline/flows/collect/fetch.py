"""Landing: raw bytes of several slices at once on their way from a source into the lake.

Runs share the work: a slice is claimed before it is asked for and stays claimed until the run
that claimed it is done with it. Fetching happens in threads, and reading where the source has
it so; whoever iterates here loads one slice after another, so memory stays as flat as for one.
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

from gradeline.base.errors import DiskFull, GradelineError, LakeError, SourceError
from gradeline.base.logs import share_log_ids
from gradeline.flows.collect.exclude_forgotten import exclude_forgotten
from gradeline.flows.parts import Parts
from gradeline.lake import Lake, digest_of, raw_key
from gradeline.records.slices import Slice
from gradeline.sources.source import Fetch, LoadedRaws, Reading, Source
from gradeline.warehouse import Connection
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry

#: How often a run looks whether another run's slice has come to its end, in seconds.
_LOOK_AGAIN_S = 0.2
#: Disk full, quota reached, file larger than the process may write.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DISK_FAILS = "That disk fails: set GRADELINE_HOME to a whole one, then run again."


@dataclass(frozen=True, kw_only=True)
class LandedSlice:
    """A slice's raw bytes, safe in the lake."""

    keys: tuple[str, ...]
    paths: tuple[Path, ...]  #: the same bytes as files on this machine, in the same order
    written: int  #: objects that were not in the lake before
    spool: Path  #: a folder of its own that goes when the next slice is asked for
    reading: Reading | None = None  #: what it holds, its facts written; null = not read yet

    @property
    def facts(self) -> Path:
        """Where its facts are written."""
        return self.spool / "facts.parquet"


@dataclass(frozen=True, kw_only=True)
class FetchResult:
    """What became of one slice's fetching."""

    entry: Entry
    landed: LandedSlice | None = None  #: null = see `error`; without one another run settled it
    error: SourceError | None = None  #: the source did not give it


def fetch_slices(
    work: list[Entry],
    source: Source,
    fetch: Fetch | None,
    parts: Parts,
    claiming: Connection,
) -> Generator[FetchResult]:
    """Every entry as its bytes arrive; one that another run works on is waited for.

    An entry is this run's alone until the next one is asked for. Closing the iterator early
    waits for what is under way; it has landed then, and the next run reads it.

    Raises:
        DiskFull: the disk is full.
        LakeError, WarehouseError: as they are.
    """
    todo = deque(work)
    with _Fetchers(source, fetch, parts) as fetchers:
        others = 0  # entries in a row that other runs hold
        while todo or fetchers.busy:
            while todo and fetchers.free and others < len(todo):
                entry = todo.popleft()
                if not claims.claim(claiming, entry.slice_id):
                    todo.append(entry)
                    others += 1
                    continue
                left = ledger.find_pending(claiming, entry.slice_id)
                # Without `fetch`, what another run has planned anew meanwhile is left to that run.
                if left is not None and (fetch is not None or left.usable_raws):
                    fetchers.start(left)
                    continue
                claims.release(claiming, entry.slice_id)
                yield FetchResult(entry=entry)
            others = 0
            if not fetchers.busy:
                time.sleep(_LOOK_AGAIN_S)
                continue
            with fetchers.next() as brought:
                yield brought
                claims.release(claiming, brought.entry.slice_id)


class _Fetchers:
    """Threads that fetch and land, each slice in a folder of its own."""

    def __init__(self, source: Source, fetch: Fetch | None, parts: Parts) -> None:
        self._source = source
        self._fetch = fetch
        self._parts = parts
        self._pool = ThreadPoolExecutor(
            source.parallel, thread_name_prefix="fetch", initializer=share_log_ids()
        )
        self._under_way: dict[Future[LandedSlice], tuple[Entry, Path]] = {}
        # While one slice is loaded the next ones are fetched already.
        self._places = source.parallel if source.parallel == 1 else 2 * source.parallel
        self._spool = tempfile.TemporaryDirectory(dir=parts.spool, prefix="fetch-")

    def __enter__(self) -> _Fetchers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind not in (None, GeneratorExit):
            self._source.stop()
        self._pool.shutdown(cancel_futures=True)
        self._spool.cleanup()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    @property
    def free(self) -> bool:
        """Whether one more may be started."""
        return len(self._under_way) < self._places

    def start(self, entry: Entry) -> None:
        """Let a thread fetch it."""
        folder = Path(tempfile.mkdtemp(dir=self._spool.name))
        future = self._pool.submit(_land, entry, self._source, self._fetch, self._parts, folder)
        self._under_way[future] = (entry, folder)

    @contextmanager
    def next(self) -> Iterator[FetchResult]:
        """The one that ends next; its folder goes with the block."""
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        future = done.pop()
        entry, folder = self._under_way.pop(future)
        try:
            yield self._outcome(entry, future)
        finally:
            shutil.rmtree(folder)

    def _outcome(self, entry: Entry, future: Future[LandedSlice]) -> FetchResult:
        try:
            return FetchResult(entry=entry, landed=future.result())
        except SourceError as error:
            return FetchResult(entry=entry, error=error)
        except OSError as error:
            raise disk_error(entry.slice, self._parts.spool, error) from error


def disk_error(whose: Slice, spool: Path, error: OSError) -> GradelineError:
    """What an error of the system about a slice's files means: a full disk, or what it says."""
    if error.errno in _FULL:
        return DiskFull(
            f"{whose} could not be written to {spool}: {error.strerror}.",
            hint="Free space there or set GRADELINE_HOME to another disk, then run again.",
        )
    file = error.filename or spool
    return LakeError(
        f"{whose} stopped at {file}: {error.strerror or error}.",
        hint=_DISK_FAILS
        if error.errno == errno.EIO
        else "Check that the user who runs Gradeline may read and write there, then run again.",
    )


def _land(
    entry: Entry, source: Source, fetch: Fetch | None, parts: Parts, spool: Path
) -> LandedSlice:
    landed = _landed(entry, source, fetch, parts, spool)
    if not (source.reads_ahead and landed.paths):
        return landed
    return replace(landed, reading=source.read(entry.planned, landed.paths, landed.facts))


def _landed(
    entry: Entry, source: Source, fetch: Fetch | None, parts: Parts, spool: Path
) -> LandedSlice:
    if fetch is None or entry.usable_raws:
        back = _fetched_back(entry.usable_raws, parts.lake, spool)
        return LandedSlice(keys=entry.usable_raws, paths=back, written=0, spool=spool)
    keys, paths, written = [], [], 0
    fetched = fetch(entry.planned, spool)
    kept, forgotten = exclude_forgotten(entry.planned, fetched, source, parts.database, spool)
    for raw in kept:
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


def loaded_raws(parts: Parts) -> LoadedRaws:
    """Return what gives the raw files that a slice was loaded from; none where they were swept."""

    def files_of(slice_: Slice, spool: Path) -> Sequence[Path]:
        with parts.database.connect() as connection:
            keys = ledger.read_entry(connection, slice_).loaded_raw_keys
        if not all(map(parts.lake.exists, keys)):
            return ()
        return _fetched_back(keys, parts.lake, Path(tempfile.mkdtemp(dir=spool)))

    return files_of


def _fetched_back(keys: tuple[str, ...], lake: Lake, spool: Path) -> tuple[Path, ...]:
    """Raw objects as files again, so that reading them anew asks the source for nothing."""
    paths = []
    for number, key in enumerate(keys):
        path = lake.local_path(key)
        if path is None:
            path = spool / f"{number}-{Path(key).name}"
            lake.download(key, path)
        paths.append(path)
    return tuple(paths)
