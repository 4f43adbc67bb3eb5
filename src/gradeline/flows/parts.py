"""The parts that moves work with, as the wiring hands them over."""

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
    """One wired Gradeline; the verbs are the functions of this room."""

    database: Database
    lake: Lake
    engine: Engine
    sources: Mapping[str, Source]  #: by name, as settings name them
    choices: Choices  #: what people chose in cursos.yml
    spool: Path  #: a folder on the disk of the home for files on their way
    hold_percent: Decimal  #: QUARANTINE_HOLD_PERCENT
    languages: tuple[str, ...]  #: of documents; the first one gets the plain file names
