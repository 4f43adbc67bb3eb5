"""A message as the bytes of a mail: text and HTML, images inside, documents attached.

Every byte is ASCII and every line ends with CRLF, so that any server carries it as it is. Headers
of our own are written here and not by `email.policy`: the folding of Python 3.11 encodes a long
`List-Unsubscribe`, which then is no link, and loses spaces between encoded words.
"""

from __future__ import annotations

import base64
import hashlib
import quopri
import re
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from io import BytesIO
from itertools import chain
from secrets import token_hex
from typing import Literal
from urllib.parse import quote

from gradeline.delivery.channel import Envelope
from gradeline.delivery.mailbox import CONTROLS, Mailbox
from gradeline.delivery.message import Document, Message

_END = "\r\n"
#: The most characters of a line of a header that mail programs like, the end not counted.
_LINE = 76
_ENCODED_WORD = "=?"
#: What stands for itself in a URL; everything else becomes %XX, line breaks and < > among it.
_URL_SIGNS = "%/:=&?~#+!$,;'@()*[]"
_MEDIA_TYPE = re.compile(r"([A-Za-z0-9.+-]+)/([A-Za-z0-9.+-]+)")
_BYTES = ("application", "octet-stream")
#: Kinds that hold other parts; a file of such a kind goes as plain bytes.
_CONTAINERS = ("multipart", "message")
_SAFE_IMAGE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.png")
_CID = re.compile(r"""cid:([^"'\s)>]+)""")


def mail_bytes(envelope: Envelope, sender: Mailbox, at: datetime) -> bytes:
    """Return the mail of an envelope.

    Args:
        envelope: whose address is a checked mail address.
        sender: what stands in From.
        at: what stands in Date.
    """
    message = envelope.message
    headers = {
        "From": _named(sender),
        "To": envelope.address,
        "Subject": _words(_one_line(message.subject), "Subject"),
        "Date": format_datetime(at),
        "Message-ID": message_id(envelope.key, sender),
        # No automatic reply, of a person on holiday for instance, is to come back (RFC 3834);
        # Exchange reads a header of its own.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        **_unsubscribe(message.unsubscribe_url),
    }
    head = "".join(f"{name}: {value}{_END}" for name, value in headers.items())
    mail = BytesIO()
    mail.write(head.encode("ascii"))
    if message.documents:
        _write_with_documents(mail, message)
    else:
        mail.write(_texts(message).as_bytes())
    return mail.getvalue()


def message_id(key: str, sender: Mailbox) -> str:
    """Return the Message-ID of a message: the same for every try, as the key is."""
    return f"<gradeline.{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender.domain}>"


def _write_with_documents(mail: BytesIO, message: Message) -> None:
    """Write texts and documents part by part: `EmailMessage` would hold all of it four times."""
    boundary = f"=_{token_hex(16)}"  # no text in base64 or quoted-printable has =_
    mail.write(f"MIME-Version: 1.0{_END}".encode())
    mail.write(f'Content-Type: multipart/mixed; boundary="{boundary}"{_END}'.encode())
    for part in chain([_texts(message)], map(_attachment, message.documents)):
        mail.write(f"{_END}--{boundary}{_END}".encode())
        mail.write(part.as_bytes())
    mail.write(f"{_END}--{boundary}--{_END}".encode())


def _texts(message: Message) -> EmailMessage:
    body = EmailMessage(policy=SMTP)
    _set_text(body, message.text)
    if message.html:
        names = _content_ids(message.images)
        html = _CID.sub(lambda found: f"cid:{names.get(found[1], found[1])}", message.html)
        shown = EmailMessage(policy=SMTP)
        _set_text(shown, html, "html")
        for name, content in message.images.items():
            shown.add_related(
                content,
                maintype="image",
                subtype="png",
                disposition="inline",
                filename=names[name],
                cid=f"<{names[name]}>",
            )
        body.make_alternative()
        body.attach(shown)
    return body


def _set_text(part: EmailMessage, text: str, subtype: str = "plain") -> None:
    """Set a text in the shorter of two encodings, so that `encoded_bytes` is never exceeded."""
    raw = text.encode()
    shorter: Literal["quoted-printable", "base64"] = (
        "quoted-printable"
        if len(quopri.encodestring(raw)) < len(base64.b64encode(raw))
        else "base64"
    )
    part.set_content(text, subtype=subtype, charset="utf-8", cte=shorter)


def _attachment(document: Document) -> EmailMessage:
    found = _MEDIA_TYPE.fullmatch(document.media_type.partition(";")[0].strip())
    main, sub = (found[1].lower(), found[2].lower()) if found else _BYTES
    if main in _CONTAINERS:
        main, sub = _BYTES
    part = EmailMessage(policy=SMTP)
    part.set_content(
        document.content,
        maintype=main,
        subtype=sub,
        disposition="attachment",
        filename=_file_name(document.name),
        params={"charset": "utf-8"} if main == "text" else None,
    )
    return part


def _content_ids(images: Mapping[str, bytes]) -> dict[str, str]:
    """Return the id of each image; it ends in .png, as some servers refuse files without a kind."""
    return {
        name: name if _SAFE_IMAGE.fullmatch(name) else f"image-{number}.png"
        for number, name in enumerate(images, start=1)
    }


def _file_name(name: str) -> str:
    """Return a name that is one line, no path, and whose quotes no mail program takes away."""
    return re.sub(r"[/\\]", "_", _one_line(name)).replace('"', "'") or "document"


def _one_line(text: str) -> str:
    """Return the text without line breaks and control characters, which would be new headers."""
    return CONTROLS.sub(" ", text).strip()


def _words(text: str, header: str) -> str:
    """Return one line of text as a header has it: ASCII as it is, all else in encoded words."""
    if text.isascii() and _ENCODED_WORD not in text and len(header) + 2 + len(text) <= _LINE:
        return text
    return _encoded(text, header)


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=header).encode(linesep=_END)


def _named(sender: Mailbox) -> str:
    name = _one_line(sender.name).replace("\\", "").replace('"', "")
    if not name:
        return sender.address
    quoted = name.isascii() and _ENCODED_WORD not in name
    shown = f'"{name}"' if quoted else _encoded(name, "From")
    return f"{shown}{_END} <{sender.address}>"


def _unsubscribe(url: str) -> dict[str, str]:
    """Return the headers of one-click unsubscribing, which RFC 8058 allows for https alone."""
    if not url:
        return {}
    link = {"List-Unsubscribe": f"<{quote(url, safe=_URL_SIGNS)}>"}
    return link | (
        {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url.startswith("https:") else {}
    )
