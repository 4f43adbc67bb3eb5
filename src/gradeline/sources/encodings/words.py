"""The words of a file that are not plain ASCII: what tells one encoding from another."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Different words that are kept; more are sampled, evenly over the whole file.
WORDS_MAX = 2_000
_BLOCK = 1 << 20
#: Bytes at the end of a block that may be the beginning of a word.
_TAIL = 256
_WORD = re.compile(rb"[0-9]?[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*[0-9]?")
_UNFINISHED = re.compile(rb"[0-9A-Za-z\x80-\xff]*\Z")
#: Makes a blank of every byte that no word has: splitting at blanks is faster than the pattern.
_BLANKED = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256))
#: So many blocks with other bytes than ASCII are read; then so many of every second one, and so on.
_BLOCKS_AT_A_PACE = 16


@dataclass(frozen=True, kw_only=True)
class Words:
    """Different words of a file with bytes beyond ASCII, in the order of their bytes."""

    utf8: tuple[bytes, ...]  #: those that are UTF-8
    other: tuple[bytes, ...]  #: those that are not


def gather_words(path: Path) -> Words:
    """Collect the words of a file that are not ASCII, in flat memory."""
    kept: set[bytes] = set()
    share = 0  #: one in 2^share of the words is kept
    for words in _pieces(path):
        kept.update(word for word in words if not _hash(word) & ((1 << share) - 1))
        while len(kept) > WORDS_MAX:
            share += 1
            kept = {word for word in kept if not _hash(word) & ((1 << share) - 1)}
    ordered = sorted(kept)
    return Words(
        utf8=tuple(filter(_is_utf8, ordered)),
        other=tuple(word for word in ordered if not _is_utf8(word)),
    )


def words_of(content: bytes) -> set[bytes]:
    """Return the different words in some bytes that are not ASCII."""
    pieces = (piece for piece in set(content.translate(_BLANKED).split()) if not piece.isascii())
    return {word for piece in pieces for word in _WORD.findall(piece)}


def _pieces(path: Path) -> Iterator[set[bytes]]:
    """Yield the words of a file block by block; of a large one of fewer blocks the longer it is."""
    rest, number, taken = b"", 0, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = rest + block
            unfinished = _UNFINISHED.search(text, max(0, len(text) - _TAIL))
            end = unfinished.start() if unfinished else len(text)
            rest = text[end:]
            if text.isascii():
                continue
            if number % (1 << taken // _BLOCKS_AT_A_PACE) == 0:
                taken += 1
                yield words_of(text[:end])
            number += 1
    yield words_of(rest)


def _hash(word: bytes) -> int:
    return zlib.crc32(word)


def _is_utf8(word: bytes) -> bool:
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
