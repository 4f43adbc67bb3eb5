"""A client of DWH Helper, written from its page alone: curl and httpx, nothing of ours.

Arguments: where it is served, a token. Exits with 0 where everything is as the page says.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import httpx2 as httpx

TABLES = [
    "events-part",
    "mobile-devices",
    "permanent-user-properties",
    "changeable-user-properties",
    "technical-data",
    "event-properties",
    "user-properties",
    "user-locations",
]


def check_tables(client: httpx.Client) -> None:
    """Rows go in by POST, and come out by GET with filter, order and limit."""
    ids = [str(uuid.uuid4()) for _ in range(3)]
    rows = [
        {"uuid": each, "event_type": "open", "event_time": f"2024-02-0{day}T10:00:00Z"}
        for day, each in enumerate(ids, start=1)
    ]
    answer = client.post("/db/events-part", json={"data": rows})
    answer.raise_for_status()
    assert answer.json()["inserted_ids"] == ids
    assert answer.json()["count"] == 3
    assert isinstance(answer.json()["batches"], int)
    for table in TABLES:
        answer = client.get(f"/db/{table}", params={"limit": 10, "sort_dir": "desc"})
        answer.raise_for_status()
        assert answer.json()["count"] == len(answer.json()["rows"])
    found = client.get("/db/events-part", params={"sort_by": "event_time", "limit": 2}).json()
    assert [row["uuid"] for row in found["rows"]] == ids[:2]
    assert client.get("/db/events-part", params={"pk": ids[2]}).json()["count"] == 1
    bad = {"data": [{**rows[0], "event_time": "01.02.2024"}]}
    assert client.post("/db/events-part", json=bad).status_code == 422


def check_properties(client: httpx.Client) -> None:
    """Raw properties go in, and a transform of them is asked for."""
    row = {"uuid": str(uuid.uuid4()), "ehr_id": "7", "user_properties": {"level": "B1"}}
    client.post("/db/user-properties", json={"data": [row]}).raise_for_status()
    waiting = client.get("/db/user-properties", params={"migrated": False}).json()
    assert row["uuid"] in [each["uuid"] for each in waiting["rows"]]
    client.post("/transform/user-properties", params={"source": "posted"}).raise_for_status()


def check_objects(url: str, token: str, client: httpx.Client) -> None:
    """Files go up by curl's form, and come down by name."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notes.txt"
        file.write_bytes(b"hello world")
        form = ["-F", f"file=@{file}", f"{url}/s3/upload?key=folder/notes.txt"]
        stored = json.loads(curl(token, *form))
        assert (stored["key"], stored["size"]) == ("folder/notes.txt", 11)
        listed = client.get("/s3/objects", params={"prefix": "folder/"}).json()
        assert (listed["prefix"], listed["count"]) == ("folder/", 1)
        assert listed["objects"][0]["Key"] == "folder/notes.txt"
        assert curl(token, f"{url}/s3/download?key=folder/notes.txt") == b"hello world"
    client.delete("/s3/delete", params={"key": "folder/notes.txt"}).raise_for_status()


def check_documents(client: httpx.Client) -> None:
    """The interactive documents are where they were."""
    for page in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(page).status_code == 200, page


def curl(token: str, *arguments: str) -> bytes:
    """Run curl; what it printed."""
    command = ["curl", "--silent", "--show-error", "--fail", "-H", f"Authorization: Bearer {token}"]
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def main() -> None:
    """Check everything."""
    url, token = sys.argv[1:]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        check_documents(client)
        check_tables(client)
        check_properties(client)
        check_objects(url, token, client)
    without = httpx.get(f"{url}/db/events-part")
    assert without.status_code == 401


if __name__ == "__main__":
    main()
