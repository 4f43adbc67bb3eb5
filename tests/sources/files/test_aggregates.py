"""The functions that make one value of many rows are known without asking DuckDB in each run."""

import duckdb

from gradeline.sources.tabular.aggregates import AGGREGATES


def test_the_list_is_that_of_duckdb():
    """A DuckDB with more aggregates, or fewer, needs another list."""
    listed = duckdb.sql(
        "SELECT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'"
    )
    assert {name for (name,) in listed.fetchall()} == AGGREGATES
