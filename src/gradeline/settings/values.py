"""What a setting may hold: the kinds of values, and the groups that settings are listed in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode


@dataclass(frozen=True, kw_only=True)
class Group:
    """Settings that belong together, and the room that reads them."""

    title: str  #: heading in listings
    room: str  #: the folder of `src/gradeline` that gets their values

    def setting(self, default: object, says: str) -> Any:
        """A setting that is read today."""
        return self._declare(default, says, planned=False)

    def planned(self, default: object, says: str) -> Any:
        """A setting that is known and checked, and that nothing reads yet."""
        return self._declare(default, says, planned=True)

    def _declare(self, default: object, says: str, *, planned: bool) -> Any:
        return Field(
            default,
            description=says,
            json_schema_extra={"group": self.title, "room": self.room, "planned": planned},
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


Text = str | None
Secret = SecretStr | None
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_comma)]
Port = Annotated[int, Field(ge=1, le=65535)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1)]
Positive = Annotated[Decimal, Field(gt=0)]
Zone = Annotated[str, AfterValidator(_zone)]
ServerUrl = Annotated[SecretStr, AfterValidator(_server_url)]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
