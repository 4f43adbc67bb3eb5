"""Asking a system over HTTP: patiently, within its limits, believing only what came whole.

A question is asked again after a broken line, a 429, a 5xx or an answer of the wrong kind, with
growing waits that obey `Retry-After` within bounds, until its tries or its time are over. Redirects
are not followed: a key goes only to the machine that settings name.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import BoundedSemaphore, Event
from time import monotonic
from typing import NoReturn
from urllib.parse import urlsplit

import httpx2
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_any,
    wait_random_exponential,
)
from tenacity.stop import stop_base

from gradeline.base.errors import (
    SourceError,
    SourceRefused,
    SourceUnavailable,
    WrongAnswer,
    WrongSetting,
)
from gradeline.sources.web.attempt import Broken, Try
from gradeline.sources.web.deadline import Patience
from gradeline.sources.web.exchange import Answer, Call, Host, Manners, excerpt
from gradeline.sources.web.rate_limit import Turnstile

__all__ = ["Answer", "Call", "Host", "Manners", "Web", "at", "twin_url"]

_log = logging.getLogger(__name__)

#: Statuses that pass by themselves: the next try may fare better.
_PASSING = frozenset({408, 420, 425, 429, *range(500, 600)})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_AGENT = "gradeline"


class _Again(Exception):
    """This try gave nothing; `why` is what a person is told if no other one does."""

    def __init__(self, why: SourceError, after_s: float | None = None) -> None:
        super().__init__(why.what)
        self.why = why
        self.after_s = after_s  #: how long the system asks us to wait


class Web:
    """One system on the web. Threads may share it; its limit holds for other processes too.

    Raises:
        WrongSetting: the address is no https:// (or loopback) address.
    """

    def __init__(self, host: Host, manners: Manners, limits: Path) -> None:
        _refuse_address(host)
        self.host = host
        self.manners = manners
        self._places = BoundedSemaphore(manners.parallel)
        self._stopped = Event()
        self._tls: ssl.SSLContext | None = None
        if host.url.startswith("https:"):
            self._tls = httpx2.create_ssl_context()
        self._turnstile: Turnstile | None = None
        if manners.requests is not None:
            per_s = manners.real(manners.per_s)
            self._turnstile = Turnstile(limits, host.url, requests=manners.requests, per_s=per_s)
        # Its lines name every header that is sent.
        logging.getLogger("httpcore2").setLevel(logging.WARNING)

    def ask(self, call: Call) -> Answer:
        """The whole answer, its body in memory.

        Raises:
            SourceRefused: the system does not take our key (401, 403).
            SourceUnavailable: no whole answer came in all tries, or in time.
            WrongAnswer: what came is no answer the call allows.
        """
        return self._patiently(call, None)

    def download(self, call: Call, to: Path) -> Answer:
        """The whole answer, the body of a success decoded in the file `to`, which is made anew.

        Only what `call.check` and length, gzip and TLS have let pass lies there in the end; on any
        error the file is taken away.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `ask`.
            OSError: the file cannot be written.
        """
        try:
            answer = self._patiently(call, to)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
        if answer.path is None:
            to.unlink(missing_ok=True)
        return answer

    def stop(self) -> None:
        """End every wait: questions under way are given up at their next step."""
        self._stopped.set()

    def _patiently(self, call: Call, to: Path | None) -> Answer:
        until = monotonic() + self.manners.real(self.manners.deadline_s)
        retrying = Retrying(
            stop=stop_any(stop_after_attempt(self.manners.tries), _Over(until, self._stopped)),
            wait=self._wait,
            retry=retry_if_exception_type(_Again),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._try, call, to, until)
        except _Again as last:
            tries = retrying.statistics.get("attempt_number", 1)
            _log.info("%s: given up after %d tries: %s", self.host, tries, last.why.what)
            raise last.why from None

    def _try(self, call: Call, to: Path | None, until: float) -> Answer:
        with self._places, self._let_in(until):
            patience = Patience(
                until=until,
                silence_s=self.manners.real(self.manners.silence_s),
                least_bytes_per_s=self.manners.least_bytes_per_s * self.manners.speed,
                stopped=self._stopped,
            )
            attempt = Try(request=self._request(call), patience=patience, tls=self._tls)
            try:
                answer = attempt.answer(call, to)
                if call.check is not None and answer.status in call.answers:
                    call.check(answer)
            except Broken as error:
                raise _Again(self._away(str(error))) from None
            except WrongAnswer as error:
                raise _Again(self._wrong(error)) from None
        if answer.status not in call.answers:
            self._refuse(answer)
        return answer

    def _refuse(self, answer: Answer) -> NoReturn:
        said = self.host.clean(excerpt(answer.content))
        what = f"{self.host} answered {answer.status}{f': {said}' if said else ''}."
        if answer.status in (401, 403):
            raise SourceRefused(what, hint=f"Mend {self.host.key_settings}.")
        if answer.status in _PASSING:
            away = SourceUnavailable(what, hint="Run again later: it goes on here.")
            raise _Again(away, _asked_wait(answer.headers.get("retry-after")))
        hint = f"Look whether {self.host.address_setting} is right."
        if 300 <= answer.status < 400:
            hint = f"It leads elsewhere, where no key may go: mend {self.host.address_setting}."
        raise WrongAnswer(what, hint=hint)

    def _request(self, call: Call) -> httpx2.Request:
        # A connection is used once (see web_download), so the system may close it.
        headers = {
            "User-Agent": _AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **self.host.headers,
            **call.headers,
        }
        return httpx2.Request(
            call.method,
            self.host.url.rstrip("/") + call.path,
            params=list(call.params) or None,
            headers=headers,
            json=call.json,
            data=dict(call.form) if call.form is not None else None,
        )

    @contextmanager
    def _let_in(self, until: float) -> Iterator[None]:
        if self._turnstile is None:
            yield
            return
        with self._turnstile.turn(until, self._sleep) as mine:
            if not mine:
                raise _Again(self._away("its limit of requests left no time for this question"))
            yield

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next try: as many as the system asks for, bounded; else growing."""
        longest = self.manners.real(self.manners.longest_wait_s)
        growing = wait_random_exponential(
            multiplier=self.manners.real(self.manners.first_wait_s), max=longest
        )
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.after_s if isinstance(error, _Again) else None
        return growing(state) if asked is None or asked <= 0 else min(asked, longest)

    def _sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise _Again(self._away("the run was stopped"))

    def _away(self, why: str) -> SourceUnavailable:
        return SourceUnavailable(
            f"{self.host} gave no whole answer: {self.host.clean(why)}.",
            hint="Run again later: it goes on here.",
        )

    def _wrong(self, error: WrongAnswer) -> WrongAnswer:
        what = self.host.clean(error.what)
        hint = error.hint or f"Look whether {self.host.address_setting} is right."
        return WrongAnswer(what if str(self.host) in what else f"{self.host}: {what}", hint=hint)


