"""From settings to channels: which are on, and what a missing setting says."""

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.delivery.email import Email
from gradeline.sandbox import Journal, Pace
from gradeline.sandbox.smtp.twin import running_mail
from gradeline.settings import read_settings
from gradeline.wiring.channels import wire_channels

MAIL = {
    "EMAIL_ENABLED": "true",
    "SENDER_EMAIL": "Our school <reports@school.example>",
    "SENDER_PASSWORD": "an-app-password",
}


@pytest.fixture
def channels(tmp_path):
    """Channels by settings that a person writes."""

    def wire(**written):
        return wire_channels(read_settings(home=tmp_path, overrides=written))

    return wire


def server_of(channel: Email):
    """What the channel connects to."""
    return channel._server


def test_without_settings_every_channel_is_off(channels):
    """No setting is missed, for nobody wanted a channel."""
    assert channels() == {}
    assert channels(**MAIL | {"EMAIL_ENABLED": "false"}) == {}


@pytest.mark.parametrize(
    ("written", "security"),
    [
        ({}, "starttls"),
        ({"SMTP_PORT": "465"}, "tls"),
        ({"SMTP_PORT": "25"}, "starttls"),
        ({"SMTP_PORT": "2525", "SMTP_SERVER": "localhost"}, "starttls"),
    ],
)
def test_a_password_is_always_encrypted(channels, written, security):
    """465 is TLS and every other port STARTTLS, on this machine too."""
    server = server_of(channels(**MAIL, **written)["email"])
    assert (server.security, server.sender.address) == (security, "reports@school.example")


def test_a_relay_asks_for_no_password(channels):
    """On this machine without encryption, elsewhere with it; a provider's port has accounts."""
    open_mail = {name: value for name, value in MAIL.items() if name != "SENDER_PASSWORD"}
    local = channels(**open_mail, SMTP_SERVER="127.0.0.1", SMTP_PORT="25")["email"]
    relay = channels(**open_mail, SMTP_SERVER="relay.school.example", SMTP_PORT="25")["email"]
    assert (server_of(local).security, server_of(relay).security) == ("none", "starttls")
    with pytest.raises(WrongSetting, match="SENDER_PASSWORD"):
        channels(**open_mail)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"SENDER_EMAIL": "reports"}, "SENDER_EMAIL"),
        ({"SENDER_EMAIL": "a@x.example, b@x.example"}, "one address"),
        ({"SENDER_EMAIL": ""}, "SENDER_EMAIL"),
        ({"SMTP_CA_FILE": "missing.pem"}, "SMTP_CA_FILE"),
    ],
)
def test_a_setting_that_cannot_work_is_named(channels, written, named):
    """The message names the setting, and not the password."""
    with pytest.raises(WrongSetting, match=named) as wrong:
        channels(**{**MAIL, **written})
    assert MAIL["SENDER_PASSWORD"] not in str(wrong.value)


def test_the_settings_of_the_sandbox_reach_its_mail_server(channels):
    """What `gradeline sandbox` prints is enough to send."""
    with running_mail(pace=Pace(speed=50), journal=Journal()) as twin:
        assert channels(**twin.settings)["email"].check("ana@school.example") == ()
