"""A2: a run over what is already there adds no row, changes no row, writes no object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradeline.warehouse import EmbeddedServer, Role, open_warehouse
from proofs.ingest.crash_run import AS_OF, small_school
from proofs.promise import Setting, Try
from proofs.rig.command import School, school
from proofs.rig.invariants import stamps
from proofs.rig.state import DOCUMENTS, state_of

_WRITES = """
select relid::regclass::text, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables
"""


def rerun(setting: Setting) -> Iterator[Try]:
    """Run once, then several times more; count every write."""
    data = small_school(setting)
    with school(setting.folder / "school", data, forks=True) as place:
        place.run(*AS_OF)
        wanted, rows, files = (
            state_of(place),
            _row_writes(place),
            stamps(place.home, "lake", *DOCUMENTS),
        )
        for turn in range(2, setting.many(6, 3)):
            place.run(*AS_OF)
            wrong = [wanted.differs_from(state_of(place))]
            wrong += _changed("rows were written", rows, _row_writes(place))
            wrong += _changed("files were written", files, stamps(place.home, "lake", *DOCUMENTS))
            yield Try(name=f"run {turn}", wrong="; ".join(part for part in wrong if part))


def _row_writes(place: School) -> Mapping[str, object]:
    """How many rows of each table were ever inserted, updated or deleted."""
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect(Role.BACKUP) as connection,
    ):
        return {str(table): writes for table, writes in connection.execute(_WRITES).fetchall()}


def _changed(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if names:
        yield f"{what}: {', '.join(sorted(names)[:5])}"
