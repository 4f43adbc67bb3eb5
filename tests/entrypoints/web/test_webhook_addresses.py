"""Addresses of webhooks in requests: none leads into a network of one's own, however it is spelt."""

from __future__ import annotations

import pytest

from gradeline.base.errors import BadRequest
from gradeline.entrypoints.web.webhook_addresses import check_webhook


@pytest.mark.parametrize(
    "url",
    [
        "http://2852039166/",
        "http://0xa9fea9fe",
        "http://0251.0376.0251.0376/",
        "http://127.1/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://localhost:8000/",
        "http://hook.internal/",
        "http://school/",
        "file:///etc/passwd",
        "gopher://school.example/",
        "https://user@school.example/",
        "http://[1/",
        "https://school.example:99999/",
        "//school.example/",
    ],
)
def test_what_is_no_public_address_is_refused(url: str) -> None:
    """The message names the field."""
    with pytest.raises(BadRequest) as error:
        check_webhook(url)
    assert error.value.where == ("body", "notify", "url")


@pytest.mark.parametrize("url", ["https://school.example/hook?a=b", "http://93.184.216.34:8080/"])
def test_a_public_address_is_taken(url: str) -> None:
    """By name or number."""
    assert check_webhook(url) is None
