"""D7: a damaged backup is always noticed: a bit, a cut, a swap or a loss in any place of it."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from gradeline.flows.backups.make import back_up
from gradeline.flows.backups.manifest import Trust
from gradeline.flows.backups.verify import verify
from proofs.promise import Setting, Try
from proofs.rig.backing_up import installation


def backup_rot(setting: Setting) -> Iterator[Try]:
    """Damage one place of a backup after the other, and verify it each time."""
    with tempfile.TemporaryDirectory(prefix="gl-") as ground:
        Path(ground).chmod(0o711)
        with installation(Path(ground), "h") as made:
            origin = made.origin
            backup_id = back_up(origin, _unwatched).note.backup_id
            files = _alone(sorted(p for p in (made.home / "backup").rglob("*") if p.is_file()))

            def problems() -> Sequence[str]:
                found = verify(origin.plan, backup_id, origin.spool, _unwatched)
                unknown = ["unknown key"] if found.trust != Trust.SIGNED else []
                return [*found.problems, *unknown]

            wrong = "; ".join(problems())
            yield Try(name="undamaged", wrong=wrong)
            for number in range(1, setting.many(1000, 30) + 1):
                yield _damaged(setting.luck, number, files, problems)


def _damaged(
    luck: random.Random, number: int, files: Sequence[Path], problems: Callable[[], Sequence[str]]
) -> Try:
    kind, damage = luck.choice(list(_DAMAGES.items()))
    # The manifest and the dump as often as all objects together.
    few = [path for path in files if path.parent.parent.parent.name != "backup"]
    path = luck.choice(few if luck.random() < 0.5 else files)
    kept = {each: each.read_bytes() for each in files}
    where = damage(luck, path, files)
    found = problems()
    for each, content in kept.items():
        if not each.exists() or each.read_bytes() != content:
            each.write_bytes(content)
    name = f"{number} {kind} {path.name[:24]} {where}"
    return Try(name=name, wrong="" if found else "verify says that it is whole")


def _flip(luck: random.Random, path: Path, _files: Sequence[Path]) -> str:
    content = bytearray(path.read_bytes())
    at, bit = luck.randrange(len(content)), luck.randrange(8)
    content[at] ^= 1 << bit
    path.write_bytes(content)
    return f"bit {bit} of byte {at}"


def _cut(luck: random.Random, path: Path, _files: Sequence[Path]) -> str:
    length = luck.randrange(path.stat().st_size)
    os.truncate(path, length)
    return f"at byte {length}"


def _drop(_luck: random.Random, path: Path, _files: Sequence[Path]) -> str:
    path.unlink()
    return ""


def _swap(luck: random.Random, path: Path, files: Sequence[Path]) -> str:
    """Exchange two files, or two blocks of one; their bytes differ."""
    content = path.read_bytes()
    if luck.random() < 0.5 and len(content) > 8:
        size = luck.randrange(1, len(content) // 2)
        one = luck.randrange(len(content) - 2 * size + 1)
        other = luck.randrange(one + size, len(content) - size + 1)
        first, second = content[one : one + size], content[other : other + size]
        if first != second:
            between = content[one + size : other]
            path.write_bytes(content[:one] + second + between + first + content[other + size :])
            return f"blocks of {size} at {one} and {other}"
    others = [each for each in files if each.read_bytes() != content]
    partner = luck.choice(others)
    path.write_bytes(partner.read_bytes())
    partner.write_bytes(content)
    return f"with {partner.name[:24]}"


def _add(luck: random.Random, path: Path, _files: Sequence[Path]) -> str:
    with path.open("ab") as file:
        file.write(luck.randbytes(luck.randrange(1, 9)))
    return "at its end"


_DAMAGES: Mapping[str, Callable[[random.Random, Path, Sequence[Path]], str]] = {
    "flip": _flip,
    "cut": _cut,
    "swap": _swap,
    "drop": _drop,
    "add": _add,
}


def _alone(files: Sequence[Path]) -> Sequence[Path]:
    """Give each file bytes of its own: objects share theirs with the lake."""
    for path in files:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    return files


def _unwatched(_done: int, _of: int, _what: object) -> None:
    """Watch nothing."""
