"""The webhook's own ways, beside what every channel promises."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Message
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
        "http://[fec0::1]/",
        "http://[ff0e::1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://a..b/",
        f"http://{'a' * 70}.example/",
        "http://8.8.8.8/\udcff",
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


@pytest.mark.parametrize("address", ["HTTPS://8.8.8.8:443/hook", "https://8.8.8.8:/hook"])
def test_an_address_has_one_spelling(address):
    """One receiver is one recipient, however its address was typed."""
    assert WebhookChannel("secret").resolve(address) == "https://8.8.8.8/hook"


@contextmanager
def receiver(first: bytes, *more: bytes) -> Iterator[str]:
    """A server that takes one post and answers with these bytes, the last of them without end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                try:
                    connection.sendall(first)
                    while more:
                        connection.sendall(more[-1])
                except OSError:  # the sender has hung up
                    return

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
        thread.join()


def post(address: str, answer_s: float = 90) -> str:
    """Post a message; return the provider's id of it."""
    channel = WebhookChannel("secret", allow_private=True, answer_s=answer_s)
    message = Message(subject="Daily figures", text="12 attempts")
    return channel.send(Envelope(key="k", address=address, message=message)).provider_id


def test_an_answer_without_end_is_not_read():
    """What a receiver says after its status is nobody's business, however much it is."""
    with receiver(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", b"x" * 65_536) as url:
        assert post(url) == "k"


def test_a_receiver_that_never_comes_to_its_status_is_not_waited_for():
    """Each byte comes in time and the whole never does: the outcome is unclear, and it ends."""
    with (
        receiver(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n") as url,
        pytest.raises(DeliveryUnknown, match="lost"),
    ):
        post(url, answer_s=0.2)


@pytest.mark.parametrize("asked", ["\xb2", "9" * 400])
def test_whatever_wait_a_receiver_asks_for_it_is_later(asked):
    """A wait that is no number, or one without end, is still a wait."""
    answer = f"HTTP/1.1 429 Wait\r\nRetry-After: {asked}\r\n\r\n".encode("latin-1")
    with receiver(answer) as url, pytest.raises(DeliveryLater):
        post(url)


def test_a_name_that_cannot_be_looked_up_now_is_tried_later(monkeypatch):
    """A network without names is no wrong address: nothing is paused for it."""

    def fail(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(DeliveryLater, match="looked up"):
        WebhookChannel("secret").resolve("https://school.example/hook")
