"""All systems of one school together: the HTTP twins, the school's database, its mail server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gradeline.sandbox import tcp_proxy
from gradeline.sandbox.database import FIRST_DAY, TABLE, SchoolDatabase, running_database
from gradeline.sandbox.exchange import Pace, Twin
from gradeline.sandbox.faults.draw import NO_FAULTS, Faults
from gradeline.sandbox.school.school import School, read_school
from gradeline.sandbox.server.running import Sandbox, running
from gradeline.sandbox.smtp import inbox
from gradeline.sandbox.smtp.twin import SmtpTwin, running_mail
from gradeline.sandbox.twins import channel_twins_of, every_twin, sign_in_twins_of, twins_of

#: The mapping of the school's table, and the column that new rows get a greater value of.
_MAPPING, _CURSOR = "builtin:lesson_activity", "updated_at"


@dataclass(frozen=True, kw_only=True)
class Systems:
    """The running systems, and the settings by which Gradeline reads them."""

    school: School  #: that they all tell of
    sandbox: Sandbox
    database: SchoolDatabase
    proxy: tcp_proxy.TcpProxy  #: between its clients and the database
    mail: SmtpTwin
    channels: Mapping[str, Twin]  #: the services that bring messages to people, by name
    settings: Mapping[str, str]  #: what a person writes into `.env` to read the systems
    channel_settings: Mapping[str, str]  #: and to send through the services

    def switch(self, faults: Faults) -> None:
        """Use other faults from now on, as if nothing had been requested before."""
        self.sandbox.switch(faults)
        self.proxy.forget()
        self.proxy.faults = faults
        self.mail.inbox.forget()
        self.mail.inbox.faults = faults


@contextmanager
def every_system(
    pace: Pace,
    *,
    faults: Faults = NO_FAULTS,
    port: int = 0,
    journal: Path | None = None,
    first_day: date = FIRST_DAY,
) -> Iterator[Systems]:
    """Run every system that we read or send through, on loopback, until the block ends.

    `first_day` is the first of the days of lessons that the school's database holds.

    Raises:
        SandboxBroken: the port is taken, the database cannot start, or a twin raised an error.
    """
    school = read_school()
    twins, channels = twins_of(school, pace), channel_twins_of(school, pace)
    served = [*twins, *channels, *sign_in_twins_of(school, pace)]
    with (
        running(served, pace=pace, port=port, journal=journal) as sandbox,
        running_database(school, first_day=first_day) as database,
        tcp_proxy.running_proxy(database.port, pace=pace, journal=sandbox.journal) as proxy,
        running_mail(pace=pace, journal=sandbox.journal) as mail,
    ):
        settings = {"SANDBOX_URL": sandbox.url, "SANDBOX_SPEED": f"{pace.speed:g}"}
        for twin in twins:
            settings |= twin.settings
        table = f"{database.url_at(proxy.port)}#{TABLE}?cursor={_CURSOR}"
        settings["POSTGRES_TABLES"] = f"school={_MAPPING}@{table}"
        channel_settings = dict(mail.settings)
        for channel in channels:
            channel_settings |= channel.settings
        systems = Systems(
            school=school,
            sandbox=sandbox,
            database=database,
            proxy=proxy,
            mail=mail,
            channels={channel.name: channel for channel in channels},
            settings=settings,
            channel_settings=channel_settings,
        )
        systems.switch(faults)
        yield systems


def every_fault() -> frozenset[str]:
    """Return the names of all faults of all systems."""
    beside = {*tcp_proxy.FAULTS, *inbox.FAULTS}
    return frozenset(beside).union(*(twin.faults for twin in every_twin(Pace())))
