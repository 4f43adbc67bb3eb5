"""What the stages of an install work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gradeline.base.clock import now
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.make import act_as


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Where an install happens."""

    database: Database
    home: Path
    zone: str  #: the school's; days in names of files are its days
    login: str  #: who installs, for the audit
    tell: Callable[[str], None]  #: prints a line and writes it to the log

    @property
    def dumps(self) -> Path:
        """The folder of the dumps of tables."""
        return self.home / "backup" / "sql"

    def clock(self) -> datetime:
        """Return the time on the school's clock."""
        return now().astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, kw_only=True)
class Work:
    """A stage at work."""

    installation: Installation
    connection: Connection  #: acts as the owner, in the transaction of all stages of a run
    run: str  #: names this run in the audit
    stage: str  #: its number
    problems: list[str] = field(default_factory=list)  #: of all stages; any makes the exit code 1

    def tell(self, line: str) -> None:
        """Print and log a line of this stage."""
        self.installation.tell(f"{self.stage}  {line}")

    def problem(self, line: str) -> None:
        """Print and log what is wrong; the stages go on."""
        self.problems.append(line)
        self.tell(line)


def present(work: Work, tables: Sequence[str]) -> list[str]:
    """Return which of the tables exist, in their order."""
    return catalog.present(work.connection, tables)


def count_rows(connection: Connection, tables: Sequence[str]) -> dict[str, int]:
    """Return how many rows tables have; the connection acts as the owner before and after."""
    act_as(connection, Role.LOADER)  # row security shows the owner nothing
    counts = {table: catalog.count_rows(connection, table) for table in tables}
    act_as(connection, Role.OWNER)
    return counts
