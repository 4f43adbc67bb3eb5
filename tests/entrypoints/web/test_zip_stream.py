"""A zip that is written while its bytes come."""

import io
import zipfile
from collections.abc import Iterator
from random import Random

from gradeline.entrypoints.web.zip_stream import zipped

LINES = b"".join(b'{"number": %d}\n' % number for number in range(100_000))


def lines(taken: list[int]) -> Iterator[bytes]:
    """The lines in pieces; notes each piece that is taken."""
    for at in range(0, len(LINES), 10_000):
        taken.append(at)
        yield LINES[at : at + 10_000]


def test_any_reader_unpacks_it() -> None:
    """One file, whole, its sum checked; equal content gives equal bytes."""
    whole = b"".join(zipped("events.ndjson", lines([])))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {"events.ndjson": LINES}
    assert b"".join(zipped("events.ndjson", lines([]))) == whole


def test_it_begins_with_the_first_piece() -> None:
    """Bytes can be sent before a second piece is there."""
    taken: list[int] = []
    assert next(zipped("events.ndjson", lines(taken))).startswith(b"PK\x03\x04")
    assert taken == [0]


def test_what_is_there_goes_out_before_a_wait() -> None:
    """An empty piece says that the next one takes long; empty ones at the beginning are passed."""
    waited: list[str] = []

    def pieces() -> Iterator[bytes]:
        yield b""
        waited.append("for the first day")
        yield Random(1).randbytes(200_000)
        yield b""
        waited.append("for the second")

    sent = zipped("events.ndjson", pieces())
    assert next(sent).startswith(b"PK\x03\x04")
    assert len(next(sent)) > 100_000
    assert waited == ["for the first day"]


def test_nothing_is_a_whole_zip_too() -> None:
    """Days without events give an empty file."""
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped("none.ndjson", iter(()))))) as archive:
        assert archive.read("none.ndjson") == b""
