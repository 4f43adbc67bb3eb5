"""An HTTP client that retries, keeps to a system's rate limit and takes only whole responses.

A request is repeated after a failed connection, a 429, a 5xx or a response of the wrong kind, with
growing waits that obey `Retry-After` within bounds, until its tries or its time are used up.
Redirects are not followed: a key goes only to the host that settings name.
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
import tenacity
from tenacity.stop import stop_base

from gradeline.base.errors import (
    SourceError,
    SourceRefused,
    SourceUnavailable,
    WrongAnswer,
    WrongSetting,
)
from gradeline.base.masking import SECRETS
from gradeline.sources.web.attempt import Attempt, ConnectionFailed
from gradeline.sources.web.deadline import Deadline
from gradeline.sources.web.exchange import Host, Request, RequestPolicy, Response, excerpt
from gradeline.sources.web.rate_limit import RateLimiter

__all__ = ["Host", "HttpClient", "Request", "RequestPolicy", "Response", "twin_url", "via_sandbox"]

_log = logging.getLogger(__name__)

#: Statuses that pass by themselves: the next try may fare better.
_TEMPORARY = frozenset({408, 420, 425, 429, *range(500, 600)})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_AGENT = "gradeline"


class _RetryableError(Exception):
    """An attempt failed; `why` is the error to raise if all others fail too."""

    def __init__(self, why: SourceError, after_s: float | None = None) -> None:
        super().__init__(why.what)
        self.why = why
        self.after_s = after_s  #: how long the system asks us to wait


class HttpClient:
    """A client of one system. Threads may share it; its rate limit spans processes.

    Args:
        host: the system.
        policy: timeouts, retries and rate limit.
        limits: the folder in which processes share the rate limit.

    Raises:
        WrongSetting: the address is not https:// (or loopback).
    """

    def __init__(self, host: Host, policy: RequestPolicy, limits: Path) -> None:
        _refuse_address(host)
        SECRETS.add(host.secrets)
        self.host = host
        self.policy = policy
        self._slots = BoundedSemaphore(policy.parallel)
        self._stopped = Event()
        self._tls: ssl.SSLContext | None = None
        if host.url.startswith("https:"):
            self._tls = httpx2.create_ssl_context()
        self._limiter: RateLimiter | None = None
        if policy.requests is not None:
            per_s = policy.scaled(policy.per_s)
            self._limiter = RateLimiter(limits, host.url, requests=policy.requests, per_s=per_s)
        # Its lines name every header that is sent.
        logging.getLogger("httpcore2").setLevel(logging.WARNING)

    def send(self, request: Request) -> Response:
        """Send a request and return the whole response, its body in memory.

        Raises:
            SourceRefused: the system does not accept our key (401, 403).
            SourceUnavailable: no whole response came in all tries, or in time.
            WrongAnswer: the response is not one that the request allows.
        """
        return self._send_with_retries(request, None)

    def download(self, request: Request, to: Path) -> Response:
        """Send a request and write the decoded body of a success to the file `to`.

        The file is complete: `request.check`, length, gzip and TLS have passed. On any error, and
        where the response is not a success, there is no file.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `send`.
            OSError: the file cannot be written.
        """
        try:
            response = self._send_with_retries(request, to)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
        if response.path is None:
            to.unlink(missing_ok=True)
        return response

    def stop(self) -> None:
        """End every wait: requests under way are given up at their next step."""
        self._stopped.set()

    def _send_with_retries(self, request: Request, to: Path | None) -> Response:
        until = monotonic() + self.policy.scaled(self.policy.deadline_s)
        retrying = tenacity.Retrying(
            stop=tenacity.stop_any(
                tenacity.stop_after_attempt(self.policy.tries),
                _StopAtDeadline(until, self._stopped),
            ),
            wait=self._wait_before_retry,
            retry=tenacity.retry_if_exception_type(_RetryableError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._send_once, request, to, until)
        except _RetryableError as last:
            tries = retrying.statistics.get("attempt_number", 1)
            _log.info("%s: given up after %d tries: %s", self.host, tries, last.why.what)
            raise last.why from None

    def _send_once(self, request: Request, to: Path | None, until: float) -> Response:
        with self._slots, self._rate_limit(until):
            deadline = Deadline(
                until=until,
                silence_s=self.policy.scaled(self.policy.silence_s),
                min_bytes_per_s=self.policy.min_bytes_per_s * self.policy.speed,
                stopped=self._stopped,
            )
            attempt = Attempt(raw=self._raw(request), deadline=deadline, tls=self._tls)
            try:
                response = attempt.send(request, to)
                if request.check is not None and response.status in request.statuses:
                    request.check(response)
            except ConnectionFailed as error:
                raise _RetryableError(self._unavailable(str(error))) from None
            except WrongAnswer as error:
                raise _RetryableError(self._with_hint(error)) from None
        if response.status not in request.statuses:
            self._raise_for_status(response)
        return response

    def _raise_for_status(self, response: Response) -> NoReturn:
        text = excerpt(response.content)
        what = f"{self.host} answered {response.status}{f': {text}' if text else ''}."
        if response.status in (401, 403):
            raise SourceRefused(what, hint=f"Correct {self.host.key_settings}.")
        if response.status in _TEMPORARY:
            away = SourceUnavailable(what, hint="Run again later; collection resumes here.")
            raise _RetryableError(away, _retry_after_s(response.headers.get("retry-after")))
        hint = f"Check {self.host.address_setting}."
        if 300 <= response.status < 400:
            setting = self.host.address_setting
            hint = f"It redirects, and the key is sent nowhere else. Correct {setting}."
        raise WrongAnswer(what, hint=hint)

    def _raw(self, request: Request) -> httpx2.Request:
        # A connection is used once (see attempt.py), so the system may close it.
        headers = {
            "User-Agent": _AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **self.host.headers,
            **request.headers,
        }
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise WrongSetting(
                f"{self.host.key_settings} has characters that no HTTP header can hold.",
                hint="Copy it again: letters of other alphabets and line breaks are none of it.",
            )
        return httpx2.Request(
            request.method,
            self.host.url.rstrip("/") + request.path,
            params=list(request.params) or None,
            headers=headers,
            json=request.json,
            data=dict(request.form) if request.form is not None else None,
        )

    @contextmanager
    def _rate_limit(self, until: float) -> Iterator[None]:
        if self._limiter is None:
            yield
            return
        with self._limiter.slot(until, self._sleep) as free:
            if not free:
                why = "its limit of requests left no time for this question"
                raise _RetryableError(self._unavailable(why))
            yield

    def _wait_before_retry(self, state: tenacity.RetryCallState) -> float:
        """Return the seconds before the next try: those of `Retry-After`, bounded, else growing."""
        longest = self.policy.scaled(self.policy.max_wait_s)
        growing = tenacity.wait_random_exponential(
            multiplier=self.policy.scaled(self.policy.first_wait_s), max=longest
        )
        error = state.outcome.exception() if state.outcome is not None else None
        retry_after = error.after_s if isinstance(error, _RetryableError) else None
        if retry_after is None or retry_after <= 0:
            return growing(state)
        return min(retry_after, longest)

    def _sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise _RetryableError(self._unavailable("the run was stopped"))

    def _unavailable(self, why: str) -> SourceUnavailable:
        return SourceUnavailable(
            f"{self.host} returned no complete response: {why}.",
            hint="Run again later; collection resumes here.",
        )

    def _with_hint(self, error: WrongAnswer) -> WrongAnswer:
        what = error.what
        hint = error.hint or f"Check {self.host.address_setting}."
        return WrongAnswer(what if str(self.host) in what else f"{self.host}: {what}", hint=hint)


class _StopAtDeadline(stop_base):
    """Stop retrying where the next try would begin after the deadline, or the run was stopped."""

    def __init__(self, until: float, stopped: Event) -> None:
        self._until = until
        self._stopped = stopped

    def __call__(self, state: tenacity.RetryCallState) -> bool:
        return self._stopped.is_set() or monotonic() + state.upcoming_sleep >= self._until


def _retry_after_s(header: str | None) -> float | None:
    """Return the seconds of a `Retry-After` header (seconds or a date); None = it has none."""
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
            f"{host.address_setting} is not an address that a key may be sent to.",
            hint="Write it as https://host/path, without a question mark.",
        )


def via_sandbox(host: Host, sandbox_url: str | None, system: str) -> Host:
    """Return the host, or its twin where a sandbox is set.

    Args:
        host: the system.
        sandbox_url: the setting SANDBOX_URL.
        system: the twin's path in the sandbox, e.g. `amplitude`.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    if sandbox_url is None:
        return host
    return replace(host, url=twin_url(sandbox_url, system), address_setting="SANDBOX_URL")


def twin_url(sandbox_url: str, path: str) -> str:
    """Return the URL of a system's twin in a sandbox.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    if urlsplit(sandbox_url).hostname not in _LOOPBACK:
        raise WrongSetting(
            "SANDBOX_URL leads to another machine.", hint="A sandbox listens on 127.0.0.1 only."
        )
    return f"{sandbox_url.rstrip('/')}/{path}"
