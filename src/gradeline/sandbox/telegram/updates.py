"""Updates that wait for the bot: it polls them, or they are posted to its webhook."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from dataclasses import dataclass
from random import Random
from threading import Condition, Thread
from typing import Any
from urllib.parse import urlsplit

from gradeline.sandbox.exchange import Pace, Response
from gradeline.sandbox.telegram.answers import error, ok

#: Seconds between two looks for updates, and between two tries of a post.
_LOOK_S, _AGAIN_S = 0.01, 0.2
_FIRST_ID = 700_000_001
_MOST = 100
_POST_TIMEOUT_S = 30
_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
    " the webhook first"
)


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Where updates are posted."""

    url: str
    secret: str


class Updates:
    """The updates that were not confirmed; of any thread."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._next_id = _FIRST_ID
        self._polls = 0
        self._changed = Condition()
        self.waiting: list[dict[str, Any]] = []
        self.confirmed: list[dict[str, Any]] = []
        #: shuffles what a poll gets, and repeats confirmed ones; None = Telegram's usual order
        self.disorder: Random | None = None
        self.webhook: Webhook | None = None
        self.posted: list[int] = []  #: the status of each post to the webhook

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Add an update of a kind, such as `message`; return its number."""
        with self._changed:
            number = self._next_id
            self._next_id += 1
            self.waiting.append({"update_id": number, kind: content})
            self._changed.notify_all()
        return number

    def skip_numbers(self, count: int) -> None:
        """Leave a gap in the numbers, as Telegram does."""
        with self._changed:
            self._next_id += count

    def poll(self, offset: int, limit: int, timeout_s: float) -> Response:
        """Answer `getUpdates`: at once, or when there are updates, or after the time."""
        with self._changed:
            if self.webhook is not None:
                return error(409, _WEBHOOK_ACTIVE)
            self._polls += 1
            ours = self._polls
            if offset > 0:
                self._confirm(offset)
        ends_at = time.monotonic() + self._pace.scaled(timeout_s)

        async def answer() -> Response:
            while True:
                if self._polls != ours:
                    return error(409, _OTHER_POLLER)
                found = self._take(limit)
                if found or time.monotonic() >= ends_at:
                    return ok(found)
                await asyncio.sleep(_LOOK_S)

        return Response(later=answer)

    def post_to(self, webhook: Webhook) -> None:
        """Post updates to a webhook from now on, one after the other."""
        with self._changed:
            is_new, self.webhook = self.webhook is None, webhook
        if is_new:
            Thread(target=self._post_all, name="telegram-webhook", daemon=True).start()

    def stop_posting(self) -> None:
        """Let updates wait for a poll."""
        with self._changed:
            self.webhook = None
            self._changed.notify_all()

    def _confirm(self, offset: int) -> None:
        done = [one for one in self.waiting if one["update_id"] < offset]
        self.confirmed += done
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]

    def _take(self, limit: int) -> list[dict[str, Any]]:
        with self._changed:
            found = self.waiting[: min(limit, _MOST)]
            if self.disorder is None or not found:
                return found
            again = self.disorder.sample(self.confirmed, min(3, len(self.confirmed)))
            mixed = found + again
            self.disorder.shuffle(mixed)
            return mixed

    def _post_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self.waiting or self.webhook is None)
                if self.webhook is None:
                    return
                webhook, update = self.webhook, self.waiting[0]
            status = post_update(webhook, update)
            self.posted.append(status)
            if status // 100 == 2:
                with self._changed:
                    self._confirm(update["update_id"] + 1)
            else:
                time.sleep(_AGAIN_S)


def post_update(webhook: Webhook, update: dict[str, Any]) -> int:
    """Post an update as Telegram does; return the status of the answer, 0 = there was none."""
    address = urlsplit(webhook.url)
    client = http.client.HTTPConnection(
        address.hostname or "", address.port or 80, timeout=_POST_TIMEOUT_S
    )
    headers = {"Content-Type": "application/json"}
    if webhook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
    try:
        client.request("POST", address.path or "/", json.dumps(update), headers)
        return client.getresponse().status
    except OSError:
        return 0
    finally:
        client.close()
