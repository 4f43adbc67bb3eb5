"""From settings to sources: every system that the settings name, and our account there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from gradeline.base.errors import WrongSetting
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.courses.plan_files import LakePlanFiles, known_courses
from gradeline.flows.groups_file import LakeGroupFiles, has_groups, known_in_facts
from gradeline.flows.parts import Parts
from gradeline.lake import Lake
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.settings import Settings
from gradeline.sources.encodings.rules import Encodings, parse_encodings
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import open_files
from gradeline.sources.grader.source import GraderAccount, open_grader
from gradeline.sources.groups.source import GroupsSource
from gradeline.sources.learnworlds.api import Account, LearnWorldsApi, address_of
from gradeline.sources.learnworlds.source import LearnWorldsSource, School, open_learnworlds
from gradeline.sources.planification.source import NAME as PLANIFICATION
from gradeline.sources.planification.source import PlanificationSource
from gradeline.sources.postgres.source import open_postgres
from gradeline.sources.postgres.tables import PostgresTable, parse_tables
from gradeline.sources.source import Source
from gradeline.sources.web.client import twin_url
from gradeline.warehouse import Database
from gradeline.wiring.home import limits_of
from gradeline.wiring.product_events import wire_amplitude, wire_appmetrica
from gradeline.wiring.unopened import open_apart


def wire_sources(settings: Settings, spool: Path, choices: Choices) -> Mapping[str, Source]:
    """Open every source that the settings name; nothing is read yet.

    Args:
        settings: say which systems are read, and with which keys.
        spool: folder for files in transit.
        choices: the courses of cursos.yml, which LearnWorlds' data are matched with.

    Returns:
        The sources by name.

    Raises:
        WrongSetting: a setting is wrong. One source that cannot be opened for any other reason
            says so when it is read.
    """
    datasets = parse_datasets(settings.files_datasets or "")
    encodings = _encodings(settings)
    opened: list[Source] = [
        open_files(
            dataset,
            school_timezone=settings.school_timezone,
            spool=spool,
            encodings=encodings,
        )
        for dataset in datasets
    ]
    opened += _postgres(settings, spool)
    opened += open_apart("grader", partial(_grader, settings))
    opened += open_apart("amplitude", partial(wire_amplitude, settings))
    opened += open_apart("appmetrica", partial(wire_appmetrica, settings))
    opened += open_apart("learnworlds", partial(_learnworlds, settings, choices))
    return {source.name: source for source in opened}


def has_plans(lake: Lake) -> bool:
    """Return whether people wrote plans, which are a source of their own."""
    return bool(LakePlanFiles(lake).names())


def wire_plans(
    settings: Settings, lake: Lake, database: Database, choices: Choices
) -> Mapping[str, Source]:
    """The plans that people wrote, as a source by name; empty where nobody wrote one."""
    if not has_plans(lake):
        return {}
    files = LakePlanFiles(lake)
    courses = partial(known_courses, database, choices)
    encodings = _encodings(settings)
    return {PLANIFICATION: PlanificationSource(files, courses, choices.book, encodings)}


def wire_groups(settings: Settings, parts: Parts) -> Mapping[str, Source]:
    """The groups that people wrote, as a source by name; empty where nobody did."""
    if not has_groups(parts.lake, parts.database):
        return {}
    known = partial(known_in_facts, parts)
    files, encodings = LakeGroupFiles(parts.lake), _encodings(settings)
    return {PEOPLES_GROUPS: GroupsSource(files, known, parts.spool, encodings)}


def _encodings(settings: Settings) -> Encodings:
    """What the settings say of the encodings of files and plan files.

    Raises:
        WrongSetting: they say it wrongly.
    """
    datasets = parse_datasets(settings.files_datasets or "")
    names = {PLANIFICATION, PEOPLES_GROUPS, *(dataset.name for dataset in datasets)}
    return parse_encodings(settings.files_encodings, names)


def _postgres(settings: Settings, spool: Path) -> Iterator[Source]:
    """Open the tables of other databases."""
    tables = settings.postgres_tables.get_secret_value() if settings.postgres_tables else ""
    for table in parse_tables(tables, home=Path()):
        yield from open_apart(f"postgres:{table.name}", partial(_table, table, settings, spool))


def _table(table: PostgresTable, settings: Settings, spool: Path) -> Iterator[Source]:
    """Open one table of another database."""
    yield open_postgres(
        table,
        school_timezone=settings.school_timezone,
        spool=spool,
        speed=float(settings.sandbox_speed),
    )


def _grader(settings: Settings) -> Iterator[Source]:
    """Open the grader, if its key is set."""
    key = settings.grader_client_key
    url = _in_sandbox(settings, "grader/api/statistics") or settings.grader_api_url
    needed = {
        "GRADER_API_URL": url,
        "GRADER_CLIENT": settings.grader_client,
        "GRADER_CLIENT_KEY": key,
    }
    missing = [name for name, value in needed.items() if not value]
    if not (settings.grader_client or key):
        return
    if url is None or settings.grader_client is None or key is None:
        raise WrongSetting(
            f"The grader cannot be read: {' and '.join(missing)} must be set too.",
            hint="Set all of GRADER_API_URL, GRADER_CLIENT and GRADER_CLIENT_KEY, or none.",
        )
    account = GraderAccount(
        url=url,
        client=settings.grader_client,
        client_key=key.get_secret_value(),
        speed=float(settings.sandbox_speed),
        address_setting="SANDBOX_URL" if settings.sandbox_url else "GRADER_API_URL",
    )
    yield open_grader(account, limits_of(settings))


def _learnworlds(settings: Settings, choices: Choices) -> Iterator[LearnWorldsSource]:
    """Open the school at LearnWorlds, if CLIENT_ID is set."""
    if settings.client_id is None:
        return
    token, secret = settings.access_token, settings.client_secret
    url = _in_sandbox(settings, "learnworlds")
    if url is None and settings.school_domain is not None:
        url = address_of(settings.school_domain)
    if url is None or (token is None and secret is None):
        raise WrongSetting(
            "LearnWorlds cannot be read: CLIENT_ID is set without SCHOOL_DOMAIN and a token.",
            hint="Set SCHOOL_DOMAIN, and ACCESS_TOKEN or CLIENT_SECRET; or remove CLIENT_ID.",
        )
    account = Account(
        url=url,
        client_id=settings.client_id,
        access_token=None if token is None else token.get_secret_value(),
        client_secret=None if secret is None else secret.get_secret_value(),
        speed=float(settings.sandbox_speed),
        address_setting="SANDBOX_URL" if settings.sandbox_url else "SCHOOL_DOMAIN",
    )
    tags = (each.strip() for each in (settings.learnworlds_group_tags or "").split(";"))
    school = School(
        book=choices.book,
        timezone=settings.school_timezone,
        group_tags=tuple(filter(None, tags)),
    )
    yield open_learnworlds(LearnWorldsApi(account, limits_of(settings)), school)


def _in_sandbox(settings: Settings, path: str) -> str | None:
    """Return the URL of a system's twin; None if the real system is read.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    return None if settings.sandbox_url is None else twin_url(settings.sandbox_url, path)
