"""The whole of OULAD read by our own source and opened as canonical tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine import Session
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.lake import Lake, fact_key, open_lake
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import open_files
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.slices.entry import FactObject, slice_id

OULAD = Path(__file__).parents[3] / "shared" / "data" / "oulad"
PARQUET = OULAD / "parquet"
LINKS = pa.table(
    {name: pa.array([], pa.string()) for name in ("source", "external_id", "learner_id")}
)


def opened(session: Session, folder: Path) -> Mapping[str, ir.Table]:
    """The canonical tables of OULAD, their facts in a lake in this folder."""
    lake = open_lake(f"file:{folder / 'lake'}")
    return open_canonical_tables(session, list(_read(lake, folder)), lake, LINKS)


def _read(lake: Lake, folder: Path) -> Iterator[FactObject]:
    (dataset,) = parse_datasets(f"oulad=builtin:oulad@{PARQUET}")
    source = open_files(dataset)
    plan = source.plan(PlanRequest())
    for planned in plan.slices:
        facts = folder / "facts.parquet"
        raws = [raw.path for raw in plan.fetch(planned, folder)]
        reading = source.read(planned, raws, facts)
        stream = source.streams[planned.slice.stream]
        key = fact_key(planned.slice, [planned.fingerprint], 1, stream.schema)
        lake.put_new(key, facts)
        yield FactObject(
            slice_id=slice_id(planned.slice),
            slice=planned.slice,
            key=key,
            courses=None,
            checksum=reading.checksum,
            stored=reading.counts.stored,
        )
