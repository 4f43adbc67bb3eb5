"""Parse a page of a list of LearnWorlds into records, each on one line and without signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.sources.learnworlds.errors import HOST_NAME
from gradeline.sources.web.exchange import Response

#: Links to uploaded files are signed and die within a day: what signs them is no record, and it
#: is a key. Without it an unchanged record has unchanged bytes.
_LINK, _SIGNATURE = re.compile(rb'https?:(?:\\?/){2}[^"\s]+'), re.compile(rb"\bsig=")


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page."""

    records: Mapping[str, bytes]  #: by id; one without an id stands under its own text
    of: int  #: how many pages there are


class _Meta(msgspec.Struct):
    totalPages: int  # noqa: N815 - as the school spells it


class _Page(msgspec.Struct):
    data: list[msgspec.Raw]
    meta: _Meta


class _RecordId(msgspec.Struct):
    id: str


_PAGES = msgspec.json.Decoder(_Page)
_RECORD_IDS = msgspec.json.Decoder(_RecordId)


def parse_page(response: Response) -> Page:
    """Parse a response as a page of a list.

    Raises:
        WrongAnswer: it is not one.
    """
    found = decode(response.content, _PAGES, "a list")
    records = {_id_of(record): record for record in map(_one_line, found.data)}
    return Page(records=records, of=found.meta.totalPages)


def _one_line(raw: msgspec.Raw) -> bytes:
    """Return a record as received, on one line and without signatures."""
    record = bytes(raw)
    if b"\n" in record or b"\r" in record:
        record = msgspec.json.format(record, indent=-1)
    return _LINK.sub(_unsigned, record)


def _unsigned(link: re.Match[bytes]) -> bytes:
    """Return a link without its query if that is signed."""
    place, _, query = link[0].partition(b"?")
    return place if _SIGNATURE.search(query) else link[0]


def _id_of(record: bytes) -> str:
    try:
        return _RECORD_IDS.decode(record).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return record.decode("utf-8", errors="replace")


def decode(content: bytes, decoder: msgspec.json.Decoder[T], what: str) -> T:
    """Decode JSON as a value of the decoder's type.

    Args:
        content: the JSON.
        decoder: of that type; made once, since threads must not share a first use of it.
        what: names it in the message.

    Raises:
        WrongAnswer: it has another shape.
    """
    try:
        return decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongAnswer(
            f"{HOST_NAME} sent {what} in another form than it documents ({error}).",
            hint="Its API has changed: please report it.",
        ) from error
