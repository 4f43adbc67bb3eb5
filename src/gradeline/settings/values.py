"""Types of settings, and the groups that listings show them in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from gradeline.base.errors import WrongSetting, WrongUse
from gradeline.jobs.schedule import next_instant

#: A cron line that is never due.
NEVER = "never"
#: From here on it is seen whether a cron line is ever due.
_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Settings that belong together, and the package that gets them."""

    title: str  #: heading in the listings
    package: str  #: the package under `src/gradeline` that gets their values

    def setting(self, default: object, description: str) -> Any:
        """Declare a setting that is in use."""
        return self._declare(default, description, planned=False)

    def planned(self, default: object, description: str) -> Any:
        """Declare a setting that is checked, but that nothing uses yet."""
        return self._declare(default, description, planned=True)

    def _declare(self, default: object, description: str, *, planned: bool) -> Any:
        return Field(
            default,
            description=description,
            json_schema_extra={"group": self.title, "package": self.package, "planned": planned},
        )


def _by_comma(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _cron_line_or_never(value: str) -> str:
    return NEVER if value == NEVER else _cron_line(value)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise ValueError("no time zone has that name; write one like Europe/Madrid") from None
    return value


def _cron_line(value: str) -> str:
    try:
        next_instant(value, "UTC", _ANY_DAY)
    except WrongUse as error:
        why = error.what.partition(" is not a cron line: ")[2].rstrip(".")
        raise ValueError(f"it is not a cron line: {why}; write one like 0 8 * * 1-5") from None
    return value


def _server_url(value: SecretStr) -> SecretStr:
    try:
        scheme = urlsplit(value.get_secret_value()).scheme.partition("+")[0]
    except ValueError:
        scheme = ""
    if scheme not in ("postgres", "postgresql"):
        raise ValueError("write it as postgresql://user:password@host:5432/name")
    return value


def _store_url(value: str) -> str:
    scheme = value.partition(":")[0]
    if ":" not in value or scheme not in ("file", "s3", "gs", "az", "memory"):
        raise ValueError("write it as file:path, s3://bucket/prefix or gs://bucket/prefix")
    return value


def has_login(value: str) -> bool:
    """Whether an address carries a user or password before its host.

    A password may have a `/` that nobody escaped, so a web address has no `@` at all.
    """
    scheme, _, rest = value.partition("://")
    web = scheme.lower() in ("http", "https")
    return "@" in (rest if web else rest.partition("/")[0])


def refuse_foreign_file(path: Path) -> None:
    """Refuse a file that decides where data and keys go, where another user wrote it.

    Raises:
        WrongSetting: neither we nor root own it.
    """
    if sys.platform == "win32":
        return
    owner = path.stat().st_uid
    if owner not in (0, os.geteuid()):
        raise WrongSetting(
            f"{path.absolute()} belongs to another user (number {owner}), who would decide where"
            " your data and keys go. Nothing was done.",
            hint="Start the command in another folder, or make the file yours with `chown`.",
        )


def _without_login(value: str) -> str:
    if has_login(value):
        raise ValueError(
            "an address has no user and password before its host: it is shown in messages; put"
            " them into the settings that are made for them"
        )
    return value


def _folder(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError("~ stands for the home folder of a user, and there is none") from None


Text = str | None
Address = Annotated[str, AfterValidator(_without_login)]
Secret = SecretStr | None
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_comma)]
Port = Annotated[int, Field(ge=1, le=65535)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Folder = Annotated[Path, AfterValidator(_folder)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
Days = Annotated[int, Field(ge=1, le=36_500)]
Positive = Annotated[Decimal, Field(gt=0, le=1_000_000)]
Speed = Annotated[Decimal, Field(ge=Decimal("0.001"), le=1_000_000)]
Zone = Annotated[str, AfterValidator(_zone)]
CronLine = Annotated[str, AfterValidator(_cron_line)]
CronLineOrNever = Annotated[str, AfterValidator(_cron_line_or_never)]
ServerUrl = Annotated[SecretStr, AfterValidator(_server_url)]
StoreUrl = Annotated[str, AfterValidator(_without_login), AfterValidator(_store_url)]
