"""JWTs: a table of good and bad ones, and what their claims give."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from gradeline.access.bearer_tokens import BearerTokens, JwtRules
from gradeline.access.keys import PublicKeys
from gradeline.access.permissions import Role
from gradeline.base.errors import SignInNeeded
from gradeline.sandbox.jwks.twin import JwksTwin, signing_key

SECRET = "a-secret-of-the-school-that-is-long-enough"
AUDIENCE, ISSUER = "gradeline", "https://login.school.example"
NOW = int(time.time())
CLAIMS: Mapping[str, Any] = {
    "sub": "ana",
    "role": "teacher",
    "group_ids": ["groups:A"],
    "aud": AUDIENCE,
    "iss": ISSUER,
    "exp": NOW + 600,
}


@pytest.fixture
def verifier(vouching, json_client) -> BearerTokens:
    """Takes what the school's secret or its published keys sign."""
    rules = JwtRules(
        secret=SECRET.encode(),
        keys=PublicKeys(lambda: json_client.get(vouching.jwks_url), time.time),
        audience=AUDIENCE,
        issuer=ISSUER,
    )
    return BearerTokens(rules, time.time)


def hs256(secret: str | bytes = SECRET, headers: Mapping[str, Any] | None = None, **changed) -> str:
    """A token signed with a secret; a claim of None is left out."""
    claims = {name: v for name, v in {**CLAIMS, **changed}.items() if v is not None}
    return jwt.encode(claims, secret, "HS256", headers=dict(headers or {}))


def parts(*documents: Any, signature: bytes = b"") -> str:
    """A token of any header and claims, signed by nobody."""
    encoded = [json.dumps(one).encode() for one in documents]
    spelled = [base64.urlsafe_b64encode(each).rstrip(b"=") for each in (*encoded, signature)]
    return b".".join(spelled).decode()


def confused() -> str:
    """A token by HS256 whose secret is our public RSA key."""
    pem = signing_key("RS256", 1).private.public_key()
    secret = pem.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    unsigned = parts({"alg": "HS256", "typ": "JWT", "kid": "RS256-1"}, CLAIMS).rpartition(".")[0]
    digest = hmac.digest(secret, unsigned.encode(), hashlib.sha256)
    return f"{unsigned}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def of_another_key() -> str:
    """A token by RS256 that says a published key's id and is signed by another."""
    other = signing_key("RS256", 99).private
    return jwt.encode(dict(CLAIMS), other, "RS256", headers={"kid": "RS256-1"})


#: What it is → the token, and what its refusal says.
BAD: Mapping[str, tuple[Callable[[JwksTwin], str], str]] = {
    "no algorithm": (lambda _: parts({"alg": "none"}, CLAIMS), "not accepted here"),
    "no algorithm, capitals": (lambda _: parts({"alg": "NONE"}, CLAIMS), "not accepted here"),
    "another algorithm": (
        lambda _: jwt.encode(dict(CLAIMS), SECRET * 2, "HS512"),
        "not accepted here",
    ),
    "the public key as secret": (lambda _: confused(), "not valid"),
    "another secret": (lambda _: hs256("another-secret-that-is-also-long-enough"), "not valid"),
    "another key": (lambda _: of_another_key(), "not valid"),
    "a key that is not listed": (lambda one: one.issue(CLAIMS, kid="no-such-key"), "not list"),
    "a path as key": (lambda one: one.issue(CLAIMS, kid="../../../../dev/null"), "not list"),
    "SQL as key": (lambda one: one.issue(CLAIMS, kid="x' UNION SELECT 'k"), "not list"),
    "an RSA key for ES256": (lambda one: one.issue(CLAIMS, "ES256", kid="RS256-1"), "not list"),
    "a number as key": (lambda _: parts({"alg": "RS256", "kid": 7}, CLAIMS), "no valid JWT"),
    "another use": (lambda _: hs256(headers={"typ": "logout+jwt"}), "another use"),
    "a critical header": (lambda _: hs256(headers={"crit": ["x"], "x": 1}), "no valid JWT"),
    "expired": (lambda _: hs256(exp=NOW - 60), "expired"),
    "without end": (lambda _: hs256(exp=None), "lacks a claim"),
    "an endless end": (lambda _: hs256(exp=float("inf")), "no valid JWT"),
    "an end in words": (lambda _: hs256(exp="tomorrow"), "no valid JWT"),
    "not valid yet": (lambda _: hs256(nbf=NOW + 600), "not valid yet"),
    "made tomorrow": (lambda _: hs256(iat=NOW + 86_400), "not valid yet"),
    "for another audience": (lambda _: hs256(aud="shop"), "somebody else"),
    "for several audiences": (lambda _: hs256(aud=[AUDIENCE, "shop"]), "somebody else"),
    "for no audience": (lambda _: hs256(aud=None), "lacks a claim"),
    "of another issuer": (lambda _: hs256(iss=f"{ISSUER}.evil.example"), "another issuer"),
    "of no issuer": (lambda _: hs256(iss=None), "lacks a claim"),
    "of nobody": (lambda _: hs256(sub=None), "names nobody"),
    "a number as name": (lambda _: hs256(sub=7), "no valid JWT"),
    "a line break in a name": (lambda _: hs256(sub="ana\nadmin"), "no short text"),
    "groups as text": (lambda _: hs256(group_ids="groups:A"), "no list of texts"),
    "groups as numbers": (lambda _: hs256(group_ids=[1]), "no list of texts"),
    "a role as list": (lambda _: hs256(role=["admin"]), "no short text"),
    "claims that are a list": (lambda _: parts({"alg": "HS256"}, [1]), "not valid"),
    "no JSON": (lambda _: "e30.e30.e30", "not accepted here"),
    "no base64": (lambda _: "a!.b.c", "no valid JWT"),
    "empty parts": (lambda _: "..", "no valid JWT"),
    "deep JSON": (lambda _: _deep(), "no valid JWT"),
}


