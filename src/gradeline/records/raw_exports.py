"""What people ask of a system's raw records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class AppMetricaSpan:
    """Events of AppMetrica, as its Logs API is asked for them."""

    since: datetime  #: the first second, in the app's own time zone, with UTC as a mark
    until: datetime  #: the second after the last one, likewise
    form: str  #: `json` or `csv`
    dimension: str  #: `default` = the time on the device, `receive` = that of receiving
    skip_unavailable: bool  #: events that cannot be had just now may be missing
    bom: bool  #: CSV begins with a byte order mark
