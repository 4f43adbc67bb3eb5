"""A zip of one file, written while its bytes come, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile

#: Bytes that are sent at once, about.
_PIECE = 256 << 10
#: Packs text of events ten times at four times the speed of the usual level.
_LEVEL = 1


class _Sink:
    """Takes what a zip writes one after another; it cannot be rewound."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0  #: of what was not taken yet

    def write(self, data: bytes, /) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is taken as it is."""

    def close(self) -> None:
        """Do nothing: what was not taken yet may be taken still."""

    def take(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return whole


def zipped(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a zip with one file; its first bytes come as soon as the first piece does.

    An empty piece says that the next one has to be waited for: what was packed is sent before,
    but for some ten thousand bytes that the packer gathers.

    The zip has its directory at the end, so that one that was cut cannot be opened. Any size is
    allowed (ZIP64). Equal pieces give equal bytes.

    Args:
        name: of the file in the zip.
        pieces: the bytes of the file.
    """
    sink = _Sink()
    first = next(filter(None, pieces), b"")
    with (
        ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
        archive.open(name, "w", force_zip64=True) as file,
    ):
        yield sink.take()
        file.write(first)
        for piece in pieces:
            file.write(piece)
            if sink.size >= _PIECE or (sink.size and not piece):
                yield sink.take()
    yield sink.take()
