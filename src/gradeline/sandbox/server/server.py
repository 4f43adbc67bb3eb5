"""The sandbox's HTTP server: passes requests on loopback to twins, and applies faults."""

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

from gradeline.sandbox.connection import ClientConnection
from gradeline.sandbox.exchange import JSON, TEXT, Pace, Request, Response, Twin
from gradeline.sandbox.faults import connections, draw, responses
from gradeline.sandbox.journal import Journal, JournalEntry, resource, without_token
from gradeline.sandbox.server.requests import from_wire

LOOPBACK = "127.0.0.1"
_READ_BYTES = 1 << 16
_GZIP_FROM_BYTES = 512
_ACCEPTING_S = 0.02
_COMPRESSED = (JSON, TEXT, "text/csv", "application/x-ndjson")

_log = logging.getLogger("gradeline.sandbox")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A response to be sent, and its fault if it has one."""

    response: Response
    request: Request
    fault: draw.Fault | None = None


class Server:
    """Serves twins on one port of loopback; lives in one event loop."""

    def __init__(self, twins: Sequence[Twin], pace: Pace, journal: Journal) -> None:
        self._twins = {twin.name: twin for twin in twins}
        self._turns = {twin.name: asyncio.Lock() for twin in twins}
        self._pace = pace
        self._journal = journal
        self._counts: Counter[tuple[str, str]] = Counter()
        self._writers: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._listener: asyncio.Server | None = None
        self.faults: draw.Faults = draw.NO_FAULTS
        self.broken: list[Exception] = []  #: errors of twins, which should not raise any

    async def start(self, port: int) -> int:
        """Listen on a port and return it; 0 = any that is free."""
        self._listener = await asyncio.start_server(self._accept, LOOPBACK, port, backlog=256)
        taken: int = self._listener.sockets[0].getsockname()[1]
        return taken

    async def stop(self) -> None:
        """Stop listening and end every connection that is still open."""
        # A connection that is being accepted would be forgotten, open, by a listener that closes.
        await asyncio.sleep(_ACCEPTING_S)
        if self._listener is not None:
            self._listener.close()
        writers = dict(self._writers)
        for task, writer in writers.items():
            task.cancel()
            writer.transport.abort()
        await asyncio.gather(*writers, return_exceptions=True)

    def forget(self) -> None:
        """Count requests from 0 again, so that the same seed gives the same faults."""
        self._counts.clear()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._writers[task] = writer
        task.add_done_callback(lambda done: self._writers.pop(done, None))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = ClientConnection(reader, writer, self._pace)
        try:
            await self._talk(client)
        except ConnectionError as gone:
            _log.debug("The client hung up: %s", gone)
        except Exception as error:  # noqa: BLE001 - raised at the end of the sandbox
            _log.exception("A response could not be sent.")
            self.broken.append(error)
        finally:
            await client.close()

    async def _talk(self, client: ClientConnection) -> None:
        """Serve the requests of one connection, one after another."""
        wire = h11.Connection(h11.SERVER)
        while client.open:
            try:
                request = await _next_request(wire, client)
            except h11.RemoteProtocolError as error:
                _log.debug("A client sent something that is not HTTP: %s", error)
                await client.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return
            if request is None:
                return
            await self._respond(wire, client, request)
            if wire.our_state is not h11.DONE or wire.their_state is not h11.DONE:
                return
            wire.start_next_cycle()

    async def _respond(
        self, wire: h11.Connection, client: ClientConnection, request: Request
    ) -> None:
        name, _, rest = request.path.lstrip("/").partition("/")
        twin = self._twins.get(name)
        if twin is None:
            known = ", ".join(sorted(self._twins)) or "none"
            body = f"No twin answers here; there are: {known}.\n".encode()
            await self._record(name, request, Reply(response=_text(404, body), request=request))
            await _send(wire, client, _text(404, body))
            return
        request = replace(request, path=f"/{rest}", address=f"{request.address}/{name}")
        reply = await self._reply(twin, request)
        await client.wait(reply.response.wait_s)
        await _send(wire, client, reply.response, reply)

    async def _reply(self, twin: Twin, request: Request) -> Reply:
        """Ask the twin, then apply a fault of the response as a whole."""
        digest = resource(request)
        ordinal = self._counts[twin.name, digest]
        self._counts[twin.name, digest] += 1
        fault = self.faults.draw(twin.name, twin.faults, digest, ordinal)
        if fault is not None and fault.name not in {**_SPOILING, **draw.CONNECTION_FAULTS}:
            request = replace(request, fault=fault.name)
        async with self._turns[twin.name]:
            response = await asyncio.to_thread(self._ask, twin, request)
        if response.later is not None:
            response = await response.later()
        if fault is not None and fault.name in _SPOILING:
            context = responses.SpoilContext(
                request=request, pace=self._pace, dice=fault.dice, place=fault.place
            )
            response = await asyncio.to_thread(_SPOILING[fault.name], response, context)
        response = _compressed(response, request)
        if fault is not None and fault.name in _LYING:
            response = replace(response, body=await asyncio.to_thread(responses.whole, response))
        reply = Reply(response=response, request=request, fault=fault)
        await self._record(twin.name, request, reply, ordinal)
        return reply

    def _ask(self, twin: Twin, request: Request) -> Response:
        try:
            return twin.respond(request)
        except Exception as error:  # noqa: BLE001 - the client gets a 500, the error is raised at the end
            _log.exception("The twin %s failed at %s.", twin.name, request.path)
            self.broken.append(error)
            return _text(500, b"The twin failed; see the sandbox's log.\n")

    async def _record(self, twin: str, request: Request, reply: Reply, ordinal: int = 0) -> None:
        arrived_at = datetime.now(tz=UTC).timestamp() - (monotonic() - request.at)
        entry = JournalEntry(
            at=datetime.fromtimestamp(arrived_at, tz=UTC).isoformat(),
            monotonic_s=request.at,
            twin=twin,
            method=request.method,
            path=without_token(request.path),
            asked=resource(request),
            ordinal=ordinal,
            status=reply.response.status,
            fault=reply.fault.name if reply.fault else None,
        )
        self._journal.record(entry)


async def _next_request(wire: h11.Connection, client: ClientConnection) -> Request | None:
    """Return the next whole request; None if the client has hung up between requests."""
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            if head is not None and wire.they_are_waiting_for_100_continue:
                await client.send(wire.send(h11.InformationalResponse(status_code=100, headers=[])))
            wire.receive_data(await client.reader.read(_READ_BYTES))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return from_wire(head, bytes(body), monotonic())
        else:
            return None


async def _send(
    wire: h11.Connection, client: ClientConnection, response: Response, reply: Reply | None = None
) -> None:
    """Send the response's bytes, as a fault of the connection sends them if there is one."""
    head_only = reply is not None and reply.request.method == "HEAD"
    pieces = _pieces(wire, response, head_only)
    fault = reply.fault if reply else None
    if fault is None or fault.name not in draw.CONNECTION_FAULTS:
        async for piece in pieces:
            await client.send(piece)
        return
    transmission = connections.Transmission(
        pieces=pieces, client=client, dice=fault.dice, place=fault.place
    )
    await draw.CONNECTION_FAULTS[fault.name](transmission)
    if fault.name in _ENDING:
        await client.close()


