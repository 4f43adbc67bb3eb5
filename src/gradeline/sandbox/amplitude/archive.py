"""Exports as Amplitude packs them: gzip members in a zip, one or several for each hour."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

#: Lines that go into one member; the next ones go into another part of the hour.
_PART_LINES = 250
#: No member says when it was made, so that equal exports are equal bytes.
MADE = (1980, 1, 1, 0, 0, 0)


def archive(app: int, hours: Mapping[datetime, Sequence[bytes]]) -> bytes:
    """The zip of these hours' lines: a folder, members stored or deflated, an empty one as well."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo(f"{app}/", MADE), b"")
        for hour, lines in hours.items():
            parts = [lines[at : at + _PART_LINES] for at in range(0, len(lines), _PART_LINES)]
            if hour.hour % 6 == 0:
                parts.append([])
            for part, content in enumerate(parts):
                how = zipfile.ZIP_STORED if (hour.hour + part) % 2 else zipfile.ZIP_DEFLATED
                # The last line of some members has no end.
                end = b"\n" if content and (hour.hour + part) % 3 else b""
                body = squeezed((b"\n".join(content) + end,))
                zipped.writestr(zipfile.ZipInfo(member(app, hour, part), MADE), body, how)
    return packed.getvalue()


def member(app: int, hour: datetime, part: int) -> str:
    """The name of a part of an hour, whose number has no zero before it."""
    return f"{app}/{app}_{hour:%Y-%m-%d}_{hour.hour}#{part}.json.gz"


def squeezed(pieces: Iterable[bytes], level: int = 6) -> bytes:
    """One gzip member without a time of its own."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=level) as file:
        for piece in pieces:
            file.write(piece)
    return packed.getvalue()


def wrong_sum(zipped: bytes) -> bytes:
    """The same export with the CRC of its first gzip member wrong, though not that of the zip."""
    changed = io.BytesIO()
    done = False
    with zipfile.ZipFile(io.BytesIO(zipped)) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            body = old.read(info)
            if body and not done:
                at = len(body) - 8  # the CRC of gzip stands there
                body, done = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :], True
            new.writestr(zipfile.ZipInfo(info.filename, MADE), body, info.compress_type)
    return changed.getvalue()
