"""The channel `email`: what is encrypted, what each end of a connection means, what is asked."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
from tests.delivery.email_rig import parsed, running_email, server_of

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope
from gradeline.delivery.email import Email
from gradeline.delivery.mail_server import MailServer
from gradeline.delivery.mailbox import read_mailbox
from gradeline.delivery.message import Document, Message
from gradeline.sandbox.server.loop_thread import running_loop
from gradeline.sandbox.smtp.inbox import PASSWORD, SENDER

#: Lines that begin with the dot which ends a message in SMTP.
TEXT = ".\n..\n.The text has lines that begin with dots. Each of them has to arrive.\n"


@pytest.fixture(scope="module")
def shared():
    """One mail server for all tests."""
    with running_email() as rig:
        yield rig


@pytest.fixture
def rig(shared):
    """The mail server without faults of another test."""
    shared.twin.inbox.forget()
    return shared


def envelope(address="ana@school.example", size=10, **more) -> Envelope:
    """A message with one document."""
    content = Document(name="a.pdf", media_type="application/pdf", content=bytes(size), key="a.pdf")
    message = Message(subject="Report", text=TEXT, documents=(content,))
    return Envelope(key=f"key-{address}-{size}", address=address, message=message, **more)


@contextmanager
def server_that_says(*replies: bytes):
    """A server that answers each line with the next reply, in clear text; port and lines heard."""
    heard: list[bytes] = []
    done = threading.Event()

    async def talk(reader, writer):
        """Answer one connection."""
        for reply in replies:
            writer.write(reply + b"\r\n")
            heard.append(await reader.readline())
        writer.close()
        done.set()

    with running_loop("plain") as loop:
        server = loop.run(asyncio.start_server(talk, "127.0.0.1", 0))
        try:
            yield server.sockets[0].getsockname()[1], heard
        finally:
            done.wait(5)
            loop.run(closed(server))


@contextmanager
def server_that_takes(before: list[bytes], last: bytes):
    """A server that hears a message up to its dot, and then gives its last reply; its port."""

    async def talk(reader, writer):
        """Answer one connection."""
        for reply in before:
            writer.write(reply + b"\r\n")
            if reply != before[-1]:
                await reader.readline()
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(last + b"\r\n")
        await reader.read()
        writer.close()

    with running_loop("plain") as loop:
        server = loop.run(asyncio.start_server(talk, "127.0.0.1", 0))
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            loop.run(closed(server))


async def closed(server) -> None:
    """Stop listening, in the server's own loop."""
    server.close()
    await asyncio.sleep(0.05)


def plain(port: int, **other) -> Email:
    """A channel to a server on this machine that asks for no password."""
    server = {"host": "127.0.0.1", "port": port, "sender": read_mailbox(SENDER)}
    return Email(MailServer(**{**server, "password": None, "timeout_s": 5.0, **other}))


def test_starttls_and_tls_both_carry_a_message(rig):
    """Both ports of the server take the same mail."""
    for port, security in ((rig.twin.port, "starttls"), (rig.twin.tls_port, "tls")):
        Email(server_of(rig.twin, port=port, security=security)).send(envelope())
    first, second = (parsed(mail.content) for mail in rig.twin.arrived()[-2:])
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_body(("plain",)).get_content().replace("\r\n", "\n") == TEXT


def test_a_server_without_starttls_hears_no_password(rig):
    """Nothing is sent in clear text: neither login nor message, only the question what it can."""
    with server_that_says(b"220 hi", b"250-hi\r\n250 AUTH PLAIN LOGIN") as (port, heard):
        channel = plain(port, password=PASSWORD)
        with pytest.raises(DeliveryRefused, match="STARTTLS") as refused:
            channel.send(envelope())
    assert "587" in refused.value.hint
    assert [line[:4] for line in heard] == [b"EHLO", b""]


@pytest.mark.parametrize(
    "other",
    [{"host": "mail.school.example"}, {"password": "x"}, {"host": "127.0.0.1.evil.example"}],
)
def test_only_this_machine_without_a_password_needs_no_encryption(other):
    """Everything else cannot even be declared."""
    server = {"host": "localhost", "port": 25, "sender": read_mailbox(SENDER), "password": None}
    assert MailServer(**server, security="none").security == "none"
    with pytest.raises(ValueError, match="without a password"):
        MailServer(**{**server, **other}, security="none")


def test_a_server_of_this_machine_is_sent_to_as_it_is():
    """A relay on loopback gets the message without encryption and without a login."""
    replies = [b"220 hi", b"250 hi", b"250 ok", b"550 5.1.1 who?"]
    with server_that_says(*replies) as (port, heard):
        (refused,) = plain(port, security="none").check("ana@school.example")
    assert "who?" in refused.what
    assert b"MAIL FROM:<reports@school.example>\r\n" in heard


def test_a_certificate_that_nobody_vouches_for_is_refused(rig):
    """Without SMTP_CA_FILE the server of the sandbox is a stranger, and hears no password."""
    before = len(rig.twin.arrived())
    for port, security in ((rig.twin.port, "starttls"), (rig.twin.tls_port, "tls")):
        channel = Email(server_of(rig.twin, port=port, security=security, ca_file=None))
        with pytest.raises(DeliveryRefused, match="certificate") as refused:
            channel.send(envelope())
        assert "SMTP_CA_FILE" in refused.value.hint
    assert len(rig.twin.arrived()) == before


