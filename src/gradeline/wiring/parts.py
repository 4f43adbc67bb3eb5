"""From settings to parts: what a command needs, opened in one place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from gradeline.base.clock import now, school_day
from gradeline.base.errors import GradelineError, NoRoom
from gradeline.base.logs import close_log, open_log
from gradeline.engine import DuckEngine
from gradeline.flows.courses.cursos_yml import FILE, load_choices
from gradeline.flows.parts import Parts
from gradeline.lake import open_lake
from gradeline.metrics import Terms
from gradeline.settings import Settings
from gradeline.warehouse import EmbeddedServer, ExternalServer, ServerLocation, open_warehouse
from gradeline.warehouse.schema.views import ensure_views
from gradeline.wiring.arrow import set_up_arrow
from gradeline.wiring.systems import wired_plans, wired_sources

_log = logging.getLogger(__name__)

Say = Callable[[str], None]


@contextmanager
def wire_run(
    settings: Settings, say: Say, *, languages: Sequence[str] | None = None
) -> Iterator[Parts]:
    """Everything that a command needs, opened and later closed; `say` tells what takes time.

    Documents are written in `languages`, the first of them under the plain names; without
    any, in the school's own.

    Raises:
        WrongSetting, WrongUse: a setting or a file that people write is wrong.
        WarehouseError, LakeError, NoRoom: a part cannot be opened.
    """
    set_up_arrow()
    spool = home_ready(settings)
    try:
        lake = open_lake(settings.lake_place(), options=settings.lake_options())
        choices = load_choices(lake, settings.gradeline_home / FILE)
        sources = dict(wired_sources(settings, spool, choices))
        with open_warehouse(place_of(settings), say=say) as database:
            ensure_views(database)
            sources |= wired_plans(lake, database, choices)
            yield Parts(
                database=database,
                lake=lake,
                engine=DuckEngine(memory_mb=settings.gradeline_engine_memory_mb, spill=spool),
                sources=sources,
                choices=choices,
                spool=spool,
                hold_percent=settings.quarantine_hold_percent,
                languages=tuple(languages or (settings.gradeline_lang,)),
            )
    except GradelineError as error:
        _log.error("%s", error)
        raise
    except Exception:
        _log.exception("an error that nobody foresaw")
        raise
    finally:
        close_log()


def home_ready(settings: Settings) -> Path:
    """Make the home and open its log; give the spool folder.

    Raises:
        NoRoom: the home cannot be written.
    """
    home = settings.gradeline_home
    spool = home / "spool"
    try:
        spool.mkdir(parents=True, exist_ok=True)
        open_log(
            settings.log_dir or home / "logs",
            today=school_day(now(), settings.school_timezone),
            keep_days=settings.log_retention_days,
            debug=settings.debug,
        )
    except OSError as error:
        raise NoRoom(
            f"The home {home} cannot be written: {error.strerror}.",
            hint="Set GRADELINE_HOME to a folder that can.",
        ) from error
    return spool


def place_of(settings: Settings) -> ServerLocation:
    """Where the warehouse is: by URL where settings give one, else embedded in the home."""
    url = settings.warehouse_url()
    if url is not None:
        return ExternalServer(url=url)
    return EmbeddedServer(home=settings.gradeline_home, port=settings.gradeline_db_port)


def terms_of(settings: Settings, as_of: datetime | None) -> Terms:
    """What the numbers depend on; without an as-of instant, now."""
    return Terms(
        as_of=as_of or now(),
        timezone=settings.school_timezone,
        pass_mark=settings.pass_mark,
        grade_zero_threshold=settings.grade_zero_threshold,
        time_max_minutes=settings.time_max_threshold_minutes,
        ignored_users=settings.ignored_users,
    )
