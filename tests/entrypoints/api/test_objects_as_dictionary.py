"""Objects behave as a dictionary of bytes, on every store, whoever is killed while writing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.s3_server import create_bucket

from gradeline.base.errors import Conflict, StoredFileMissing
from gradeline.flows.storage.objects import StoredObjects
from gradeline.lake import open_lake


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a store is; an empty one."""

    url: str
    options: dict[str, str] = field(default_factory=dict)


@pytest.fixture(params=["folder", "s3"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Makes empty stores, in folders or as buckets."""
    if request.param == "folder":
        return lambda: Place(url=f"file:{tmp_path / uuid4().hex}")
    options = request.getfixturevalue("s3_options")

    def bucket() -> Place:
        name = f"bucket-{uuid4()}"
        create_bucket(options["endpoint"], name)
        return Place(url=f"s3://{name}", options=options)

    return bucket


class AsADictionary(RuleBasedStateMachine):
    """Whatever is done in whatever order."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        (root / "spool").mkdir()
        lake = open_lake(place.url, options=place.options)
        self.objects = StoredObjects(lake, root / "spool", root / "limits")
        self.model: dict[str, bytes] = {}

    keys = st.sampled_from(["a", "b/c", "b/d", "é"])
    contents = st.binary(max_size=40)

    def _file(self, content: bytes) -> Path:
        path = Path(self.folder.name) / "content"
        path.write_bytes(content)
        return path

    @rule(key=keys, content=contents)
    def put(self, key: str, content: bytes) -> None:
        """Write whole."""
        done = self.objects.put(key, self._file(content), None, None)
        self.model[key] = content
        assert done.size == len(content)

    @rule(key=keys, content=contents, offset=st.integers(0, 60))
    def patch(self, key: str, content: bytes, offset: int) -> None:
        """Overwrite from an offset on; a gap or nothing there is refused."""
        old = self.model.get(key)
        if old is None or offset > len(old):
            with pytest.raises((Conflict, StoredFileMissing)):
                self.objects.patch(key, offset, self._file(content), None)
            return
        self.objects.patch(key, offset, self._file(content), None)
        self.model[key] = patched(old, offset, content)

    @rule(key=keys)
    def delete(self, key: str) -> None:
        """Delete, or be told that there is nothing."""
        if self.model.pop(key, None) is None:
            with pytest.raises(StoredFileMissing):
                self.objects.delete(key, None)
        else:
            self.objects.delete(key, None)

    @invariant()
    def they_are_equal(self) -> None:
        """Listing and bytes are those of the dictionary."""
        assert everything_in(self.objects) == self.model

    def teardown(self) -> None:
        """Remove the folder."""
        self.folder.cleanup()


def patched(old: bytes, offset: int, content: bytes) -> bytes:
    """The bytes of an object after a patch."""
    return old[:offset] + content + old[offset + len(content) :]


def everything_in(objects: StoredObjects) -> dict[str, bytes]:
    """All objects, as they are listed and read."""
    return {
        one.key: b"".join(objects.stream(one.key, 0, one.size)) for one in objects.page("", "", 100)
    }


@pytest.mark.parametrize("cases", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_a_store_behaves_as_a_dictionary(new_place, cases: int) -> None:
    """On a folder and on a bucket."""
    run_state_machine_as_test(
        lambda: AsADictionary(new_place()),
        settings=settings(max_examples=cases, stateful_step_count=15, deadline=None),
    )


@contextmanager
def writing(place: Place, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that writes what it is told; it is killed at the end."""
    options = [f"{name}={value}" for name, value in place.options.items()]
    command = [sys.executable, "-m", "tests.entrypoints.api.object_writer", str(folder), place.url]
    with subprocess.Popen(
        [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


@pytest.mark.slow
def test_whoever_is_killed_leaves_the_old_bytes_or_the_new(new_place, tmp_path: Path) -> None:
    """30 kills in the middle of put and patch, of objects of up to 20 MB: never a mixture."""
    dice, place, folder = Random(15), new_place(), tmp_path / "work"
    (folder / "spool").mkdir(parents=True)
    objects = StoredObjects(
        open_lake(place.url, options=place.options), folder / "spool", folder / "limits"
    )
    model: dict[str, bytes] = {}
    caught = 0
    for number in range(30):
        key, old = dice.choice(("a", "b/c")), None
        content = dice.randbytes(dice.choice((100, 3_000_000, 20_000_000)))
        old = model.get(key)
        offset = None if old is None or dice.random() < 0.5 else dice.randrange(len(old) + 1)
        new = content if offset is None or old is None else patched(old, offset, content)
        (folder / "content").write_bytes(content)
        with writing(place, folder) as process:
            assert process.stdin is not None
            asked = {"key": key, "content": str(folder / "content"), "offset": offset}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            time.sleep(dice.random() * (0.05 if len(content) < 10_000_000 else 0.3))
        time.sleep(0.5)  # a bucket ends what it had received
        found = everything_in(objects)
        assert found.get(key) in (old, new), number
        caught += found.get(key) == old
        model = {**model, **found}
        assert found == model
    assert caught >= 5  # else the kills came too late to show anything
    objects.put("a", folder / "content", None, None)  # no lock outlived its writer
