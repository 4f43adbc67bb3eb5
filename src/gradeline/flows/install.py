"""Install: the canonical tables become views of the warehouse, from the expressions metrics use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import ibis
import ibis.expr.types as ir

from gradeline.flows.united import plans_last, united, with_plans
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN
from gradeline.records.tables import CANONICAL
from gradeline.sources import KINDS
from gradeline.sources.planification import NAME as PLANIFICATION
from gradeline.sources.source import Kind
from gradeline.warehouse import Database
from gradeline.warehouse.views import Definitions, ensure_views

#: A table that people fill; what sources add to it is read from there.
_LINKS = "learner_links"
#: What files of ours the views depend on, wherever in the package they lie.
_CODE = (".py", ".yaml")


def install(database: Database) -> int:
    """Make the canonical views where they are missing or their meaning changed; how many."""
    names = CANONICAL.keys() - {_LINKS}
    return ensure_views(database, Definitions(names=names, made_from=_code(), make=_compiled))


def _compiled() -> Mapping[str, tuple[str, str]]:
    return {
        name: (ibis.to_sql(expression, dialect="postgres"), CANONICAL[name].meaning)
        for name, expression in canonical_views().items()
    }


def _code() -> str:
    """A digest of our code and of Ibis: compiling takes a hundred times as long as reading it."""
    digest = hashlib.sha256(ibis.__version__.encode())
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in _CODE:
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def canonical_views() -> Mapping[str, ir.Table]:
    """Each canonical table as the union of what all kinds of sources mean by it."""
    found: dict[str, list[ir.Table]] = {}
    for kind_name, kind in plans_last(_kinds()):
        for name, table in kind.meaning(_streams(kind)).items():
            if kind_name == PLANIFICATION:
                found[name] = with_plans(found.get(name, ()), table)
            else:
                found.setdefault(name, []).append(table)
    return {name: united(tables) for name, tables in found.items() if name != _LINKS}


def _kinds() -> Mapping[str, Kind]:
    """Each kind once: two whose rows lie in the same tables are one here."""
    found: dict[str, Kind] = {}
    for name, kind in KINDS.items():
        if not any(kind is other for other in found.values()):
            found[name] = kind
    return found


def _streams(kind: Kind) -> Mapping[str, ir.Table]:
    """The row tables of a kind as its streams' facts: the slice by its name, its source beside."""
    slices = ibis.table({"slice_id": "int64", "name": "string", "source": "string"}, name="slices")
    streams = {}
    for stream, table in kind.tables.items():
        rows = ibis.table(ibis.schema(table.schema), name=table.name)
        joined = rows.left_join(slices, SLICE_ID_COLUMN)
        own = [
            name for name in table.schema.names if name not in (SLICE_ID_COLUMN, POSITION_COLUMN)
        ]
        streams[stream] = joined.select(
            joined["name"].name(SLICE_COLUMN),
            joined["source"].name("source_name"),
            POSITION_COLUMN,
            *own,
        )
    return streams
