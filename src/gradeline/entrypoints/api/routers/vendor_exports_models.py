"""What raw exports are asked for, and what a ping says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gradeline.base.errors import BadRequest
from gradeline.records.raw_exports import AppMetricaSpan

_SECOND = "%Y-%m-%d %H:%M:%S"


class AccessCheck(BaseModel):
    """AppMetrica takes our token, which may read our app."""

    status: Literal["ok"] = "ok"


class AppMetricaQuery(BaseModel):
    """The parameters of an export, named as AppMetrica names them."""

    model_config = ConfigDict(extra="forbid")

    date_since: str = Field(
        description="First second, `YYYY-MM-DD hh:mm:ss`, or a day",
        examples=["2026-02-12 00:00:00"],
    )
    date_until: str = Field(
        description="Last second, included, or a day", examples=["2026-02-12 18:00:00"]
    )
    date_dimension: Literal["default", "receive"] = Field(
        "default", description="`default` = the time on the device, `receive` = that of receiving"
    )
    skip_unavailable_shards: bool = Field(
        False, description="Whether events that AppMetrica cannot give just now may be missing"
    )
    use_utf8_bom: bool = Field(True, description="Whether CSV begins with a byte order mark")
    format: Literal["json", "csv"] = "json"

    def to_span(self) -> AppMetricaSpan:
        """Return what is asked for.

        Raises:
            BadRequest: a time is none, or the last one comes before the first one.
        """
        since, until = self._times()
        return AppMetricaSpan(
            since=since,
            until=until + timedelta(seconds=1),
            form=self.format,
            dimension=self.date_dimension,
            skip_unavailable=self.skip_unavailable_shards,
            bom=self.use_utf8_bom,
        )

    @property
    def file_name(self) -> str:
        """`appmetrica_20260212-20260212`, with hours and minutes where they are not whole days."""
        since, until = self._times()
        is_days = (since.time().isoformat(), until.time().isoformat()) == ("00:00:00", "23:59:59")
        form = "%Y%m%d" if is_days else "%Y%m%dT%H%M%S"
        return f"appmetrica_{since.strftime(form)}-{until.strftime(form)}"

    def _times(self) -> tuple[datetime, datetime]:
        since = _time("date_since", self.date_since, "00:00:00")
        until = _time("date_until", self.date_until, "23:59:59")
        if since > until:
            raise BadRequest("date_until is before date_since.", where=("query", "date_until"))
        return since, until


def _time(name: str, text: str, of_day: str) -> datetime:
    """Return a time as it is written, with UTC as a mark; a day alone has the time `of_day`."""
    whole = f"{text} {of_day}" if len(text) == len("2026-02-12") else text
    try:
        return datetime.strptime(whole, _SECOND).replace(tzinfo=UTC)
    except ValueError:
        raise BadRequest(
            f"{name}: {text!r} is not a time.",
            hint="Write it as 2026-02-12 18:00:00, or a day as 2026-02-12.",
            where=("query", name),
        ) from None
