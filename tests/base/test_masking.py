"""Secrets are in no text that people read, wherever and however another system echoes them."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from gradeline.base.errors import SourceError, WarehouseError
from gradeline.base.masking import SECRETS, shorten
from gradeline.sources.learnworlds.errors import error_text
from gradeline.sources.web.exchange import excerpt

ALPHABET = "Zq7/Lw@9?k#2:v%4"
FORMS = {
    "as it is": str,
    "in a URL": lambda secret: quote(secret, safe=""),
    "in a form": quote_plus,
    "in JSON": json.dumps,
    "in Basic": lambda secret: base64.b64encode(secret.encode()).decode(),
    "in Python": repr,
}


def canary(length: int) -> str:
    """A secret of that length with every sign that is escaped somewhere."""
    return "".join(f"{number:x}{ALPHABET[number % 16]}" for number in range(length))[:length]


def pieces(text: str) -> set[str]:
    """Every run of eight signs."""
    return {text[at : at + 8] for at in range(len(text) - 7)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("length", [20, 200, 2000])
def test_no_part_of_a_secret_is_quoted_wherever_it_is_echoed(length, form):
    """The whole text is cleaned before it is cut, so no beginning of a secret is left."""
    secret = canary(length)
    SECRETS.add([secret])
    echoed = FORMS[form](secret)
    for offset in range(0, 221, 10):
        text = f"{'y' * offset}{echoed} is not a key"
        answer = json.dumps({"errors": [{"message": text}]}).encode()
        told = f"{excerpt(text.encode())} {shorten(text, 300)} {error_text(answer)}"
        assert not pieces(told) & (pieces(echoed) | pieces(secret))


def test_every_error_of_ours_is_clean():
    """Also one that quotes another program without thinking of secrets."""
    SECRETS.add(["Tr0ub4dor&3 zebra"])
    error = WarehouseError("no login with Tr0ub4dor&3 zebra", hint="not Tr0ub4dor%263+zebra")
    assert str(error) == "no login with *** not ***"
    assert "zebra" not in repr(error)


def test_a_short_secret_is_masked_as_a_word_alone():
    """A password like `grader` does not cut words apart; one below six signs is too common."""
    SECRETS.add(["grader", "abc"])
    assert str(SourceError("grader, graders, abc")) == "***, graders, abc"
