"""An archive is hostile until every byte of it has one meaning."""

import gzip
import io
import struct
import zipfile

import pytest

from gradeline.base.errors import UnsafeArchive, WrongAnswer
from gradeline.sources.reading import gzip_in_zip

from .conftest import zipped

NAME = "1/1_2024-03-15_10#0.json.gz"
GOOD = zipped((NAME, gzip.compress(b"{}\n", mtime=0)))
TWO = zipped((NAME, gzip.compress(b"{}\n", mtime=0)), ("b.gz", gzip.compress(b"[]", mtime=0)))


def patched(whole: bytes, sign: bytes, offset: int, new: bytes) -> bytes:
    """The bytes with some changed, counted from the last place of a signature."""
    at = whole.rindex(sign) + offset
    return whole[:at] + new + whole[at + len(new) :]


def linked() -> bytes:
    """A zip with a symbolic link."""
    info = zipfile.ZipInfo(NAME)
    info.external_attr = 0o120777 << 16
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr(info, b"/etc/passwd")
    return body.getvalue()


def bomb() -> bytes:
    """A hundred megabytes of nothing, twice packed."""
    return zipped((NAME, gzip.compress(bytes(100 << 20))))


def folded(content: bytes) -> bytes:
    """A zip with one file, deflated."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(NAME, content)
    return body.getvalue()


#: A gzip whose own name is two megabytes long, before its two letters.
PADDED = b"\x1f\x8b\x08\x08" + bytes(4) + b"\0\xff" + b"a" * (2 << 20) + b"\0"
PADDED += gzip.compress(b"{}", mtime=0)[10:]

HOSTILE = {
    "a name that climbs out": zipped(("../../x", b"")),
    "a name with a backslash that climbs out": zipped(("a\\..\\..\\x", b"")),
    "an absolute name": zipped(("/etc/passwd", b"")),
    "a drive": zipped(("C:x", b"")),
    "a link": linked(),
    "a folder with bytes": zipped(("x/", b"1")),
    "encryption": patched(GOOD, b"PK\x01\x02", 8, b"\x01\x00"),
    "an unknown way of packing": patched(GOOD, b"PK\x01\x02", 10, b"\x0e\x00"),
    "a header that says another name": patched(GOOD, b"PK\x03\x04", 30, b"2"),
    "overlapping members": patched(TWO, b"PK\x01\x02", 42, struct.pack("<L", 0)),
    "one name twice": patched(TWO, b"PK\x01\x02", 46, b"1/1_"),
    "bytes before its first member": b"PKhidden" + GOOD,
    "two directories": GOOD + GOOD,
    "a comment": patched(GOOD, b"PK\x05\x06", 20, b"\x02\x00") + b"hi",
    "a directory elsewhere": patched(GOOD, b"PK\x05\x06", 16, struct.pack("<L", 1)),
    "fewer members than it holds": patched(TWO, b"PK\x05\x06", 8, struct.pack("<2H", 1, 1)),
    "more members than it holds": patched(GOOD, b"PK\x05\x06", 8, struct.pack("<2H", 9, 9)),
    "a zip64 end that is not there": patched(GOOD, b"PK\x05\x06", 8, b"\xff\xff\xff\xff"),
    "a zip64 end that lies": GOOD[: GOOD.rindex(b"PK\x05\x06")]
    + struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 9, 0)
    + struct.pack("<4sLQL", b"PK\x06\x07", 0, GOOD.rindex(b"PK\x05\x06"), 1)
    + GOOD[GOOD.rindex(b"PK\x05\x06") :],
    "several disks": patched(GOOD, b"PK\x05\x06", 4, b"\x01\x00"),
    "too large a directory": patched(GOOD, b"PK\x05\x06", 12, b"\xfe" * 4),
    "a gzip in a gzip": zipped((NAME, gzip.compress(gzip.compress(b"{}")))),
    "a zip in a gzip": zipped((NAME, gzip.compress(GOOD))),
    "a bomb": bomb(),
    "many gzips of nothing": zipped((NAME, gzip.compress(b"", mtime=0) * 20_000)),
    "padding that packs to nothing": folded(PADDED),
    "as many, packed": folded(gzip.compress(b"", mtime=0) * 200_000),
}
DAMAGED = {
    "nothing": b"",
    "a web page": b"<!doctype html><title>Log in</title>",
    "a zip cut in two": GOOD[: len(GOOD) // 2],
    "a zip without its end": GOOD[:-3],
    "a wrong CRC": patched(
        patched(GOOD, b"PK\x01\x02", 16, b"\x00\x00"), b"PK\x03\x04", 14, b"\x00\x00"
    ),
    "a gzip with a wrong CRC": zipped((NAME, gzip.compress(b"{}")[:-8] + bytes(8))),
    "a gzip that is cut": zipped((NAME, gzip.compress(b"{}")[:-4])),
    "garbage behind a gzip": zipped((NAME, gzip.compress(b"{}") + b"garbage")),
    "no gzip": zipped((NAME, b"{}")),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_an_unsafe_archive_is_refused(what, tmp_path):
    """It is told apart from one that was damaged on its way: asking again would not help."""
    path = tmp_path / "x.zip"
    path.write_bytes(HOSTILE[what])
    with pytest.raises(UnsafeArchive, match="unsafe_archive"):
        gzip_in_zip.verify(path)
    assert [each.name for each in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_archive_is_asked_for_again(what, tmp_path):
    """What was cut or changed on its way is no whole answer."""
    path = tmp_path / "x.zip"
    path.write_bytes(DAMAGED[what])
    with pytest.raises(WrongAnswer):
        gzip_in_zip.verify(path)


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_an_honest_archive_is_read(how, streamed, tmp_path):
    """Stored or deflated, with sizes before or behind the bytes, with folders and empty files."""
    path = tmp_path / "x.zip"
    body = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(body, "w", how) as file:
        file.writestr("1/", b"")
        file.writestr(NAME, gzip.compress(b"one\n") + gzip.compress(b"two\n"))
        file.writestr("empty.gz", b"")
    path.write_bytes(body.getvalue())
    said = [b"".join(gzip_in_zip.gunzipped(path, member)) for member in gzip_in_zip.members(path)]
    assert said == [b"one\ntwo\n", b""]


class Unseekable(io.BytesIO):
    """A pipe: whoever writes a zip into it tells sizes behind the bytes."""

    def seek(self, *_: int) -> int:
        """Pipes cannot."""
        raise io.UnsupportedOperation

    def tell(self) -> int:
        """Nor do they know where they are."""
        raise io.UnsupportedOperation
