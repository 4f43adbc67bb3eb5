"""The webhook: Telegram posts updates to us, with a secret in a header."""

from __future__ import annotations

import hmac
import logging

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gradeline.base.errors import GradelineError

_log = logging.getLogger(__name__)

#: Where updates are posted, below the address that BOT_WEBHOOK_URL names.
PATH = "/telegram/webhook"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def webhook_app(bot: Bot, dispatcher: Dispatcher, secret: str) -> Starlette:
    """Return what answers posts of updates.

    200 says that all an update changes is stored, so Telegram may forget it; 503 that it is to
    come again. Whoever does not know the secret gets 401, and nothing is read.

    Args:
        bot: whom the updates are for.
        dispatcher: handles them.
        secret: that Telegram was told.
    """
    expected = secret.encode()

    async def take(request: Request) -> Response:
        given = request.headers.get(_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=401)
        try:
            update = Update.model_validate_json(await request.body())
        except ValidationError:
            return Response(status_code=400)
        try:
            await dispatcher.feed_update(bot, update)
        except GradelineError as error:
            _log.warning("update %s is to come again: %s", update.update_id, error)
            return Response(status_code=503, headers={"Retry-After": "2"})
        return Response(status_code=200)

    return Starlette(routes=[Route(PATH, take, methods=["POST"])])
