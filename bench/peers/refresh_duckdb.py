"""The peer of a refresh: `refresh.sql` on DuckDB over the publishers' files, and its floor."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from bench import publishers

MAKES = "create or replace"


def compute(threads: int = 2) -> dict[str, pa.Table]:
    """Every number of the refresh by the name of its statement."""
    connection = publishers.peer(threads)
    found: dict[str, pa.Table] = {}
    for name, sql in publishers.named_sql(publishers.PEERS / "refresh.sql").items():
        if MAKES in sql:
            connection.execute(sql)
        else:
            found[name] = connection.sql(sql).to_arrow_table()
    connection.close()
    return found


def floor(threads: int = 2) -> None:
    """One scan of the columns that a refresh needs, summed so that nothing is skipped."""
    connection: duckdb.DuckDBPyConnection = publishers.peer(threads)
    connection.sql("select sum(id_student), sum(date) from studentVle").fetchall()
    connection.sql(
        "select sum(id_student), sum(id_assessment), sum(date_submitted), sum(is_banked), "
        "sum(score) from studentAssessment"
    ).fetchall()
    connection.close()
