"""Queries of a session, one beside the other and alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import duckdb
import pytest

from gradeline.base.errors import OutOfMemory
from gradeline.engine.scheduler import QueryScheduler


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with three threads."""
    with duckdb.connect(config={"threads": 3}) as made:
        yield made


def threads(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many threads DuckDB has."""
    return int(cursor.sql("SELECT current_setting('threads')").fetchall()[0][0])


def needs_all(cursor: duckdb.DuckDBPyConnection) -> int:
    """A query whose memory suffices for one thread alone."""
    if threads(cursor) > 1:
        raise OutOfMemory("too little")
    return 1


def too_large(cursor: duckdb.DuckDBPyConnection) -> int:
    """A query whose memory never suffices."""
    raise OutOfMemory(f"too little for {threads(cursor)}")


def test_a_query_that_lacks_memory_runs_again_alone_in_one_thread(
    connection: duckdb.DuckDBPyConnection,
):
    """Both queries have their results in one thread, and the next one has all threads again."""
    with closing(QueryScheduler([connection.cursor(), connection.cursor()])) as scheduler:
        begun = [scheduler.start((), needs_all) for _ in range(8)]
        assert [each.result(timeout=30) for each in begun] == [1] * 8
        assert scheduler.start((), threads).result(timeout=30) == 3


def test_a_query_too_large_for_all_of_the_memory_fails(connection: duckdb.DuckDBPyConnection):
    """It is tried once more, not for ever, and the others go on."""
    with closing(QueryScheduler([connection.cursor(), connection.cursor()])) as scheduler:
        with pytest.raises(OutOfMemory, match="too little for 1"):
            scheduler.start((), too_large).result(timeout=30)
        assert scheduler.start((), needs_all).result(timeout=30) == 1