def _deep() -> str:
    header = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 4000 + b"}").rstrip(b"=").decode()
    return f"{header}.e30.e30"


@pytest.mark.parametrize("what", BAD)
def test_a_bad_token_is_refused_in_plain_words(verifier, vouching, what):
    """Each is a SignInNeeded, whose words have nothing of the token."""
    make, said = BAD[what]
    token = make(vouching.jwks)
    with pytest.raises(SignInNeeded, match=said) as refused:
        verifier.identify(token)
    assert not [part for part in token.split(".") if len(part) > 3 and part in str(refused.value)]


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "ES256"])
def test_a_token_of_each_algorithm_signs_in(verifier, vouching, algorithm):
    """By the secret, or by a key that is published."""
    token = hs256() if algorithm == "HS256" else vouching.jwks.issue(CLAIMS, algorithm)
    found = verifier.identify(token)
    assert (found.login, found.principal.role) == ("ana", Role.CURATOR)
    assert found.principal.groups == {"groups:A"}


def test_every_changed_sign_is_refused(verifier):
    """Whichever character of a token is another one, header, claims and signature."""
    token = hs256()
    for place, sign in enumerate(token):
        other = "A" if sign != "A" else "B"
        with pytest.raises(SignInNeeded):
            verifier.identify(f"{token[:place]}{other}{token[place + 1 :]}")


def test_a_spelling_of_the_same_bytes_is_refused(verifier):
    """The last character of a signature has bits that carry nothing: they must be 0."""
    token = hs256()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(token[-1]) + 1]
    with pytest.raises(SignInNeeded):
        verifier.identify(twin)


#: Claims → role, groups, learner.
READ = [
    ({"role": "admin", "group_ids": ["groups:A"]}, (Role.ADMIN, [], None)),
    ({"role": "Teacher"}, (Role.CURATOR, ["groups:A"], None)),
    ({"role": "curator", "group_ids": None}, (Role.CURATOR, [], None)),
    ({"role": "reader"}, (Role.READER, ["groups:A"], None)),
    ({"role": "student"}, (Role.LEARNER, [], "ana")),
    ({"role": "student", "learner_id": "grader:7"}, (Role.LEARNER, [], "grader:7")),
    ({"role": "parent"}, (Role.GUEST, [], None)),
]


@pytest.mark.parametrize(("claims", "expected"), READ)
def test_claims_give_role_groups_and_learner(verifier, claims, expected):
    """A word that is no role of ours gives no rights."""
    found = verifier.identify(hs256(**claims)).principal
    assert (found.role, sorted(found.groups), found.learner_id) == expected


def test_without_a_role_the_staff_is_asked_for_the_email(verifier):
    """An e-mail that the issuer has not confirmed names nobody."""
    claims = {"role": None, "email": "Ana@School.example"}
    found = verifier.identify(hs256(**claims))
    assert (found.principal, found.email) == (None, "ana@school.example")
    assert verifier.identify(hs256(**claims, email_verified=False)).email == ""


def test_without_an_audience_of_ours_a_token_for_somebody_is_refused():
    """A token that names no audience is taken, as earlier systems made them."""
    verifier = BearerTokens(JwtRules(secret=SECRET.encode()), time.time)
    assert verifier.identify(hs256(aud=None)).login == "ana"
    with pytest.raises(SignInNeeded, match="somebody else"):
        verifier.identify(hs256())


def test_a_token_is_believed_no_longer_than_it_lives(clock):
    """At most a minute, and not past its end."""
    verifier, now = BearerTokens(JwtRules(secret=SECRET.encode()), time.time), int(time.time())
    soon = verifier.identify(hs256(aud=None, exp=now + 10)).valid_until
    late = verifier.identify(hs256(aud=None, exp=now + 6000)).valid_until
    assert soon == now + 10 + 30
    assert late <= time.time() + 60
