"""The twin of a mail server, asked by the standard library and not by our client."""

import smtplib
import ssl
from email.message import EmailMessage

import pytest

from gradeline.sandbox import Journal, Pace, mix, named
from gradeline.sandbox.smtp.inbox import FAULTS, PASSWORD, SENDER
from gradeline.sandbox.smtp.twin import running_mail


@pytest.fixture(scope="module")
def journal():
    """What was asked."""
    return Journal()


@pytest.fixture(scope="module")
def running(journal):
    """The mail server."""
    with running_mail(pace=Pace(speed=50), journal=journal) as twin:
        yield twin


@pytest.fixture
def twin(running):
    """The mail server, as if nothing had been asked."""
    running.inbox.forget()
    running.inbox.faults = named()
    return running


def mail(to="ana@school.example", text="Hello") -> EmailMessage:
    """A mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SENDER, to, "Report"
    made.set_content(text)
    return made


def send(twin, message, password=PASSWORD) -> None:
    """Send a mail as any program does."""
    trusted = ssl.create_default_context(cafile=twin.ca_file)
    with smtplib.SMTP("127.0.0.1", twin.port, timeout=20) as client:
        client.starttls(context=trusted)
        client.login(SENDER, password)
        client.send_message(message)


def test_it_keeps_what_it_took(twin):
    """Sender, recipients and bytes of each mail, in order."""
    send(twin, mail())
    arrived = twin.arrived()[-1]
    assert (arrived.sender, arrived.recipients) == (SENDER, ("ana@school.example",))
    assert arrived.content.endswith(b"\r\n\r\nHello\r\n")


def test_it_speaks_tls_from_the_first_byte_on_its_other_port(twin):
    """Its certificate is for 127.0.0.1, signed by the authority in the file."""
    trusted = ssl.create_default_context(cafile=twin.ca_file)
    with smtplib.SMTP_SSL("127.0.0.1", twin.tls_port, context=trusted, timeout=20) as client:
        assert client.login(SENDER, PASSWORD)[0] == 235


def test_it_takes_nothing_without_encryption_or_login(twin):
    """Before STARTTLS it answers 530, after it as well until somebody logs in."""
    with smtplib.SMTP("127.0.0.1", twin.port, timeout=20) as client:
        client.ehlo()
        assert (client.mail(SENDER)[0], client.has_extn("auth")) == (530, False)
        client.starttls(context=ssl.create_default_context(cafile=twin.ca_file))
        client.ehlo()
        assert client.mail(SENDER)[0] == 530


def test_it_refuses_a_wrong_password_and_nobody(twin):
    """535 and 550, as Gmail words them."""
    with pytest.raises(smtplib.SMTPAuthenticationError) as wrong:
        send(twin, mail(), password="guess")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as unknown:
        send(twin, mail("nobody@school.example"))
    assert wrong.value.smtp_code == 535
    assert unknown.value.recipients["nobody@school.example"][0] == 550


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"delay"}))
def test_a_named_fault_strikes(twin, journal, name):
    """A client that does not try again fails, and the journal says why."""
    before = len(twin.arrived())
    twin.inbox.faults = named(name, always=True)
    with pytest.raises((smtplib.SMTPException, OSError)):
        send(twin, mail())
    assert journal.entries("smtp")[-1].fault == name
    assert len(twin.arrived()) - before == (name == "smtp-cut-after-dot")


@pytest.mark.parametrize("seed", range(3))
def test_a_mix_of_faults_loses_no_mail(twin, seed):
    """A run in a demo with faults delivers what one without delivers."""
    twin.inbox.faults = mix(seed)
    before = len(twin.arrived())
    for _ in range(3):
        send(twin, mail())
    assert len(twin.arrived()) == before + 3


def test_its_keys_are_gone_when_it_ends():
    """The certificate lives in a folder that goes with the server."""
    with running_mail(pace=Pace(), journal=Journal()) as twin:
        assert twin.ca_file.parent.stat().st_mode & 0o077 == 0
    assert not twin.ca_file.parent.exists()
