"""Reads `access_matrix.csv`, and asks as each principal what its rows say."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from .conftest import as_

TABLE = Path(__file__).with_name("access_matrix.csv")
#: The columns of principals: who they are stands in `PRINCIPALS`.
WHO = (
    "nobody",
    "expired",
    "learner",
    "reader",
    "curator-a",
    "curator-b",
    "admin",
    "api-token",
    "warehouse-reader",
    "warehouse-writer",
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A route, one request to it, and the status of the answer to each principal."""

    method: str
    path: str  #: as the route declares it
    sample: str  #: path and query of the request
    body: str  #: JSON; empty = none
    statuses: dict[str, str]


def rows() -> list[Row]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                method=line["method"],
                path=line["path"],
                sample=line["sample"],
                body=line["body"],
                statuses={who: line[who] for who in WHO},
            )
            for line in csv.DictReader(file)
        ]


def ask(client: TestClient, row: Row, who: str) -> str:
    """The status that somebody is answered with."""
    headers = {} if who == "nobody" else as_(who)
    body = json.loads(row.body) if row.body else None
    answer = client.request(row.method, row.sample, headers=headers, json=body)
    return str(answer.status_code)


def differences(client: TestClient) -> Iterator[str]:
    """What is otherwise than the table says."""
    for row in rows():
        for who, expected in row.statuses.items():
            found = ask(client, row, who)
            if found != expected:
                yield f"{row.method} {row.sample} as {who}: {found}, not {expected}"
