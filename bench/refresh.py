"""Bench (b): all metrics over the whole of OULAD, beside hand-written SQL, pandas and a scan.

The peer's SQL reads files and ends with tables in memory, as our metrics on the engine do: nothing
of it is durable. A whole refresh also asks the ledger what there is, packs documents and publishes
them in PostgreSQL; beside it stands the same SQL with its tables copied into plain ones there.
Every refresh has an as-of of its own, as it has for a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pyarrow as pa

from bench.equal import compare
from bench.home import bench_home, settings_of
from bench.home import run as run_command
from bench.peers import refresh_copied, refresh_duckdb, refresh_pandas
from bench.publishers import count_clicks
from bench.rounds import Turns, alternate, show, turn
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.refresh.compute import prepare, start_figures
from gradeline.flows.refresh.refresh import refresh, take_snapshot
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES
from gradeline.records.course_report import CourseReport
from gradeline.settings import read_settings
from gradeline.warehouse import results
from gradeline.wiring.run import terms_of, wire_run

AS_OF = datetime(2015, 12, 31, tzinfo=UTC)


def run(rounds: int) -> None:
    """Collect once, then count in turns; every number is compared before any time is."""
    with bench_home() as home:
        run_command(home, "--download-only")
        turns = measured(home, rounds)
    show(
        f"all metrics over {count_clicks():,} click rows",
        turns,
        "hand-written SQL",
        "pandas: KPIs, weeks, distribution and levels only; it reads files, as SQL does. "
        "Nothing of hand-written SQL is durable. Goal: our whole refresh ≤ 1.5",
    )


def measured(home: Path, rounds: int) -> Turns:
    """The turns of every contender over a home that holds all of OULAD.

    Raises:
        AssertionError: their numbers are not equal.
    """
    given = settings_of(home)
    settings = read_settings(home=home, overrides=given)
    terms = terms_of(settings, AS_OF)
    with wire_run(settings, print) as parts:
        first = turn(lambda: refresh(parts, terms, full=True))
        print(f"first refresh of a process: {first.seconds:.3f} s, cpu {first.processor:.3f} s")
        theirs = refresh_duckdb.compute()
        print(compare(_reports(parts), theirs).end())
        _pandas_agrees(theirs)
        return alternate(_contenders(parts, terms), rounds)


def _contenders(parts: Parts, terms: Terms) -> dict[str, Callable[[], object]]:
    later = (replace(terms, as_of=AS_OF + timedelta(seconds=second)) for second in count(1))
    return {
        "our whole refresh, published": lambda: refresh(parts, next(later), full=True),
        "our metrics on the engine": lambda: counted(parts, next(later)),
        "hand-written SQL": refresh_duckdb.compute,
        "the SQL, copied into plain tables": lambda: refresh_copied.publish(
            parts.database, refresh_duckdb.compute()
        ),
        "pandas, a subset": refresh_pandas.compute,
        "the floor: one scan": refresh_duckdb.floor,
    }


def counted(parts: Parts, terms: Terms) -> Mapping[str, pa.Table]:
    """Every figure of every family over the ledger's snapshot, as a refresh computes them."""
    with parts.database.connect() as connection:
        snapshot = take_snapshot(connection)
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = open_canonical_tables(
            session, snapshot.facts, parts.lake, snapshot.links, snapshot.courses
        )
        terms = snapshot.round_terms(terms)
        tables = prepare(session, canonical, terms)
        figures = start_figures(session, tables, terms, snapshot.kinds, FAMILIES)
        return {name: rows.result() for name, rows in figures.items()}


def _reports(parts: Parts) -> Mapping[str, CourseReport]:
    with parts.database.connect() as connection:
        return {
            course_id: results.read_course(connection, course_id)
            for course_id in results.course_ids(connection)
        }


def _pandas_agrees(theirs: Mapping[str, pa.Table]) -> None:
    """The two peers agree on the KPIs of every course.

    Raises:
        AssertionError: they do not.
    """
    rows = {row["course_id"]: row for row in theirs["kpis"].to_pylist()}
    for (module, presentation), found in refresh_pandas.compute()["kpis"].iterrows():
        for name, value in found.items():
            other = rows[f"{module}/{presentation}"][name]["value"]
            assert abs(other - value) < 1e-9, (module, presentation, name, other, value)
