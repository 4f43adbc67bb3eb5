"""A message as a mail: read back from the raw bytes by the standard library."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.delivery.email_rig import parsed

from gradeline.delivery.channel import Envelope
from gradeline.delivery.fit import encoded_bytes
from gradeline.delivery.mailbox import read_mailbox
from gradeline.delivery.message import Document, Message
from gradeline.delivery.mime import mail_bytes, message_id

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
SENDER = read_mailbox("Школа «Año» 📈 <reports@school.example>")
#: No line breaks or control characters: those are what headers are cleaned of.
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(60)


def raw(sender=SENDER, **parts) -> bytes:
    """The mail of a message."""
    message = Message(**{"subject": "Report", "text": "All is well.", **parts})
    envelope = Envelope(key="key-1", address="ana@school.example", message=message)
    return mail_bytes(envelope, sender, AT)


def document(name="report.pdf", media_type="application/pdf", content=b"%PDF\r\n.\r\n") -> Document:
    """A file."""
    return Document(name=name, media_type=media_type, content=content, key=f"reports/{name}")


@given(LINES)
def test_every_subject_is_read_back(subject):
    """Any letters in any mixture come back as they were, but for spaces at the ends."""
    assert parsed(raw(subject=subject))["Subject"] == subject.strip()


@given(LINES)
@example('""')
def test_every_file_name_is_read_back(name):
    """So do the names of attachments, but for slashes, which would be a path, and for quotes."""
    (part,) = parsed(raw(documents=(document(name),))).iter_attachments()
    expected = name.strip().replace("/", "_").replace("\\", "_").replace('"', "'")
    assert part.get_filename() == (expected or "document")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400))
def test_every_text_is_read_back(text):
    """Text and HTML come back, whichever encoding was shorter."""
    mail = parsed(raw(text=text, html=f"<p>{text}</p>"))
    assert mail.get_body(("plain",)).get_content().rstrip("\r\n") == text
    assert mail.get_body(("html",)).get_content().rstrip("\r\n") == f"<p>{text}</p>"


@given(LINES, st.binary(max_size=500))
def test_a_mail_is_ascii_in_lines_that_every_server_takes(words, content):
    """No byte over 127, no bare CR or LF, no line over 998 bytes, and an end of line at the end."""
    mail = raw(subject=words, text=words * 9, documents=(document(words, content=content),))
    lines = mail.split(b"\r\n")
    assert mail.isascii()
    assert lines[-1] == b""
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 998


@given(LINES, st.binary(max_size=2000))
def test_a_mail_is_no_larger_than_it_was_estimated(words, content):
    """`fit` estimates with base64, and never too little."""
    documents = (document(content=content),)
    message = Message(subject="x", text=words * 20, html=f"<p>{words}</p>" * 9, documents=documents)
    envelope = Envelope(key="k", address="ana@school.example", message=message)
    assert len(mail_bytes(envelope, SENDER, AT)) <= encoded_bytes(message, documents)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00"])
def test_nothing_adds_a_header(end):
    """A line break in a subject, a file name, a kind or a link begins no header."""
    evil = f"x{end}Bcc: eve@evil.example{end}{end}body"
    mail = parsed(
        raw(subject=evil, documents=(document(evil, evil),), unsubscribe_url=f"https://a/{evil}")
    )
    (part,) = mail.iter_attachments()
    assert mail["Bcc"] is None
    assert part["Bcc"] is None
    assert (part.get_content_type(), part.get_content()) == (
        "application/octet-stream",
        b"%PDF\r\n.\r\n",
    )


def test_the_headers_say_who_when_and_that_a_program_wrote_it():
    """From, To, Date, a Message-ID made from the key, and no wish for automatic replies."""
    mail = parsed(raw())
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Школа «Año» 📈", "reports@school.example")
    assert (mail["To"], mail["Auto-Submitted"]) == ("ana@school.example", "auto-generated")
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == message_id("key-1", SENDER) != message_id("key-2", SENDER)


@pytest.mark.parametrize("name", ["", "Ana", 'Ana "the boss"', "Ana, Olga; (x)", "A" * 90])
def test_the_sender_is_one_address_whatever_the_name(name):
    """Commas, quotes and brackets of a name make no second sender."""
    sender = type(SENDER)(address="a@b.example", name=name)
    (read,) = parsed(raw(sender))["From"].addresses
    assert (read.display_name, read.addr_spec) == (name.replace('"', ""), "a@b.example")


def test_one_click_unsubscribing_is_offered_with_the_whole_link():
    """A signed link of 300 characters stays a link, which encoded words would not be."""
    link = "https://school.example/unsubscribe?token=" + "k" * 300
    mail = raw(unsubscribe_url=link)
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in mail
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in mail


def test_a_link_without_tls_offers_no_one_click():
    """RFC 8058 wants https; the plain link is there."""
    mail = parsed(raw(unsubscribe_url="http://127.0.0.1:8000/u/1"))
    assert mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] is None


def test_a_mail_without_a_link_has_no_such_header():
    """Nothing is offered that does not exist."""
    assert b"List-Unsubscribe" not in raw()


def test_a_plain_message_is_one_part():
    """A text alone needs no containers."""
    assert parsed(raw()).get_content_type() == "text/plain"


def test_images_stand_in_the_html_under_names_that_end_in_png():
    """Each `cid:` of the HTML leads to its image, whose id and file name end in .png."""
    html = """<img src="cid:days.png" alt="d"><img src='cid:график' alt="g">"""
    mail = parsed(raw(html=html, images={"days.png": PIXEL, "график": PIXEL + b"2"}))
    related = next(part for part in mail.walk() if part.get_content_type() == "multipart/related")
    shown, *images = related.iter_parts()
    ids = {image["Content-ID"].strip("<>"): image.get_content() for image in images}
    assert ids == {"days.png": PIXEL, "image-2.png": PIXEL + b"2"}
    assert all(f"cid:{name}" in shown.get_content() for name in ids)
    assert {image.get_filename() for image in images} == set(ids)
    assert list(mail.iter_attachments()) == []


def test_the_text_comes_before_the_html():
    """Programs show the last part that they know, so HTML is last."""
    mail = parsed(raw(html="<p>x</p>", documents=(document(),)))
    first, second = mail.get_body(("related", "plain")), mail.get_body(("html",))
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert (first is not None, second is not None) == (True, True)
    assert kinds == ["text/plain", "text/html", "application/pdf"]


def test_the_letters_of_a_text_file_are_known():
    """A text goes with its character set, so that no program guesses."""
    attached = document("message.txt", "text/plain", "año".encode())
    (part,) = parsed(raw(documents=(attached,))).iter_attachments()
    assert (part.get_content(), part.get_content_charset()) == ("año", "utf-8")
