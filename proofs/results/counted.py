"""The numbers that a run counted, without where they came from: results, by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse
from proofs.rig.command import School
from proofs.rig.state import digests, table_digests

#: Tables that record work or its history; all others hold facts and what was counted from them.
RECORDS = frozenset(
    {"slices", "quarantine", "documents", "schema_migrations", "builds", "kpi_history"}
)
#: Of these, what differs where the same records come in other files or other places.
PLACED = ("files_", "course_keys")


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was counted and what people get of it."""

    tables: Mapping[str, str]  #: result table → digest of its rows
    documents: Mapping[str, str]  #: course documents → digest of their bytes

    def differs_from(self, other: Results) -> str:
        """Where two countings differ; empty where they do not."""
        if not self.tables:
            return "nothing was counted"
        mine, theirs = {**self.tables, **self.documents}, {**other.tables, **other.documents}
        names = sorted(name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name))
        return f"other numbers in {', '.join(names[:5])}" if names else ""


def results_of(school: School) -> Results:
    """The digests of what a school's runs have counted, and of its documents."""
    with open_warehouse(EmbeddedServer(home=school.home), say=lambda _: None) as database:
        tables = counted_in(database)
    documents = {**digests(school.home, "reports"), **digests(school.home, "metrics")}
    return Results(tables=tables, documents=documents)


def counted_in(database: Database, *, rows: bool = False) -> Mapping[str, str]:
    """The digests of the tables of results, or with `rows` of all tables but those of records."""
    with database.connect(Role.BACKUP) as connection:
        tables = table_digests(connection)
    return {name: digest for name, digest in tables.items() if _counts(name, rows)}


def _counts(name: str, rows: bool) -> bool:
    table = name.rpartition(".")[2]
    return table not in RECORDS and (rows or not table.startswith(PLACED))
