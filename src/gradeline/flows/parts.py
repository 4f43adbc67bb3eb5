"""The parts that flows work with, as the wiring hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from gradeline.delivery.channel import Channel
from gradeline.engine import Engine
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake
from gradeline.records.recipients import What
from gradeline.sources.source import Source
from gradeline.warehouse import Database


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a setting names, such as RECIPIENT_EMAIL: a recipient for as long as it does."""

    channel: str
    address: str
    what: What


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How messages reach people."""

    channels: Mapping[str, Channel] = field(default_factory=dict)  #: by name; those that are set up
    addressees: tuple[Addressee, ...] = ()  #: those that settings name
    templates: Path | None = None  #: the folder of the school's own templates
    timezone: str = "UTC"  #: the school's
    has_daily_figures: bool = False  #: whether the school has a grader
    resend_unknown: bool = False  #: send again what the service may have taken


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
    #: documents of every group, not of those alone that somebody looks after or gets
    all_group_reports: bool = False
    delivery: Delivery = field(default_factory=Delivery)
