"""What a bare `gradeline bot` runs: the bot, from settings to its end."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from gradeline.base.clock import now
from gradeline.base.errors import WrongSetting, WrongUse
from gradeline.entrypoints.cli.screen import Screen
from gradeline.settings import Settings
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.wiring.database import wire_database

if TYPE_CHECKING:
    from gradeline.entrypoints.bot.parts import BotParts
    from gradeline.entrypoints.bot.process import Api, Webhook

_TOKEN = re.compile(r"^\d+:\S+$")
#: Connections for updates, and for what is sent.
_UPDATES, _SENDING = 6, 4
#: Seconds that a bot waits for the one before it, whose connection the server may still hold.
_BEFORE_S = 10.0


def run(settings: Settings, screen: Screen, listen: tuple[str, int], *, poll: bool) -> None:
    """Run the bot until it is stopped.

    Args:
        settings: read by now.
        screen: prints.
        listen: host and port of the webhook.
        poll: whether the bot polls, although BOT_WEBHOOK_URL is set.
    """
    from gradeline.entrypoints.bot.process import run_bot  # brings aiogram

    api = api_of(settings)
    with ExitStack() as opened:
        database = opened.enter_context(wire_database(settings, screen.say))
        opened.enter_context(_only_bot(database))
        parts = _open_parts(settings, database, opened)
        webhook = None
        if settings.bot_webhook_url is not None and not poll:
            webhook = _open_webhook(settings, database, opened, listen)
        asyncio.run(run_bot(parts, api, webhook, screen.say))


def api_of(settings: Settings) -> Api:
    """Return how Telegram is reached.

    Raises:
        WrongSetting: there is no token, or it is none.
    """
    from gradeline.entrypoints.bot.process import Api  # brings aiogram

    secret = settings.telegram_bot_token
    if secret is None or not _TOKEN.match(secret.get_secret_value()):
        raise WrongSetting(
            "TELEGRAM_BOT_TOKEN is not set, or is no token of a bot.",
            hint="Copy it from @BotFather: a number, a colon, and letters.",
        )
    twin = f"{settings.sandbox_url.rstrip('/')}/telegram" if settings.sandbox_url else ""
    speed = float(settings.sandbox_speed) if twin else 1.0
    return Api(token=secret.get_secret_value(), base_url=twin, speed=speed)


def _open_parts(settings: Settings, database: Database, opened: ExitStack) -> BotParts:
    from gradeline.entrypoints.bot.parts import BotParts, BotTerms  # as above
    from gradeline.reports.charts.practice import practice_png  # brings Vega
    from gradeline.warehouse.connect.pool import open_pool  # as above

    ensure_login(database, Role.APP)
    pooled = opened.enter_context(open_pool(database, size=_UPDATES))
    return BotParts(
        database=pooled,
        by_loader=opened.enter_context(open_pool(database, Role.LOADER, size=_SENDING)),
        terms=BotTerms(
            zone=settings.school_timezone,
            language=settings.gradeline_lang,
            consent_age=settings.bot_consent_age,
            quiz_words=settings.bot_quiz_words,
            weekly=settings.bot_weekly,
        ),
        clock=now,
        draw_progress=practice_png,
    )


def _open_webhook(
    settings: Settings, database: Database, opened: ExitStack, listen: tuple[str, int]
) -> Webhook:
    from gradeline.entrypoints.bot.process import Webhook  # as above
    from gradeline.entrypoints.web.front import guarded  # brings starlette
    from gradeline.entrypoints.web.hosts import allowed_hosts  # as above
    from gradeline.warehouse.bot.webhook import ensure_secret  # brings psycopg

    url, (host, port) = str(settings.bot_webhook_url), listen
    hosts = allowed_hosts(url, host, settings.allowed_hosts)
    with database.connect() as connection:
        secret = ensure_secret(connection)
    try:
        listener = opened.enter_context(socket.create_server((host, port)))
    except OSError as error:
        raise WrongUse(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.",
            hint="Stop what uses it, or choose another with --port.",
        ) from None
    return Webhook(url=url, secret=secret, listener=listener, guard=lambda app: guarded(app, hosts))


@contextmanager
def _only_bot(database: Database) -> Iterator[None]:
    """Be the one bot of the database until the block ends.

    Raises:
        WrongUse: another process is.
    """
    from gradeline.warehouse.bot.updates import lock_bot  # brings psycopg

    ends_at = time.monotonic() + _BEFORE_S
    with database.connect(autocommit=True) as connection:
        while not lock_bot(connection):
            if time.monotonic() > ends_at:
                raise WrongUse(
                    "Another `gradeline bot` works with this database.",
                    hint="Stop it first: one bot is enough for a school.",
                )
            time.sleep(0.1)
        yield
