"""The whole: database, lake, engine and every source that settings name."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from gradeline.base.clock import now
from gradeline.base.errors import SourceError, WrongUse
from gradeline.delivery.channel import Channel
from gradeline.engine import DuckEngine
from gradeline.flows.courses.cursos_yml import FILE, Choices, load_choices
from gradeline.flows.courses.sync import sync_courses
from gradeline.flows.parts import Delivery, Exports, Links, Parts
from gradeline.lake import Lake
from gradeline.metrics import Terms
from gradeline.settings import Settings
from gradeline.sources import SETTINGS
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import ListsCourses, Source
from gradeline.warehouse import Database
from gradeline.wiring.arrow import set_up_arrow
from gradeline.wiring.backups import wire_backups
from gradeline.wiring.bucket import open_database
from gradeline.wiring.channels import addressees_of, wire_channels
from gradeline.wiring.home import open_home
from gradeline.wiring.lake import copied_at_end, wire_lake
from gradeline.wiring.posting import wire_posted
from gradeline.wiring.server import may_have_database
from gradeline.wiring.signing_keys import wire_signing_keys
from gradeline.wiring.sources import has_plans, wire_groups, wire_plans, wire_sources
from gradeline.wiring.vocabulary import wire_vocabulary

_log = logging.getLogger(__name__)


@contextmanager
def wire_run(
    settings: Settings,
    say: Callable[[str], None],
    *,
    languages: Sequence[str] | None = None,
    reads: Sequence[str] | None = None,
) -> Iterator[Parts]:
    """Open everything that a run needs.

    Args:
        settings: say what is opened and where it is.
        say: prints a message about something that takes time.
        languages: of the documents; the first gets the plain file names. By default the
            language in the settings alone.
        reads: the names of the sources that are to be read, none = all; nothing is opened where
            they are not set up. None = no source is needed.

    Raises:
        WrongSetting, WrongUse: a setting or a file that people write is wrong.
        WarehouseError, LakeError, DiskFull: a part cannot be opened.
    """
    set_up_arrow()
    with open_home(settings) as spool:
        lake = wire_lake(settings)
        channels = wire_channels(settings)
        choices = load_choices(lake, settings.gradeline_home / FILE)
        sources = dict(wire_sources(settings, spool, choices))
        if reads is not None:
            _check_set_up(sources, reads, settings, lake)
        with copied_at_end(lake), open_database(settings, say) as opened:
            sources |= _from_database(settings, lake, opened.database, choices)
            if reads is not None and not sources:
                raise _nothing_set_up()
            parts = Parts(
                database=opened.database,
                lake=lake,
                engine=DuckEngine(memory_mb=settings.gradeline_engine_memory_mb, spill=spool),
                sources=sources,
                choices=choices,
                spool=spool,
                hold_percent=settings.quarantine_hold_percent,
                languages=tuple(languages or (settings.gradeline_lang,)),
                all_group_reports=settings.group_reports == "all",
                delivery=replace(
                    _delivery(settings, channels, sources),
                    journal=opened.journal,
                    links=_links(settings, opened.database),
                ),
                exports=Exports(
                    file_hours=settings.reporting_export_ttl_hours,
                    row_days=settings.reporting_export_retention_days,
                    message_days=settings.delivery_retention_days,
                ),
                backups=wire_backups(settings, make_key=True),
                save=opened.save,
                mappings=partial(read_mappings, settings.gradeline_home),
            )
            yield replace(parts, sources={**sources, **wire_groups(settings, parts)})


def reopen_sources(parts: Parts, settings: Settings) -> Parts:
    """Return the parts with what people changed since they were opened.

    That is cursos.yml, plan files and the mappings of datasets; settings stay as they were read.

    Raises:
        WrongSetting, WrongUse: a file that people write is wrong.
    """
    choices = load_choices(parts.lake, settings.gradeline_home / FILE)
    sources = dict(wire_sources(settings, parts.spool, choices))
    sources |= _from_database(settings, parts.lake, parts.database, choices)
    delivery = replace(
        _delivery(settings, parts.delivery.channels, sources),
        journal=parts.delivery.journal,
        links=parts.delivery.links,
    )
    reopened = replace(parts, sources=sources, choices=choices, delivery=delivery)
    return replace(reopened, sources={**sources, **wire_groups(settings, reopened)})


def _from_database(
    settings: Settings, lake: Lake, database: Database, choices: Choices
) -> Mapping[str, Source]:
    """The sources that no setting names: they are on where there is something of them."""
    return {
        **wire_plans(settings, lake, database, choices),
        **wire_posted(database),
        **wire_vocabulary(settings, database),
    }


def sync_new_courses(parts: Parts, settings: Settings, names: Collection[str]) -> Parts:
    """Add the new courses of the systems that will be read to cursos.yml, if COURSES_SYNC says so.

    Args:
        parts: the wired Gradeline.
        settings: what it was wired from.
        names: the sources that will be read; none = all.

    Returns:
        The parts, opened again where there were new courses.

    Raises:
        WrongSetting, WrongUse: a file that people write is wrong.
    """
    added = False
    for name, source in parts.sources.items():
        chosen = settings.courses_sync and (not names or name in names)
        if chosen and isinstance(source, ListsCourses):
            try:
                done = sync_courses(source, parts.lake, settings.gradeline_home / FILE)
            except SourceError as error:
                # Reading the source ends in the same way, which is when people are told.
                _log.warning("the courses of %s could not be listed: %s", name, error)
            else:
                added |= bool(done.added)
    return reopen_sources(parts, settings) if added else parts


def _delivery(
    settings: Settings, channels: Mapping[str, Channel], sources: Iterable[str]
) -> Delivery:
    """Return how messages reach people."""
    return Delivery(
        channels=channels,
        addressees=addressees_of(settings),
        templates=settings.gradeline_home / "templates",
        timezone=settings.school_timezone,
        has_daily_figures=any(name.partition(":")[0] == "grader" for name in sources),
        resend_unknown=settings.delivery_resend_unknown,
    )


def _links(settings: Settings, database: Database) -> Links | None:
    """Return what makes addresses; None where PUBLIC_URL does not say where people reach us."""
    if "public_url" not in settings.model_fields_set or settings.database_in_bucket():
        return None
    keys = wire_signing_keys(settings, database)
    lives = timedelta(hours=settings.reporting_signed_url_ttl_hours)
    return Links(keys=keys, public_url=str(settings.public_url).rstrip("/"), lives=lives)


def terms_of(settings: Settings, as_of: datetime | None) -> Terms:
    """Return what the numbers depend on, as of that instant, or as of now."""
    return Terms(
        as_of=as_of or now(),
        timezone=settings.school_timezone,
        pass_mark=settings.pass_mark,
        grade_zero_threshold=settings.grade_zero_threshold,
        time_max_minutes=settings.time_max_threshold_minutes,
        ignored_users=settings.ignored_users,
        detail_days=settings.stats_detail_days,
    )


def _check_set_up(
    sources: Mapping[str, Source], reads: Sequence[str], settings: Settings, lake: Lake
) -> None:
    """Refuse to read where nothing is set up, or nothing of a kind of source that is named."""
    kinds = {name.partition(":")[0] for name in sources}
    for name in reads:
        kind = name.partition(":")[0]
        if kind in SETTINGS and kind not in kinds:
            raise WrongUse(
                f"The source {name} is not set up.",
                hint=f"Set {SETTINGS[kind]}; `gradeline settings` says what they are.",
            )
    if not sources and not has_plans(lake) and not may_have_database(settings):
        raise _nothing_set_up()


def _nothing_set_up() -> WrongUse:
    return WrongUse(
        "No source is set, so there is nothing to collect.",
        hint="Try `gradeline demo`; for your own data set FILES_DATASETS, or the keys of"
        " a system: `gradeline settings` lists them.",
    )
