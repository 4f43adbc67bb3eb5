"""The parts that flows work with, as the wiring hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gradeline.engine import Engine
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake
from gradeline.sources.source import Source
from gradeline.warehouse import Database


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One wired Gradeline. A flow that needs one or two of the parts takes these instead."""

    database: Database
    lake: Lake
    engine: Engine
    sources: Mapping[str, Source]  #: by name, as settings name them
    choices: Choices  #: what people chose in cursos.yml
    spool: Path  #: a folder on the disk of the home for temporary files
    hold_percent: Decimal  #: QUARANTINE_HOLD_PERCENT
    languages: tuple[str, ...]  #: of documents; those in the first have no language in their names
