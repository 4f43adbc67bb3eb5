"""The schema as a document: `schema.sql`, written from what the migrations add up to.

`make docs` writes it again after a new migration.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.dump import dump_schema
from gradeline.warehouse.location import EmbeddedServer
from gradeline.warehouse.opening import open_warehouse

DOCUMENT = Path(__file__).parents[1] / "src/gradeline/warehouse/schema.sql"

_TITLE = "-- What all migrations add up to. Written by `make docs` (docs/build_schema.py).\n\n"

#: Lines of pg_dump that say nothing about the schema, or differ from run to run.
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", re.M)

#: The roles of a policy, which pg_dump writes in the order that a table of the server has them.
_ROLES = re.compile(r"(?<= TO )\w+(?:, \w+)+(?= USING| WITH CHECK|;)")


def schema_sql(database: Database) -> str:
    """The schema of an embedded database as SQL, the same text whenever the schema is the same.

    Raises:
        WarehouseError: pg_dump failed; its words are in the message.
    """
    text = _ROLES.sub(_sorted, dump_schema(database))
    return _TITLE + re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", text)).strip() + "\n"


def _sorted(roles: re.Match[str]) -> str:
    return ", ".join(sorted(roles[0].split(", ")))


def main() -> None:
    """Write `schema.sql` from a database made by the migrations."""
    with tempfile.TemporaryDirectory(prefix="gl-") as folder:
        Path(folder).chmod(0o711)
        place = EmbeddedServer(home=Path(folder) / "home")
        with open_warehouse(place, say=lambda _words: None) as database:
            DOCUMENT.write_text(schema_sql(database), encoding="utf-8")


if __name__ == "__main__":
    main()
