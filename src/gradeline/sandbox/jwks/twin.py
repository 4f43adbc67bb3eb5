"""The twin of a school's sign-in: signs JWTs, and publishes the keys that verify them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from gradeline.sandbox.exchange import HTML, JSON, Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.school import School

PATH = "/.well-known/jwks.json"


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key with its id and the algorithm that it signs by."""

    key_id: str
    algorithm: str
    private: Any

    def public(self) -> dict[str, Any]:
        """Return the public half as a JWK."""
        kind = RSAAlgorithm if self.algorithm == "RS256" else ECAlgorithm
        jwk = kind.to_jwk(self.private.public_key(), as_dict=True)
        return {**jwk, "kid": self.key_id, "use": "sig", "alg": self.algorithm}


@cache
def signing_key(algorithm: str, number: int) -> SigningKey:
    """Return the key with a number for an algorithm, RS256 or ES256; it is made once."""
    private = (
        rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
        if algorithm == "RS256"
        else ec.generate_private_key(ec.SECP256R1())
    )
    return SigningKey(key_id=f"{algorithm}-{number}", algorithm=algorithm, private=private)


class JwksTwin:
    """Serves `GET /.well-known/jwks.json`, with a key for RS256 and one for ES256.

    Its own faults: `busy` (503), `empty` (no keys), `page` (a page of HTML), `moved` (a redirect).
    A mix draws none.
    """

    name = "jwks"
    faults: Mapping[str, bool] = {
        **dict.fromkeys(TRANSPORT, False),
        **dict.fromkeys(("busy", "empty", "page", "moved"), False),
    }
    settings: Mapping[str, str] = {}

    def __init__(self, school: School | None = None, pace: Pace | None = None) -> None:  # noqa: ARG002 - as all twins
        self._number = 1
        self.keeps_old_keys = True  #: whether keys are published on after a rotation
        #: faults of the next requests, the next first: for who cannot wait for the dice
        self.next_faults: list[str] = []

    def rotate(self) -> None:
        """Sign with new keys from now on."""
        self._number += 1

    def key(self, algorithm: str = "RS256") -> SigningKey:
        """Return the key that tokens are signed with now."""
        return signing_key(algorithm, self._number)

    def issue(self, claims: Mapping[str, Any], algorithm: str = "RS256", **header: Any) -> str:
        """Return a signed JWT with those claims."""
        key = self.key(algorithm)
        return jwt.encode(
            dict(claims), key.private, algorithm, headers={"kid": key.key_id, **header}
        )

    def respond(self, request: Request) -> Response:
        """Publish the keys."""
        if request.method != "GET" or request.path != PATH:
            return Response(status=404, content_type=HTML, body=b"<h1>404</h1>")
        fault = self.next_faults.pop(0) if self.next_faults else request.fault
        if fault == "busy":
            return Response(status=503, content_type=HTML, body=b"")
        if fault == "page":
            return Response(content_type=HTML, body=b"<html></html>")
        if fault == "moved":
            return Response(status=302, headers=(("Location", request.address + PATH),))
        keys = [] if fault == "empty" else self._published()
        return Response(content_type=JSON, body=json.dumps({"keys": keys}).encode())

    def _published(self) -> list[dict[str, Any]]:
        first = 1 if self.keeps_old_keys else self._number
        return [
            signing_key(algorithm, number).public()
            for number in range(first, self._number + 1)
            for algorithm in ("RS256", "ES256")
        ]
