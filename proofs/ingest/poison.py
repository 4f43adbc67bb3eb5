"""A4: broken records go to quarantine, the others go on; too many and the slice is held."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.warehouse import EmbeddedServer, Role, open_warehouse
from proofs.ingest.crash_run import AS_OF
from proofs.ingest.replay import replayed
from proofs.promise import Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.invariants import find_violations
from proofs.rig.oulad import as_csv, copied, cut

#: Columns of studentAssessment.csv and values that mean nothing there.
POISONS = (
    ("score", "abc"),
    ("score", "1e999"),
    ("score", "-7"),
    ("score", "250"),
    ("date_submitted", "soon"),
    ("date_submitted", ""),
    ("date_submitted", "99999999999"),
    ("id_student", ""),
    ("id_assessment", "no such"),
    ("is_banked", "perhaps"),
)
FILE = "studentAssessment.csv"
SHARES = (0.001, 0.01, 0.04, 0.06, 0.5, 1.0)
HOLD_ABOVE = 0.05

_LEDGER = """
select state, received, stored, already_there, quarantined from slices
where "window" = %s
"""
_ALL = "select state, received, stored + already_there + quarantined from slices"

_QUARANTINE = """
select reason, place, length(raw) from quarantine where closed_at is null
"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the ledger says of the poisoned file."""

    state: str
    received: int
    stored: int
    already_there: int
    quarantined: int


def poison(setting: Setting) -> Iterator[Try]:
    """Break records, run, read the ledger; fix the file, or how it is read; compare."""
    yield from _broken(setting)
    yield from replayed(setting)


def _broken(setting: Setting) -> Iterator[Try]:
    """Break a share of the submissions, run, read the ledger; fix the file, run, compare."""
    parquet = cut(setting.folder / "cut", presentations=("2013J",))
    data = as_csv(parquet, setting.folder / "csv")
    total = len((data / FILE).read_text().splitlines()) - 1
    made = make_home(setting.folder / "made")
    for share in SHARES if not setting.small else (0.01, 0.5):
        with school(setting.folder / f"share-{share}", data, like=made, forks=True) as place:
            own = copied(data, place.home.parent / "data")
            broken = _poisoned(own / FILE, share, setting.luck)
            where = replace(place, data=own)
            done = where.call("run", where.source, *AS_OF)
            found = _standing(where)
            wrong = _judged(found, broken, total, done.returncode) or _unlawful(where)
            wrong = wrong or _kept(where, broken) or find_violations(where)
            (own / FILE).write_bytes((data / FILE).read_bytes())
            wrong = wrong or _fixed(where, total)
            yield Try(name=f"{broken} of {total} broken", wrong=wrong)


def _poisoned(file: Path, share: float, luck: random.Random) -> int:
    """Break that share of the rows, at least one; how many were broken."""
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    many = max(1, round(share * len(rows)))
    for row in luck.sample(rows, many):
        column, value = luck.choice(POISONS)
        row[column] = value
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return many


def _judged(found: Standing, broken: int, total: int, code: int) -> str:
    """What is wrong with the ledger's word on a file with so many broken rows."""
    if broken > HOLD_ABOVE * total:
        if found.state != "held":
            return f"{found.state} instead of held"
        return "" if code == 1 and found.stored == 0 else f"exit {code}, {found.stored} stored"
    if found.state != "loaded" or code != 0:
        return f"{found.state}, exit {code}"
    if (found.received, found.quarantined) != (total, broken):
        return f"received {found.received} of {total}, quarantined {found.quarantined} of {broken}"
    return ""


def _unlawful(place: School) -> str:
    """Slices for which received = stored + already there + quarantined does not hold."""
    wrong = [
        row for row in _asked(place, _ALL) if row[0] in ("loaded", "empty") and row[1] != row[2]
    ]
    return f"the ledger's law is broken: {wrong}" if wrong else ""


def _kept(place: School, broken: int) -> str:
    """Every broken record must be in quarantine, with a reason, a place and its bytes."""
    rows = _asked(place, _QUARANTINE)
    whole = [row for row in rows if all(row)]
    return "" if len(whole) == broken else f"{len(whole)} of {broken} records are in quarantine"


def _fixed(place: School, total: int) -> str:
    """Run over the fixed file: every row must be there, and none in quarantine."""
    done = place.call("run", place.source, *AS_OF)
    found = _standing(place)
    if done.returncode != 0:
        return f"the fixed file failed: {done.stderr[-300:]}"
    if (found.state, found.received, found.stored, found.quarantined) != (
        "loaded",
        total,
        total,
        0,
    ):
        return f"after the fix: {found}"
    return ""


def _standing(place: School) -> Standing:
    rows = _asked(place, _LEDGER, (FILE,))
    if len(rows) != 1:
        raise AssertionError(f"{len(rows)} slices of {FILE} in the ledger")
    state, received, stored, already_there, quarantined = rows[0]
    return Standing(
        state=str(state),
        received=int(str(received)),
        stored=int(str(stored)),
        already_there=int(str(already_there)),
        quarantined=int(str(quarantined)),
    )


def _asked(place: School, query: str, values: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect(Role.BACKUP) as connection,
    ):
        return list(connection.execute(query.encode(), values).fetchall())
