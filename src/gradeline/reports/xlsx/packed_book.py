"""A workbook whose sheets are held compressed until they are put into its file."""

from __future__ import annotations

import zlib
from io import BytesIO, StringIO

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

#: Letters held as they are; more are compressed.
_PLAIN = 4_000_000


class PackedBook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """Writes the same bytes as `Workbook`, of which a long sheet would take 100 MB in memory."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]  # XlsxWriter has no types
    def _filename(self, xml_filename: str) -> _PackedText:
        text = _PackedText()
        self.filenames.append((text, xml_filename, False))
        return text


class _PackedText(StringIO):
    """Takes text, and gives it back in one piece of UTF-8."""

    def __init__(self) -> None:
        super().__init__()
        self._letters = 0
        self._packed: list[bytes] = []

    def write(self, text: str, /) -> int:
        """Add text; compress what there is by then if it is long."""
        self._letters += len(text)
        if self._letters > _PLAIN:
            self._packed.append(zlib.compress(super().getvalue().encode(), 1))
            self.seek(0)
            self.truncate()
            self._letters = len(text)
        return super().write(text)

    def getvalue(self) -> str:
        """Return what encodes to all of the text: XlsxWriter asks it for nothing else."""
        return _Whole(super().getvalue(), self._packed) if self._packed else super().getvalue()


class _Whole(str):
    """Text of which a part is compressed."""

    _packed: list[bytes]

    def __new__(cls, rest: str, packed: list[bytes]) -> _Whole:
        whole = super().__new__(cls, rest)
        whole._packed = packed
        return whole

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """Return all of the text in UTF-8; only once, as it drops what it returns."""
        whole = BytesIO()  # its value is what it holds, where that of a bytearray is a copy
        while self._packed:
            whole.write(zlib.decompress(self._packed.pop(0)))
        whole.write(super().encode(encoding, errors))
        return whole.getvalue()
