"""The webhook's own ways, beside what every channel promises."""

from __future__ import annotations

import pytest

from gradeline.base.errors import DeliveryRefused
from gradeline.delivery.webhook import WebhookChannel


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/hook",
        "http://localhost/hook",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://169.254.169.254/latest",
        "http://10.0.0.7/",
        "http://192.168.1.1/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "gopher://school.example/",
        "ftp://school.example/",
        "https://user:secret@8.8.8.8/",
        "no address",
        "",
    ],
)
def test_no_address_inside_our_network_is_posted_to(address):
    """However it is spelled, an address that is not on the internet is refused."""
    with pytest.raises(DeliveryRefused):
        WebhookChannel("secret").resolve(address)


def test_a_public_address_is_taken():
    """An address on the internet is kept as it was written."""
    address = "https://8.8.8.8/hook?school=1"
    assert WebhookChannel("secret").resolve(address) == address
