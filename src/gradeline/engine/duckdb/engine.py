"""The default engine: DuckDB in this process, reading Parquet by path or through fsspec."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from gradeline.engine.duckdb.rows import DuckRowSession
from gradeline.engine.duckdb.sql import SET_UP
from gradeline.engine.engine import FileSystem
from gradeline.engine.errors import map_duckdb_errors
from gradeline.engine.memory import release_memory
from gradeline.engine.spill import spill_folder

if TYPE_CHECKING:
    from gradeline.engine.duckdb.session import DuckSession

#: MiB; more means less spilling. The school of the demo needs more than 144 of them.
MEMORY_MB = 272

_Config = dict[str, str | bool | int | float | list[str]]


class DuckEngine:
    """Works in bounded memory and spills to disk."""

    def __init__(
        self, *, memory_mb: int = MEMORY_MB, threads: int | None = None, spill: Path
    ) -> None:
        self._memory_mb = memory_mb
        self._threads = threads
        self._spill = spill

    @contextmanager
    def row_session(
        self, filesystem: FileSystem | None = None, *, share: float = 1.0
    ) -> Iterator[DuckRowSession]:
        """Open a session that turns facts into rows in a share of the memory; see `Engine`.

        It has one thread: the caller keeps another processor busy, and a second thread would take
        15 MB more.
        """
        with self._opened(filesystem, share, threads=1) as (connection, spill):
            yield DuckRowSession(connection, spill)

    @contextmanager
    def session(self, filesystem: FileSystem | None = None) -> Iterator[DuckSession]:
        """Open a session that computes expressions; see `Engine`.

        Its spill files are in a folder of its own, which is deleted with it.
        """
        # Importing Ibis takes half a second and 42 MB, which collecting does not need.
        from gradeline.engine.duckdb.session import open_session

        with (
            self._opened(filesystem) as (connection, spill),
            open_session(connection, spill) as session,
        ):
            yield session
        release_memory()  # before what was computed is published, which takes memory too

    @contextmanager
    def _opened(
        self, filesystem: FileSystem | None, share: float = 1.0, threads: int | None = None
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
        with ExitStack() as stack:
            with map_duckdb_errors("opening a session", str(self._spill)):
                spill = stack.enter_context(spill_folder(self._spill))
                config = self._configured(spill, share, threads or self._threads)
                connection = stack.enter_context(_connection(config))
            if filesystem is not None:
                connection.register_filesystem(filesystem)
            yield connection, spill

    def _configured(self, spill: Path, share: float, threads: int | None) -> _Config:
        config: _Config = {
            # An extension from the network would be code without a locked hash.
            "autoload_known_extensions": False,
            "autoinstall_known_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": f"{self._memory_mb * share:.0f}MiB",
            # Its allocator otherwise keeps up to this much of each thread's free memory: 128 MB.
            "allocator_flush_threshold": "16MiB",
            "allocator_bulk_deallocation_flush_threshold": "16MiB",
            "allocator_background_threads": True,
            "temp_directory": str(spill),
            # Rows have no order until an expression sorts them; keeping the files' order would
            # hold whole columns in memory.
            "preserve_insertion_order": False,
        }
        if threads is not None:
            config["threads"] = threads
        return config


@contextmanager
def _connection(config: _Config) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute(SET_UP)
        yield connection
    finally:
        connection.close()