_SPOILING = {**draw.RESPONSE_FAULTS, **draw.SILENT_FAULTS}
#: These need a length to change, so a response made in pieces is put together first.
_LYING = frozenset({"longer-length", "shorter-length"})
#: After these the client cannot know where the next response begins.
_ENDING = frozenset({"twice"})


async def _pieces(
    wire: h11.Connection, response: Response, head_only: bool
) -> AsyncIterator[bytes]:
    """Yield the response as h11 writes it: the head, with a short body, then the rest."""
    headers = [("Content-Type", response.content_type), *response.headers]
    if isinstance(response.body, bytes) and response.header("Content-Length") is None:
        headers.append(("Content-Length", str(len(response.body))))
    head = h11.Response(
        status_code=response.status,
        headers=headers,
        reason=HTTPStatus(response.status).phrase.encode() if response.status in _PHRASED else b"",
    )
    start = wire.send(head) or b""
    if head_only or isinstance(response.body, bytes):
        body = b"" if head_only else bytes(response.body)  # type: ignore[arg-type]
        yield start + _data(wire, body) + (wire.send(h11.EndOfMessage()) or b"")
        return
    yield start
    parts: Iterator[bytes] = response.body
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        yield _data(wire, part)
    yield wire.send(h11.EndOfMessage()) or b""


_PHRASED = frozenset(int(status) for status in HTTPStatus)


def _data(wire: h11.Connection, body: bytes) -> bytes:
    return (wire.send(h11.Data(data=body)) or b"") if body else b""


def _compressed(response: Response, request: Request) -> Response:
    """Return the response as gzip if the client takes that and it is long enough."""
    accepted = "gzip" in request.headers.get("accept-encoding", "")
    if (
        not accepted
        or not isinstance(response.body, bytes)
        or len(response.body) < _GZIP_FROM_BYTES
        or not response.content_type.startswith(_COMPRESSED)
        or response.header("Content-Encoding")
    ):
        return response
    return replace(
        response,
        body=responses.gzipped(response.body),
        headers=(*response.headers, ("Content-Encoding", "gzip")),
    )


def _text(status: int, body: bytes) -> Response:
    return Response(status=status, content_type=TEXT, body=body)
