"""The parts that flows work with, as the wiring hands them over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from gradeline.access.signing_keys import SigningKeys
from gradeline.delivery.channel import Channel
from gradeline.engine import Engine
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake
from gradeline.records.backups import BackupKeys, KeepRule
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import What
from gradeline.sources.product_events.field_mappings import FieldMappings, read_mappings
from gradeline.sources.source import Source
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries.messages import TryEnd


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a setting names, such as RECIPIENT_EMAIL: a recipient for as long as it does."""

    channel: str
    address: str
    what: What


class Journal(Protocol):
    """Keeps what becomes of each try where it outlives the database."""

    def begin(self, message: StoredMessage) -> None:
        """Note that a try begins; returns once that is stored.

        Raises:
            LeaseLost: another process has begun this try.
        """

    def step(self, message_id: int, step: str, provider_id: str) -> None:
        """Note a step that the service took."""

    def end(self, message_id: int, end: TryEnd) -> None:
        """Note how a try ended."""


class NoJournal:
    """For a database that outlives its processes: the ledger in it says all."""

    def begin(self, message: StoredMessage) -> None:
        """Do nothing, as the next two."""

    def step(self, message_id: int, step: str, provider_id: str) -> None:
        """Do nothing."""

    def end(self, message_id: int, end: TryEnd) -> None:
        """Do nothing."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """What makes addresses of ours that people can open."""

    keys: SigningKeys
    public_url: str  #: where people reach us
    lives: timedelta = timedelta(hours=24)  #: so long one to the file of an export is valid


def stays() -> None:
    """Do nothing: what is committed to the database stays by itself."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How messages reach people."""

    channels: Mapping[str, Channel] = field(default_factory=dict)  #: by name; those that are set up
    addressees: tuple[Addressee, ...] = ()  #: those that settings name
    templates: Path | None = None  #: the folder of the school's own templates
    timezone: str = "UTC"  #: the school's
    has_daily_figures: bool = False  #: whether the school has a grader
    resend_unknown: bool = False  #: send again what the service may have taken
    journal: Journal = field(default_factory=NoJournal)  #: beside the ledger
    links: Links | None = None  #: None = nobody reaches addresses of ours


@dataclass(frozen=True, kw_only=True)
class Exports:
    """How long exports, files that are sent as links, and messages are kept."""

    file_hours: int = 24  #: so long a file can be fetched
    row_days: int = 90  #: so long it is known who asked for what, and who used which link
    message_days: int = 365  #: so long it is known what messages said


@dataclass(frozen=True, kw_only=True)
class Backups:
    """Where backups go, who signs them, when one is due, and how long they are kept."""

    open_store: Callable[[], Lake]
    keys: BackupKeys
    home: Path  #: where dumps are that were made before migrations
    keep: KeepRule = field(default_factory=KeepRule)
    cron: str | None = None  #: when one is due; None = never
    timezone: str = "UTC"  #: of the cron line


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
    exports: Exports = field(default_factory=Exports)
    backups: Backups | None = None  #: None = nobody may make one here
    #: reads what the properties of product events mean
    mappings: Callable[[], FieldMappings] = read_mappings
    #: makes what the database holds outlive this process; called before what cannot be undone
    save: Callable[[], None] = stays
