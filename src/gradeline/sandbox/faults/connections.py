"""Faults of the connection: the response is right, but its bytes come late, in part or twice."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from random import Random

from gradeline.sandbox.connection import ClientConnection

_DELAY_S = 5.0
#: A drip is slower than any least rate of a client, yet it ends.
_DROP_BYTES = 16
_DROPS = 60
_DROP_EVERY_S = 0.5
#: So much of a response is held at most; one that is longer is cut within it.
_HELD_BYTES = 1 << 20
_LENGTH = re.compile(rb"(?i)(\r\ncontent-length: *)(\d+)")


@dataclass(frozen=True, kw_only=True)
class Transmission:
    """What a fault of the connection needs: the bytes of the response, and where to send them."""

    pieces: AsyncIterator[bytes]
    client: ClientConnection
    dice: Random
    place: float  #: where in the response it strikes, 0 to 1

    async def start(self) -> bytes:
        """Return the response's bytes, or its first megabyte."""
        gathered = bytearray()
        async for piece in self.pieces:
            gathered += piece
            if len(gathered) >= _HELD_BYTES:
                break
        return bytes(gathered)

    async def part(self) -> bytes:
        """Return the bytes up to the place; never all of them."""
        start = await self.start()
        return start[: min(len(start) - 1, int(len(start) * self.place))]


#: A fault: sends the bytes of a response in its own way.
Transmit = Callable[[Transmission], Awaitable[None]]


async def delay(transmission: Transmission) -> None:
    """Send the response five seconds late."""
    await transmission.client.wait(_DELAY_S)
    async for piece in transmission.pieces:
        await transmission.client.send(piece)


async def drip(transmission: Transmission) -> None:
    """Send 16 bytes every half second for half a minute, then the rest at once."""
    drops = 0
    async for piece in transmission.pieces:
        rest = piece
        while rest and drops < _DROPS:
            await transmission.client.send(rest[:_DROP_BYTES])
            await transmission.client.wait(_DROP_EVERY_S)
            rest, drops = rest[_DROP_BYTES:], drops + 1
        await transmission.client.send(rest)


async def cut(transmission: Transmission) -> None:
    """Close the connection (FIN) before the response is whole."""
    await transmission.client.send(await transmission.part())
    await transmission.client.close()


async def reset(transmission: Transmission) -> None:
    """Reset the connection (RST) before the response is whole."""
    await transmission.client.send(await transmission.part())
    transmission.client.reset()


async def black_hole(transmission: Transmission) -> None:
    """Send nothing and keep the connection open."""
    await transmission.client.silence()


async def half_open(transmission: Transmission) -> None:
    """Send a part, then nothing, and keep the connection open."""
    await transmission.client.send(await transmission.part())
    await transmission.client.silence()


async def longer_length(transmission: Transmission) -> None:
    """Announce a Content-Length greater than what is sent before the connection closes."""
    await _send_wrong_length(transmission, transmission.dice.randint(1, 4096))


async def shorter_length(transmission: Transmission) -> None:
    """Announce a Content-Length smaller than what is sent."""
    await _send_wrong_length(transmission, -transmission.dice.randint(1, 64))


async def _send_wrong_length(transmission: Transmission, by: int) -> None:
    first = True  # the first piece holds the head
    async for piece in transmission.pieces:
        changed = _LENGTH.sub(lambda match: _changed(match, by), piece, count=1)
        await transmission.client.send(changed if first else piece)
        first = False
    await transmission.client.close()


def _changed(header: re.Match[bytes], by: int) -> bytes:
    length = int(header[2])
    # The length of an empty body can only grow.
    wrong = length + by if length + by >= 0 and length else length + abs(by)
    return header[1] + str(wrong).encode()


async def twice(transmission: Transmission) -> None:
    """Send the whole response twice."""
    sent = bytearray()
    async for piece in transmission.pieces:
        if len(sent) < _HELD_BYTES:
            sent += piece
        await transmission.client.send(piece)
    await transmission.client.send(bytes(sent))
