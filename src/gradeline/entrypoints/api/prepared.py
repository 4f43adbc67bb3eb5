"""Answers prepared once for each build and kept, so that most requests ask the database nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.entity_tags import names_tag
from gradeline.warehouse import Connection
from gradeline.warehouse.operation import STALE_AFTER
from gradeline.warehouse.results.stats import PublishedBuild, read_build

#: Seconds for which the newest build is not asked about again.
_FRESH_S = 1.0
#: Seconds after which a request waits until it is known.
_WAIT_S = 3.0
#: Bytes of answers kept at most.
_KEPT_BYTES = 32 * 1024 * 1024
_NOBODY = Principal(role=Role.GUEST)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Which build an answer is of."""

    build: int | None  #: None = nothing was computed yet
    as_of: datetime | None
    stale: bool


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """An answer as it is sent."""

    etag: str
    body: bytes


#: Reads the body of an answer.
Make: TypeAlias = Callable[[Connection, Stamp], BaseModel]


class PreparedAnswers:
    """Makes answers to principals and keeps them; belongs to one event loop.

    An answer is kept for a build, a role with its scope, and an address. Who may see the same is
    given the same bytes.
    """

    def __init__(self, parts: ApiParts, *, most_bytes: int = _KEPT_BYTES) -> None:
        self._parts, self._most = parts, most_bytes
        self._kept: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._bytes = 0
        self._pending: dict[Hashable, asyncio.Task[_Answer]] = {}
        self._build: PublishedBuild | None = None
        self._looked_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    async def answer(self, request: Request, principal: Principal, make: Make) -> Response:
        """Return the answer to a request, of which `If-None-Match` may be enough.

        Args:
            request: what was asked.
            principal: who asks, and has the right to.
            make: reads the answer as that principal, in a thread; its errors are not kept.
        """
        await self._know_build()
        stamp = self._stamp(self._build)
        key = (stamp, _view(principal), request.url.path, request.url.query)
        found = self._kept.get(key)
        if found is None:
            found = await self._prepare(key, principal, make)
        else:
            self._kept.move_to_end(key)
        headers = {
            "ETag": found.etag,
            "Cache-Control": "private, no-cache",
            "Vary": "Authorization",
        }
        if names_tag(request.headers.get("if-none-match"), found.etag.strip('"')):
            return Response(status_code=304, headers=headers)
        return Response(found.body, media_type="application/json", headers=headers)

    async def _prepare(self, key: Hashable, principal: Principal, make: Make) -> _Answer:
        """Make an answer; requests for the same one wait for one making."""
        task = self._pending.get(key)
        if task is None:
            task = asyncio.ensure_future(self._make(key, principal, make))
            self._pending[key] = task
            task.add_done_callback(lambda _: self._pending.pop(key, None))
            task.add_done_callback(_take_note)
        return await asyncio.shield(task)

    async def _make(self, key: Hashable, principal: Principal, make: Make) -> _Answer:
        answer = await run_in_threadpool(self._read, principal, make)
        self._keep(key, answer)
        return answer

    def _read(self, principal: Principal, make: Make) -> _Answer:
        with open_as(self._parts.database, principal, one_moment=True) as connection:
            stamp = self._stamp(read_build(connection))
            body = make(connection, stamp).model_dump_json(by_alias=True).encode()
        digest = hashlib.sha256(body).hexdigest()[:16]
        return _Answer(etag=f'"{stamp.build or 0}-{digest}"', body=body)

    def _keep(self, key: Hashable, answer: _Answer) -> None:
        self._kept[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body)

    def _stamp(self, build: PublishedBuild | None) -> Stamp:
        if build is None:
            return Stamp(build=None, as_of=None, stale=True)
        age = self._parts.clock() - build.confirmed_at
        return Stamp(build=build.build_id, as_of=build.as_of, stale=age > STALE_AFTER)

    async def _know_build(self) -> None:
        """Know the newest build: as of a second ago, or while it is asked of three."""
        age = monotonic() - self._looked_at
        if age <= _FRESH_S:
            return
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(run_in_threadpool(self._look))
            self._looking.add_done_callback(_take_note)
        if age > _WAIT_S:
            await asyncio.shield(self._looking)

    def _look(self) -> None:
        with open_as(self._parts.database, _NOBODY) as connection:
            self._build = read_build(connection)
        self._looked_at = monotonic()


def _take_note(task: asyncio.Task[Any]) -> None:
    """Take an error that nobody may wait for any more; whoever waits is told of it."""
    if not task.cancelled():
        task.exception()


def _view(principal: Principal) -> Hashable:
    """Return all of a principal that what they see depends on."""
    return (
        principal.role,
        principal.groups,
        principal.learner_id,
        principal.scope,
        principal.granted,
    )


async def answers_of(request: Request) -> PreparedAnswers:
    """Return what prepares answers."""
    prepared: PreparedAnswers = request.app.state.answers
    return prepared


#: For the parameter of a route: what prepares answers.
Answers: TypeAlias = Annotated[PreparedAnswers, Depends(answers_of)]
