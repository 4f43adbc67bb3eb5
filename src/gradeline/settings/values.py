"""Types of settings, and the groups that listings show them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from gradeline.base.errors import WrongUse
from gradeline.jobs.schedule import next_instant

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


def _folder(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError("~ stands for the home folder of a user, and there is none") from None


Text = str | None
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
ServerUrl = Annotated[SecretStr, AfterValidator(_server_url)]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