def test_a_file_that_is_no_certificate_is_named(rig, tmp_path):
    """The setting and the file stand in the message."""
    (tmp_path / "ca.pem").write_text("nothing")
    channel = Email(server_of(rig.twin, ca_file=tmp_path / "ca.pem"))
    (refused,) = channel.check("ana@school.example")
    assert "SMTP_CA_FILE" in refused.what
    assert "ca.pem" in refused.what


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("smtp-421", DeliveryLater, "421"),
        ("smtp-451", DeliveryLater, "451"),
        ("smtp-quota", DeliveryLater, "allows for a day"),
        ("smtp-535", DeliveryRefused, "app password"),
        ("smtp-550", DeliveryRefused, "Correct the address"),
        ("smtp-552", DeliveryRefused, "smaller documents"),
        ("smtp-cut", DeliveryLater, "before it had the message"),
        ("smtp-cut-after-dot", DeliveryUnknown, "did not confirm"),
    ],
)
def test_each_fault_is_of_its_kind(rig, fault, kind, words):
    """Refused for good, later, or unknown: only a cut after the last dot leaves a doubt."""
    before = len(rig.twin.arrived())
    rig.twin.inbox.fail_next.append(fault)
    with pytest.raises(kind) as caught:
        rig.channel.send(envelope(size=2_000_000))
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert caught.value.hint
    assert len(rig.twin.arrived()) - before == (kind is DeliveryUnknown)


def test_nobody_listening_is_later(rig):
    """A refused connection, a name that is none and a silent server are tried again."""
    silent = server_that_says()
    for other in ({"port": 1}, {"host": "mail.invalid"}):
        with pytest.raises(DeliveryLater) as later:
            Email(server_of(rig.twin, **other)).send(envelope())
        assert "SMTP_SERVER" in later.value.hint
    with silent as (port, _), pytest.raises(DeliveryLater):
        plain(port, timeout_s=0.2).send(envelope())


def test_an_answer_that_never_comes_after_the_message_is_unknown(rig):
    """The server had everything; whether it took it, nobody can say."""
    before = len(rig.twin.arrived())
    rig.twin.inbox.fail_next.append("delay")
    with pytest.raises(DeliveryUnknown):
        Email(server_of(rig.twin, take_s=0.02)).send(envelope())
    assert len(rig.twin.arrived()) == before + 1


def test_check_sends_nothing(rig):
    """It logs in and names the recipient, and no mail arrives."""
    before = len(rig.twin.arrived())
    assert rig.channel.check("ana@school.example") == ()
    rig.twin.inbox.fail_next.append("smtp-535")
    (refused,) = rig.channel.check("ana@school.example")
    assert "535" in refused.what
    assert PASSWORD not in str(refused)
    (wrong,) = rig.channel.check("ana@school.example, olga@school.example")
    assert "one address" in wrong.hint
    assert len(rig.twin.arrived()) == before


def test_a_recorded_message_is_not_sent_again(rig):
    """A try that finds its step done asks the server nothing."""
    before = len(rig.twin.arrived())
    receipt = rig.channel.send(envelope(done={"message": "<id@x>"}))
    assert receipt.provider_id == rig.channel.send(envelope()).provider_id
    assert len(rig.twin.arrived()) == before + 1


def test_the_size_that_the_server_announces_is_the_limit(rig):
    """25 MB, or less where the server says less; a server that says nothing leaves 25 MB."""
    assert rig.channel.limits.message_bytes == 25_000_000
    for said, limit in ((b"SIZE 1000000", 1_000_000), (b"SIZE", 25_000_000), (b"OK", 25_000_000)):
        with server_that_says(b"220 hi", b"250-hi\r\n250 " + said) as (port, _):
            assert plain(port, security="none").limits.message_bytes == limit
    assert Email(server_of(rig.twin, port=1)).limits.message_bytes == 25_000_000


def test_a_message_over_the_size_of_the_server_is_refused_at_once(rig):
    """The server hears the size before the message, and says that it is too big."""
    rig.twin.inbox.most_bytes = 50_000
    with pytest.raises(DeliveryRefused) as refused:
        Email(server_of(rig.twin)).send(envelope(size=40_000))
    rig.twin.inbox.most_bytes = 35_000_000
    assert "552" in refused.value.what
    assert "smaller" in refused.value.hint


def test_an_app_password_may_be_written_as_google_shows_it(rig):
    """Four groups with spaces between, even such as a browser copies, are one password."""
    rig.twin.inbox.accounts["app@school.example"] = "abcdefghijklmnop"
    for password in ("abcd efgh ijkl mnop", "abcd\xa0efgh\xa0ijkl\xa0mnop", "abcdefghijklmnop"):
        server = server_of(rig.twin, sender=read_mailbox("app@school.example"), password=password)
        assert Email(server).check("ana@school.example") == ()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"250 OK", None),
        (b"251 forwarded", None),
        (b"451 later", DeliveryLater),
        (b"554 spam", DeliveryRefused),
        (b"334 what?", DeliveryUnknown),
        (b"hello", DeliveryUnknown),
    ],
)
def test_every_answer_to_the_last_dot_is_understood(reply, kind):
    """HeldJob, refused, later; an answer that is none leaves a doubt."""
    before = [b"220 hi", b"250 hi", b"250 ok", b"250 ok", b"354 go"]
    with server_that_takes(before, reply) as port:
        channel = plain(port, security="none")
        if kind is None:
            assert channel.send(envelope()).provider_id
        else:
            with pytest.raises(kind):
                channel.send(envelope())
