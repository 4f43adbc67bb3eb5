"""The public keys that verify the school's JWTs, fetched by URL (a JWKS, RFC 7517)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any

from jwt import PyJWK
from jwt.exceptions import PyJWTError

from gradeline.access.expiring import Clock
from gradeline.base.errors import SignInUnavailable

#: Type and curve of a key → the one algorithm that it verifies.
_ALGORITHMS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("RSA", ""): "RS256", ("EC", "P-256"): "ES256"}
)
#: Seconds after which keys are fetched again; after a fetch that failed; for a key that is new.
_FRESH_S, _FAILED_S, _UNKNOWN_S = 300.0, 5.0, 60.0
#: Seconds for which keys serve while their server does not answer.
_KEPT_S = 86_400.0
_MOST_KEYS = 100


@dataclass(frozen=True, kw_only=True)
class _KeySet:
    keys: Mapping[tuple[str, str], PyJWK]  #: algorithm and key id → key
    fetched_at: float

    def find(self, algorithm: str, key_id: str | None) -> PyJWK | None:
        if key_id is not None:
            return self.keys.get((algorithm, key_id))
        fitting = [key for (one, _), key in self.keys.items() if one == algorithm]
        return fitting[0] if len(fitting) == 1 else None


class PublicKeys:
    """The keys of one JWKS; threads may share it.

    They are fetched every five minutes, and once a minute at most for a key that is not among
    them. While their server does not answer, the old ones serve for a day.

    Args:
        fetch: asks for the set: status and JSON; raises SignInUnavailable.
        clock: seconds of Unix time.
    """

    def __init__(self, fetch: Callable[[], tuple[int, Any]], clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._known = _KeySet(keys={}, fetched_at=0.0)
        self._asked_at = 0.0  #: when the last fetch began
        self._unknown_at = 0.0  #: when the last one for a key that is new began
        self._failure: str | None = None  #: why it failed
        self._lock = Lock()

    def find(self, algorithm: str, key_id: str | None) -> PyJWK | None:
        """Return the key with that id for an algorithm; without id the only one; None = none.

        Raises:
            SignInUnavailable: no keys could be fetched.
        """
        self._refresh(self._asked_at, _FRESH_S if self._failure is None else _FAILED_S)
        found = self._usable().find(algorithm, key_id)
        if found is None and self._refresh(self._unknown_at, _UNKNOWN_S):
            self._unknown_at = self._asked_at
            found = self._usable().find(algorithm, key_id)
        return found

    def _refresh(self, last_at: float, after_s: float) -> bool:
        """Fetch the keys if the last time was so long ago; return whether they were fetched."""
        if self._clock() - last_at < after_s:
            if not self._known.keys:
                with self._lock:  # the first fetch may be under way, and there is nothing before it
                    pass
            return False
        # Whoever comes while another one asks goes on with the old keys, if there are any.
        asked_at = self._asked_at
        if not self._lock.acquire(blocking=not self._known.keys):
            return False
        try:
            if self._asked_at == asked_at:
                self._ask()
        finally:
            self._lock.release()
        return True

    def _ask(self) -> None:
        self._asked_at = self._clock()
        try:
            status, answer = self._fetch()
        except SignInUnavailable as error:
            self._failure = error.what
            return
        keys = dict(_usable_keys(answer)) if status == 200 else {}
        self._failure = None if keys else "JWT_JWKS_URL leads to no set of RSA or P-256 keys."
        if keys:
            self._known = _KeySet(keys=MappingProxyType(keys), fetched_at=self._asked_at)

    def _usable(self) -> _KeySet:
        known = self._known
        if known.keys and self._clock() - known.fetched_at < _KEPT_S:
            return known
        why = self._failure or "Their keys are too old."
        raise SignInUnavailable(f"JWTs cannot be verified now. {why}")


def _usable_keys(answer: Any) -> Iterator[tuple[tuple[str, str], PyJWK]]:
    """Yield the keys of a JWKS that verify signatures by an algorithm of ours.

    A key verifies by one algorithm alone, whatever a token says; secret ones are never among them.
    """
    listed = answer.get("keys") if isinstance(answer, dict) else None
    for one in (listed if isinstance(listed, list) else [])[:_MOST_KEYS]:
        if not isinstance(one, dict):
            continue
        curve = one.get("crv") if one.get("kty") == "EC" else ""
        algorithm = _ALGORITHMS.get((str(one.get("kty")), str(curve)), "")
        if (
            not algorithm
            or one.get("use", "sig") != "sig"
            or one.get("alg", algorithm) != algorithm
        ):
            continue
        try:
            yield (algorithm, str(one.get("kid", ""))), PyJWK(one, algorithm)
        except (PyJWTError, ValueError, TypeError):
            continue
