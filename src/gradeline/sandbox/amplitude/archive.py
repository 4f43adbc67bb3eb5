"""Exports as Amplitude packs them: gzip members in a zip, one or several for each hour."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

#: Lines that go into one member; the next ones go into another part of the hour.
_PART_LINES = 250
#: The time of every member, so that equal exports are equal bytes.
MADE = (1980, 1, 1, 0, 0, 0)


def archive(app: int, hours: Mapping[datetime, Sequence[bytes]]) -> bytes:
    """Return the zip of these hours' lines, in members that are stored or deflated."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr(zipfile.ZipInfo(f"{app}/", MADE), b"")
        for hour, lines in hours.items():
            parts = [lines[at : at + _PART_LINES] for at in range(0, len(lines), _PART_LINES)]
            if hour.hour % 6 == 0:
                parts.append([])
            for part, content in enumerate(parts):
                method = zipfile.ZIP_STORED if (hour.hour + part) % 2 else zipfile.ZIP_DEFLATED
                # The last line of some members has no end.
                end = b"\n" if content and (hour.hour + part) % 3 else b""
                body = gzipped((b"\n".join(content) + end,))
                zipped.writestr(zipfile.ZipInfo(member(app, hour, part), MADE), body, method)
    return packed.getvalue()


def member(app: int, hour: datetime, part: int) -> str:
    """Return the name of a part of an hour; the hour has no leading zero."""
    return f"{app}/{app}_{hour:%Y-%m-%d}_{hour.hour}#{part}.json.gz"


def gzipped(pieces: Iterable[bytes], level: int = 6) -> bytes:
    """Return one gzip member without a time of its own."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=level) as file:
        for piece in pieces:
            file.write(piece)
    return packed.getvalue()


def wrong_sum(zipped: bytes) -> bytes:
    """Return the export with a wrong CRC in its first gzip member, but a right one in the zip."""
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
