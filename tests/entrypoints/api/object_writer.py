"""A process that writes objects until it is killed: a line of JSON for each object.

Usage: python -m tests.entrypoints.api.object_writer FOLDER URL [OPTION=VALUE ...]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gradeline.flows.storage.objects import StoredObjects
from gradeline.lake import open_lake


def main(folder: Path, url: str, options: dict[str, str]) -> None:
    """Do what each line asks for: `key`, `content` (a path) and `offset`; null = put whole."""
    objects = StoredObjects(open_lake(url, options=options), folder / "spool", folder / "limits")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["offset"] is None:
            objects.put(asked["key"], Path(asked["content"]), None, None)
        else:
            objects.patch(asked["key"], asked["offset"], Path(asked["content"]), None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], dict(each.split("=", 1) for each in sys.argv[3:]))
