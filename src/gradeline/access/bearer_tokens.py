"""JWTs of the school: verified by fixed algorithms, and read for role and groups (RFC 8725)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import jwt
from jwt import exceptions

from gradeline.access.expiring import Clock
from gradeline.access.identities import Identity
from gradeline.access.keys import PublicKeys
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import SignInNeeded
from gradeline.records.ids import normalize_email, normalize_id

if TYPE_CHECKING:
    from jwt.types import Options

#: Seconds for which a verified token is not verified again.
_KNOWN_S = 60.0
#: Seconds by which the clocks of issuer and school may differ.
_LEEWAY_S = 30
_LONGEST_NAME, _MOST_GROUPS = 512, 10_000
_SHARED: Final = "HS256"  #: verified by the secret that the issuer has, too
_PUBLIC = ("RS256", "ES256")
#: What the header may say that a token is; tokens for other uses are no sign-in.
_TYPES = ("jwt", "at+jwt", "application/at+jwt")
#: The claim `role` → the role; another word gives no rights.
_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "admin": Role.ADMIN,
        "teacher": Role.CURATOR,
        "curator": Role.CURATOR,
        "reader": Role.READER,
        "student": Role.LEARNER,
        "learner": Role.LEARNER,
    }
)
#: The library's error → what is told; its nearest class counts.
_REFUSALS: Mapping[type[Exception], str] = MappingProxyType(
    {
        exceptions.ExpiredSignatureError: "The JWT has expired.",
        exceptions.ImmatureSignatureError: "The JWT is not valid yet.",
        exceptions.MissingRequiredClaimError: "The JWT lacks a claim: exp, or aud or iss where"
        " JWT_AUDIENCE or JWT_ISSUER is set.",
        exceptions.InvalidAudienceError: "The JWT is meant for somebody else than"
        " JWT_AUDIENCE says.",
        exceptions.InvalidIssuerError: "The JWT is of another issuer than JWT_ISSUER says.",
        exceptions.InvalidSignatureError: "The signature of the JWT is not valid.",
        Exception: "The bearer token is no valid JWT.",
    }
)


@dataclass(frozen=True, kw_only=True)
class JwtRules:
    """What a JWT of the school must be; without secret and keys there is none."""

    secret: bytes | None = None  #: verifies HS256, and nothing else
    keys: PublicKeys | None = None  #: verify RS256 and ES256, and nothing else
    audience: str | None = None  #: the one that a token must name; None = it may name none
    issuer: str | None = None  #: the one that a token must name; None = any


class BearerTokens:
    """Verifies JWTs. The algorithm decides which key is asked for, and never the other way."""

    def __init__(self, rules: JwtRules, clock: Clock) -> None:
        self._rules, self._clock = rules, clock

    def identify(self, token: str) -> Identity:
        """Return whom a JWT names; see `Verifier`."""
        claims = self._verified(token)
        login = _text(claims, "sub") or _text(claims, "email")
        if not login:
            raise SignInNeeded("The JWT names nobody: it has neither sub nor email.")
        is_confirmed = claims.get("email_verified", True) in (True, "true")
        return Identity(
            login=login,
            email=normalize_email(_text(claims, "email")) if is_confirmed else "",
            principal=_principal(claims, login),
            valid_until=min(float(claims["exp"]) + _LEEWAY_S, self._clock() + _KNOWN_S),
        )

    def _verified(self, token: str) -> Mapping[str, Any]:
        options: Options = {
            "require": ["exp", *self._named()],
            "strict_aud": self._rules.audience is not None,
            "enforce_minimum_key_length": True,
        }
        try:
            algorithm, key = self._key(jwt.get_unverified_header(token))
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                options=options,
                audience=self._rules.audience,
                issuer=self._rules.issuer,
                leeway=_LEEWAY_S,
            )
        except (
            exceptions.PyJWTError,
            ValueError,
            TypeError,
            OverflowError,
            RecursionError,
        ) as error:
            kinds = (kind for kind in type(error).__mro__ if kind in _REFUSALS)
            raise SignInNeeded(_REFUSALS[next(kinds)]) from None
        return claims

    def _named(self) -> tuple[str, ...]:
        wanted = {"aud": self._rules.audience, "iss": self._rules.issuer}
        return tuple(claim for claim, value in wanted.items() if value is not None)

    def _key(self, header: Mapping[str, Any]) -> tuple[str, Any]:
        """Return the algorithm of a token and our key for it; other hints at keys are not read."""
        if str(header.get("typ", "jwt")).lower() not in _TYPES:
            raise SignInNeeded("The JWT is made for another use than signing in.")
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == _SHARED and self._rules.secret is not None:
            return algorithm, self._rules.secret
        if algorithm in _PUBLIC and self._rules.keys is not None:
            key = self._rules.keys.find(algorithm, key_id)
            if key is None:
                raise SignInNeeded("The JWT is signed by a key that JWT_JWKS_URL does not list.")
            return algorithm, key.key
        raise SignInNeeded("The JWT is signed in a way that is not accepted here.")


def _principal(claims: Mapping[str, Any], login: str) -> Principal | None:
    """Return what the claims say; None where they say no role, and the staff is asked."""
    if claims.get("role") is None:
        return None
    role = _ROLES.get(_text(claims, "role").lower(), Role.GUEST)
    if role is Role.LEARNER:
        learner_id = _text(claims, "learner_id") or _text(claims, "sub")
        return Principal(role=role, login=login, learner_id=learner_id or None)
    is_bounded = role in (Role.CURATOR, Role.READER)
    groups = _groups(claims) if is_bounded else frozenset[str]()
    return Principal(role=role, login=login, groups=groups)


def _groups(claims: Mapping[str, Any]) -> frozenset[str]:
    given = claims.get("group_ids") or []
    is_list = isinstance(given, list) and len(given) <= _MOST_GROUPS
    if not is_list or not all(isinstance(each, str) for each in given):
        raise SignInNeeded("The claim group_ids of the JWT is no list of texts.")
    return frozenset(filter(None, map(normalize_id, given)))


def _text(claims: Mapping[str, Any], name: str) -> str:
    """Return a claim that is a text; empty where it is missing."""
    value = claims.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_NAME or not value.isprintable():
        raise SignInNeeded(f"The claim {name} of the JWT is no short text.")
    return normalize_id(value)
