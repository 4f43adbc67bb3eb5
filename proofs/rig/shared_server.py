"""Schools whose databases are copies on one server, for collecting without the whole command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from gradeline.warehouse import Database
from proofs.rig.command import School
from proofs.rig.in_process import HomeServer


@contextmanager
def served_school(
    there: HomeServer,
    data: Path,
    mapping: str,
    *,
    like: Database | None = None,
    home: Path | None = None,
) -> Iterator[tuple[School, Database]]:
    """A school, its database and home empty or copies; both go with the block."""
    with there.copy(like) as (database, folder):
        if home is not None:
            shutil.copytree(home, folder / "home")
        env = {"DATABASE_URL": _url(database)}
        place = School(home=folder / "home", data=data, mapping=mapping, env=env, forks=True)
        yield place, database


def oulad(there: HomeServer, data: Path) -> AbstractContextManager[tuple[School, Database]]:
    """A school with nothing in it yet, whose data are a cut of OULAD."""
    return served_school(there, data, "builtin:oulad")


def _url(database: Database) -> str:
    told = dict(database.login.parameters)
    user, password = quote(told.pop("user"), ""), quote(told.pop("password", ""), "")
    return f"postgresql://{user}:{password}@/{database.name}?{urlencode(told)}"
