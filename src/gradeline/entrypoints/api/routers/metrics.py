"""What monitoring reads."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.base.errors import WarehouseError
from gradeline.entrypoints.api.auth import PUBLIC, Credentials, Parts, Requirement
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.database import open_as
from gradeline.entrypoints.web.installation import Installation
from gradeline.warehouse import Role as DatabaseRole
from gradeline.warehouse.connect.database import PoolUse
from gradeline.warehouse.operation import Figure, read_figures

# PUBLIC, because who may scrape is judged below: monitoring has a token of its own, or none.
router = APIRouter(tags=["operations"], dependencies=[PUBLIC])

_OPERATOR = Requirement(permissions=(Permission.OPERATE,))
#: Figures are counts of the whole installation, which is what its operators may see.
_MONITORING = Principal(role=Role.ADMIN, login="monitoring")


async def may_scrape(request: Request, parts: Parts, credentials: Credentials) -> None:
    """Let monitoring in: by METRICS_TOKEN, as an operator, or from this machine alone.

    Raises:
        SignInNeeded, NotAllowed: it is none of these.
    """
    if credentials is None and parts.metrics.local and _is_local(request):
        return
    token = parts.metrics.token
    given = credentials.credentials if credentials is not None else ""
    if token and given and hmac.compare_digest(given.encode(), token.encode()):
        return
    await _OPERATOR(request, parts, credentials)


@router.get(
    "/metrics",
    summary="How the installation does, for Prometheus",
    dependencies=[Depends(may_scrape)],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(parts: Parts) -> Response:
    """Show requests, workers, queue, sources, deliveries and the pool of connections.

    Whoever serves at a loopback PUBLIC_URL may read it without a token from the same machine;
    else it takes METRICS_TOKEN, or a token of an administrator.
    """
    registry = CollectorRegistry()
    registry.register(Installation(figures=_figures(parts), pool=_pool(parts)))
    content = generate_latest(parts.metrics.measures.registry) + generate_latest(registry)
    return Response(content, media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _figures(parts: ApiParts) -> list[Figure] | None:
    try:
        with open_as(parts.database, _MONITORING) as connection:
            return read_figures(connection)
    except WarehouseError:  # monitoring is told by a metric, and still gets the others
        return None


def _pool(parts: ApiParts) -> PoolUse | None:
    use = parts.database.pool_uses.get(DatabaseRole.APP)
    return use() if use is not None else None


def _is_local(request: Request) -> bool:
    if request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
