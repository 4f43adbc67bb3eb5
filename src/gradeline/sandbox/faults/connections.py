"""Faults of the line: the answer is right, but its bytes come late, in part, twice or never."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from random import Random

from gradeline.sandbox.connection import Line

_DELAY_S = 5.0
#: A drip is slower than any least rate a client may ask for, yet it ends.
_DROP_BYTES = 16
_DROPS = 60
_DROP_EVERY_S = 0.5
#: An answer sent in pieces is cut somewhere in what has been made of it so far; this much of it
#: is looked at.
_LOOKED_AT_BYTES = 1 << 20
_LENGTH = re.compile(rb"(?i)(\r\ncontent-length: *)(\d+)")


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """What a fault of the line is given: the bytes of the answer, the line, dice and a place."""

    pieces: AsyncIterator[bytes]
    line: Line
    dice: Random
    place: float  #: where in the answer it strikes, 0 to 1

    async def start(self) -> bytes:
        """The answer's bytes, or its first megabyte."""
        gathered = bytearray()
        async for piece in self.pieces:
            gathered += piece
            if len(gathered) >= _LOOKED_AT_BYTES:
                break
        return bytes(gathered)

    async def part(self) -> bytes:
        """The bytes up to the place; never all of them."""
        start = await self.start()
        return start[: min(len(start) - 1, int(len(start) * self.place))]


Carry = Callable[[Carriage], Awaitable[None]]


async def delay(carriage: Carriage) -> None:
    """The answer comes whole, five seconds late."""
    await carriage.line.wait(_DELAY_S)
    async for piece in carriage.pieces:
        await carriage.line.send(piece)


async def drip(carriage: Carriage) -> None:
    """The answer comes 16 bytes every half second for half a minute, then the rest at once."""
    drops = 0
    async for piece in carriage.pieces:
        rest = piece
        while rest and drops < _DROPS:
            await carriage.line.send(rest[:_DROP_BYTES])
            await carriage.line.wait(_DROP_EVERY_S)
            rest, drops = rest[_DROP_BYTES:], drops + 1
        await carriage.line.send(rest)


async def cut(carriage: Carriage) -> None:
    """The line is closed in good order before the answer is whole."""
    await carriage.line.send(await carriage.part())
    await carriage.line.close()


async def reset(carriage: Carriage) -> None:
    """The line is torn (RST) before the answer is whole."""
    await carriage.line.send(await carriage.part())
    carriage.line.reset()


async def black_hole(carriage: Carriage) -> None:
    """Nothing comes, and the line stays open."""
    await carriage.line.silence()


async def half_open(carriage: Carriage) -> None:
    """A part comes, then nothing, and the line stays open."""
    await carriage.line.send(await carriage.part())
    await carriage.line.silence()


async def longer_length(carriage: Carriage) -> None:
    """Content-Length promises more than comes before the line closes."""
    await _lie(carriage, carriage.dice.randint(1, 4096))


async def shorter_length(carriage: Carriage) -> None:
    """Content-Length promises less than comes."""
    await _lie(carriage, -carriage.dice.randint(1, 64))


async def _lie(carriage: Carriage, by: int) -> None:
    lies = 1  # the first piece holds the head
    async for piece in carriage.pieces:
        told = _LENGTH.sub(lambda said: _said(said, by), piece, count=1) if lies else piece
        lies = 0
        await carriage.line.send(told)
    await carriage.line.close()


def _said(length: re.Match[bytes], by: int) -> bytes:
    true = int(length[2])
    # A body of no bytes can only be said to be longer.
    told = true + by if true + by >= 0 and true else true + abs(by)
    return length[1] + str(told).encode()


async def twice(carriage: Carriage) -> None:
    """The whole answer comes twice, the second time unasked."""
    sent = bytearray()
    async for piece in carriage.pieces:
        if len(sent) < _LOOKED_AT_BYTES:
            sent += piece
        await carriage.line.send(piece)
    await carriage.line.send(bytes(sent))