class _Over(stop_base):
    """Stops trying where the next try would begin after the deadline, or the run was stopped."""

    def __init__(self, until: float, stopped: Event) -> None:
        self._until = until
        self._stopped = stopped

    def __call__(self, state: RetryCallState) -> bool:
        return self._stopped.is_set() or monotonic() + state.upcoming_sleep >= self._until


def _asked_wait(header: str | None) -> float | None:
    """The seconds that a `Retry-After` (seconds or a date) asks for; None = it says nothing."""
    if header is None:
        return None
    text = header.strip()
    try:
        if text.lstrip("+-").isdecimal():
            # Longer than a float can say is bounded like everything that is too long.
            return float(text[:12])
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return (instant.replace(tzinfo=instant.tzinfo or UTC) - datetime.now(tz=UTC)).total_seconds()


def _refuse_address(host: Host) -> None:
    parts = urlsplit(host.url)
    loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or loopback) or parts.query:
        raise WrongSetting(
            f"{host.address_setting} is no address that a key may be sent to.",
            hint="Write it as https://host/path, without a question mark.",
        )


def at(host: Host, sandbox: str | None, system: str) -> Host:
    """The host, or its twin in the sandbox at that URL where one is set.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    if sandbox is None:
        return host
    return replace(host, url=twin_url(sandbox, system), address_setting="SANDBOX_URL")


def twin_url(sandbox: str, path: str) -> str:
    """Where a system's twin answers in the sandbox at that URL.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    if urlsplit(sandbox).hostname not in _LOOPBACK:
        raise WrongSetting(
            "SANDBOX_URL leads to another machine.", hint="A sandbox listens on 127.0.0.1 only."
        )
    return f"{sandbox.rstrip('/')}/{path}"
