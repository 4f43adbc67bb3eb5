"""What replies of mail servers mean, in their own words."""

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused
from gradeline.delivery.smtp_replies import Reply, Stage, error_of, wait_in


def meaning(code, text, stage=Stage.RECIPIENT):
    """Our error for a reply."""
    reply = Reply(code=code, text=text, stage=stage)
    return error_of(reply, server="smtp.gmail.com:587", address="ana@school.example")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4.7.1 Greylisted, please try again in 7 seconds", 7),
        ("4.2.0 Recipient address rejected: Greylisted for 5 minutes", 300),
        ("Greylisting in action, please come back in 00:05:00", None),
        ("4.7.0 Try again later", None),
        ("retry after 2 hours (see rfc 5321)", 7200),
        ("in 3 messages out of 5", None),
    ],
)
def test_the_wait_that_a_server_asks_for_is_read(text, seconds):
    """Seconds, minutes or hours after `in`, `after` or `for`; other numbers are none."""
    assert wait_in(text) == seconds


@pytest.mark.parametrize("code", [421, 450, 451, 452, 454, -1])
def test_what_is_temporary_is_tried_later(code):
    """Every 4xx, and a reply that is none."""
    assert isinstance(meaning(code, "4.3.0 not now"), DeliveryLater)


@pytest.mark.parametrize(
    ("code", "text", "stage", "hint"),
    [
        (535, "5.7.8 Username and Password not accepted", Stage.LOGIN, "SMTP_PORT=587"),
        (534, "5.7.9 Application-specific password required", Stage.LOGIN, "2FA"),
        (530, "5.7.0 Authentication Required", Stage.SENDER, "app password"),
        (550, "5.1.1 no such user", Stage.RECIPIENT, "Correct the address"),
        (550, "Unrouteable address", Stage.RECIPIENT, "Correct the address"),
        (552, "5.2.2 mailbox full", Stage.RECIPIENT, "full"),
        (552, "5.3.4 message too big", Stage.CONTENT, "smaller"),
        (523, "5.3.4 message too big", Stage.SENDER, "smaller"),
        (550, "5.7.26 unauthenticated sender", Stage.CONTENT, "SPF"),
        (552, "5.7.0 blocked: its content is a security issue", Stage.CONTENT, "rules"),
        (554, "5.7.1 Relay access denied", Stage.RECIPIENT, "SENDER_PASSWORD"),
        (554, "spam", Stage.CONTENT, "DKIM"),
        (553, "5.1.8 not your address", Stage.SENDER, "SENDER_EMAIL"),
        (554, "no SMTP service here", Stage.GREETING, "SMTP_SERVER"),
    ],
)
def test_a_refusal_says_what_to_do(code, text, stage, hint):
    """Login, size, policy, mailbox and address have each their own way out."""
    refused = meaning(code, text, stage)
    assert isinstance(refused, DeliveryRefused)
    assert hint in refused.hint
    assert str(code) in refused.what


def test_a_used_up_quota_pauses_nobody():
    """Gmail's 550 5.4.5 is about the day, not about the address: it is tried later."""
    later = meaning(550, "5.4.5 Daily user sending limit exceeded", Stage.SENDER)
    assert isinstance(later, DeliveryLater)
    assert later.retry_after_s == 3600


def test_a_long_reply_becomes_one_line():
    """Line breaks and pages of text of a server do not end up in a message."""
    assert len(meaning(550, "5.7.1 no\nmore " * 200).what) < 500
    assert "\n" not in meaning(550, "5.7.1 no\nmore").what
