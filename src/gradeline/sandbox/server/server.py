"""The sandbox's HTTP server: takes requests on loopback, asks a twin, spoils the answer or not."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic

import h11

from gradeline.sandbox.connection import Line
from gradeline.sandbox.exchange import JSON, TEXT, Answer, Pace, Request, Twin
from gradeline.sandbox.faults import answers, connections
from gradeline.sandbox.faults.draw import ANSWERS, LINES, NO_FAULTS, UNTOLD, Fault, Faults
from gradeline.sandbox.journal import Entry, Journal, resource
from gradeline.sandbox.server.requests import from_wire

LOOPBACK = "127.0.0.1"
_READ_BYTES = 1 << 16
_GZIP_FROM_BYTES = 512
_COMPRESSED = (JSON, TEXT, "text/csv", "application/x-ndjson")

_log = logging.getLogger("gradeline.sandbox")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer on its way out, and the fault that waits for it there."""

    answer: Answer
    request: Request
    fault: Fault | None = None


class Server:
    """Serves twins on one port of loopback until it is stopped; lives in one event loop."""

    def __init__(self, twins: Sequence[Twin], pace: Pace, journal: Journal) -> None:
        self._twins = {twin.name: twin for twin in twins}
        self._turns = {twin.name: asyncio.Lock() for twin in twins}
        self._pace = pace
        self._journal = journal
        self._asked: Counter[tuple[str, str]] = Counter()
        self._lines: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self.faults: Faults = NO_FAULTS
        self.broken: list[Exception] = []  #: what twins raised; a twin never should

    async def start(self, port: int) -> asyncio.Server:
        """Listen; port 0 takes any that is free."""
        return await asyncio.start_server(self._accept, LOOPBACK, port, backlog=256)

    async def hang_up(self) -> None:
        """End every connection that is still open."""
        lines = dict(self._lines)
        for task, writer in lines.items():
            task.cancel()
            writer.transport.abort()
        await asyncio.gather(*lines, return_exceptions=True)

    def forget(self) -> None:
        """Count how often things were asked from the start again, so that faults come again."""
        self._asked.clear()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._lines[task] = writer
        task.add_done_callback(lambda done: self._lines.pop(done, None))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer, self._pace)
        try:
            await self._talk(line)
        except ConnectionError as gone:
            _log.debug("The client hung up: %s", gone)
        except Exception as error:  # noqa: BLE001 - who runs the sandbox gets it at the end
            _log.exception("An answer could not be sent.")
            self.broken.append(error)
        finally:
            await line.close()

    async def _talk(self, line: Line) -> None:
        """Answer the requests of one connection, one after another."""
        wire = h11.Connection(h11.SERVER)
        while line.open:
            try:
                request = await _next_request(wire, line)
            except h11.RemoteProtocolError as error:
                _log.debug("A client sent something that is not HTTP: %s", error)
                await line.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return
            if request is None:
                return
            await self._answer(wire, line, request)
            if wire.our_state is not h11.DONE or wire.their_state is not h11.DONE:
                return
            wire.start_next_cycle()

    async def _answer(self, wire: h11.Connection, line: Line, whole: Request) -> None:
        name, _, rest = whole.path.lstrip("/").partition("/")
        twin = self._twins.get(name)
        if twin is None:
            known = ", ".join(sorted(self._twins)) or "none"
            body = f"No twin answers here; there are: {known}.\n".encode()
            await self._note(name, whole, Reply(answer=_text(404, body), request=whole))
            await _send(wire, line, _text(404, body))
            return
        request = replace(whole, path=f"/{rest}", address=f"{whole.address}/{name}")
        reply = await self._reply(twin, request)
        await line.wait(reply.answer.wait_s)
        await _send(wire, line, reply.answer, reply)

    async def _reply(self, twin: Twin, request: Request) -> Reply:
        """Ask the twin, then let the fault have the answer as a whole."""
        asked = resource(request)
        ordinal = self._asked[twin.name, asked]
        self._asked[twin.name, asked] += 1
        fault = self.faults.draw(twin.name, twin.faults, asked, ordinal)
        if fault is not None and fault.name not in {**_SPOILING, **LINES}:
            request = replace(request, fault=fault.name)
        async with self._turns[twin.name]:
            answer = await asyncio.to_thread(self._ask, twin, request)
        if fault is not None and fault.name in _SPOILING:
            spoiling = answers.Spoiling(
                request=request, pace=self._pace, dice=fault.dice, place=fault.place
            )
            answer = await asyncio.to_thread(_SPOILING[fault.name], answer, spoiling)
        answer = _compressed(answer, request)
        if fault is not None and fault.name in _LYING:
            answer = replace(answer, body=await asyncio.to_thread(answers.whole, answer))
        reply = Reply(answer=answer, request=request, fault=fault)
        await self._note(twin.name, request, reply, ordinal)
        return reply

    def _ask(self, twin: Twin, request: Request) -> Answer:
        try:
            return twin.answer(request)
        except Exception as error:  # noqa: BLE001 - the client gets a 500, the owner gets the error
            _log.exception("The twin %s failed at %s.", twin.name, request.path)
            self.broken.append(error)
            return _text(500, b"The twin failed; see the sandbox's log.\n")

    async def _note(self, twin: str, request: Request, reply: Reply, ordinal: int = 0) -> None:
        arrived = datetime.now(tz=UTC).timestamp() - (monotonic() - request.at)
        entry = Entry(
            at=datetime.fromtimestamp(arrived, tz=UTC).isoformat(),
            monotonic_s=request.at,
            twin=twin,
            method=request.method,
            path=request.path,
            asked=resource(request),
            ordinal=ordinal,
            status=reply.answer.status,
            fault=reply.fault.name if reply.fault else None,
        )
        self._journal.note(entry)


