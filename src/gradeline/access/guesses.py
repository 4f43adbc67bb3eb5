"""Limits against guessing: who sends one wrong secret after another has to wait."""

from __future__ import annotations

import ipaddress
import logging
from dataclasses import dataclass
from threading import Lock

from gradeline.access.expiring import Clock
from gradeline.base.errors import TooManyRequests

_log = logging.getLogger(__name__)

#: Wrong secrets that are nobody's fault: an old token in a few scripts, a link typed again.
_FREE = 10
_LONGEST_WAIT_S = 300.0
#: After so many seconds without a wrong one, earlier ones are forgotten.
_FORGOTTEN_S = 900.0
_MOST_NAMES = 10_000
#: Whoever has one address of IPv6 has as many as they like that begin with these bits.
_IPV6_BITS = 64


@dataclass(frozen=True, kw_only=True)
class _Count:
    wrong: int  #: secrets that were wrong
    at: float  #: when the last one came, in seconds of Unix time

    @property
    def wait_until(self) -> float:
        """The instant from which on the next one is looked at."""
        over = self.wrong - _FREE
        return self.at + min(2.0**over, _LONGEST_WAIT_S) if over >= 0 else self.at


class Guesses:
    """Counts wrong secrets per name (an address, the beginning of a token); threads may share it.

    After ten of them each further one doubles the wait: 1 s, 2 s, and so on up to five minutes.
    Counts are of this process and of the last quarter of an hour.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[str, _Count] = {}
        self._lock = Lock()

    def check(self, *names: str) -> None:
        """Let a secret be looked at.

        Raises:
            TooManyRequests: one of the names has to wait.
        """
        now = self._clock()
        wait_s = max((self._count(name, now).wait_until - now for name in names), default=0.0)
        if wait_s > 0:
            raise TooManyRequests(
                "Too many wrong tokens or links came from here.",
                hint=f"Try again in {round(wait_s + 0.5)} s, with a valid one.",
                retry_after_s=wait_s,
            )

    def note(self, *names: str) -> None:
        """Count a wrong secret."""
        now = self._clock()
        with self._lock:
            for name in names:
                wrong = self._count(name, now).wrong + 1
                self._counts.pop(name, None)
                if len(self._counts) >= _MOST_NAMES:
                    del self._counts[next(iter(self._counts))]
                self._counts[name] = _Count(wrong=wrong, at=now)
                if wrong == _FREE:
                    _log.warning(
                        "%d wrong tokens or links came from %s: it has to wait.", wrong, name
                    )

    def _count(self, name: str, now: float) -> _Count:
        count = self._counts.get(name)
        is_old = count is None or now - count.at > _FORGOTTEN_S
        return _Count(wrong=0, at=0.0) if count is None or is_old else count


def name_of_client(address: str) -> tuple[str, ...]:
    """Return the name under which an address is counted; none where it is not known."""
    if not address:
        return ()
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return (f"client {address}",)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return (f"client {ipaddress.ip_network((ip, _IPV6_BITS), strict=False)}",)
    return (f"client {ip}",)
