"""The schema as a document: `schema.sql`, written from what the migrations add up to.

`make docs` writes it again after a new migration.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.embedded.programs import clean_environment, program_path
from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.location import EmbeddedServer
from gradeline.warehouse.opening import open_warehouse
from gradeline.warehouse.psql import client_environment

DOCUMENT = Path(__file__).parents[1] / "src/gradeline/warehouse/schema.sql"

_TITLE = "-- What all migrations add up to. Written by `make docs` (docs/build_schema.py).\n\n"

#: Lines of pg_dump that say nothing about the schema, or differ from run to run.
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", re.M)


def schema_sql(database: Database) -> str:
    """The schema of an embedded database as SQL, the same text whenever the schema is the same.

    Raises:
        WarehouseError: pg_dump failed; its words are in the message.
    """
    command = [str(program_path("pg_dump")), "--schema-only", "--schema=public", "--no-owner"]
    ended = subprocess.run(
        command,
        env={**clean_environment(), **client_environment(database, Role.BACKUP)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise WarehouseError(f"The schema could not be read: {ended.stderr.strip()}")
    return _TITLE + re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", ended.stdout)).strip() + "\n"


def main() -> None:
    """Write `schema.sql` from a database made by the migrations."""
    with tempfile.TemporaryDirectory(prefix="gl-") as folder:
        Path(folder).chmod(0o711)
        place = EmbeddedServer(home=Path(folder) / "home")
        with open_warehouse(place, say=lambda _words: None) as database:
            DOCUMENT.write_text(schema_sql(database), encoding="utf-8")


if __name__ == "__main__":
    main()