async def _next_request(wire: h11.Connection, line: Line) -> Request | None:
    """The next whole request; None when the client has hung up between requests."""
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            if head is not None and wire.they_are_waiting_for_100_continue:
                await line.send(wire.send(_go_on()))
            wire.receive_data(await line.reader.read(_READ_BYTES))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return from_wire(head, bytes(body), monotonic())
        else:
            return None


def _go_on() -> h11.InformationalResponse:
    return h11.InformationalResponse(status_code=100, headers=[])


async def _send(
    wire: h11.Connection, line: Line, answer: Answer, reply: Reply | None = None
) -> None:
    """Send the answer's bytes, in the way of the fault where there is one for the line."""
    head_only = reply is not None and reply.request.method == "HEAD"
    pieces = _pieces(wire, answer, head_only)
    fault = reply.fault if reply else None
    if fault is None or fault.name not in LINES:
        async for piece in pieces:
            await line.send(piece)
        return
    carriage = connections.Carriage(pieces=pieces, line=line, dice=fault.dice, place=fault.place)
    await LINES[fault.name](carriage)
    if fault.name in _ENDING:
        await line.close()


_SPOILING = {**ANSWERS, **UNTOLD}
#: These need a length to lie about, so an answer made in pieces is put together first.
_LYING = frozenset({"longer-length", "shorter-length"})
#: After these the client cannot know where the next answer begins.
_ENDING = frozenset({"twice"})


async def _pieces(wire: h11.Connection, answer: Answer, head_only: bool) -> AsyncIterator[bytes]:
    """The answer as h11 writes it: the head, with the body where it is short, then the rest."""
    headers = [("Content-Type", answer.content_type), *answer.headers]
    if isinstance(answer.body, bytes) and answer.header("Content-Length") is None:
        headers.append(("Content-Length", str(len(answer.body))))
    head = h11.Response(
        status_code=answer.status,
        headers=headers,
        reason=HTTPStatus(answer.status).phrase.encode() if answer.status in _PHRASED else b"",
    )
    start = wire.send(head) or b""
    if head_only or isinstance(answer.body, bytes):
        body = b"" if head_only else bytes(answer.body)  # type: ignore[arg-type]
        yield start + _data(wire, body) + (wire.send(h11.EndOfMessage()) or b"")
        return
    yield start
    parts: Iterator[bytes] = answer.body
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        yield _data(wire, part)
    yield wire.send(h11.EndOfMessage()) or b""


_PHRASED = frozenset(int(status) for status in HTTPStatus)


def _data(wire: h11.Connection, body: bytes) -> bytes:
    return (wire.send(h11.Data(data=body)) or b"") if body else b""


def _compressed(answer: Answer, request: Request) -> Answer:
    """The answer as gzip, where the client takes it and it is worth it."""
    takes = "gzip" in request.headers.get("accept-encoding", "")
    if (
        not takes
        or not isinstance(answer.body, bytes)
        or len(answer.body) < _GZIP_FROM_BYTES
        or not answer.content_type.startswith(_COMPRESSED)
        or answer.header("Content-Encoding")
    ):
        return answer
    return replace(
        answer,
        body=answers.squeezed(answer.body),
        headers=(*answer.headers, ("Content-Encoding", "gzip")),
    )


def _text(status: int, body: bytes) -> Answer:
    return Answer(status=status, content_type=TEXT, body=body)
