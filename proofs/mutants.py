"""Nemesis: each guard is taken away once in a copy of the code; a proof or test must then break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from proofs.rig.command import ROOT

LIMIT_S = 1800
SOURCE = ROOT / "src"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One guard, how it is taken away, and the proof that must notice."""

    guard: str  #: what protects, in words
    file: str  #: under src/gradeline
    old: str  #: text that stands there exactly once
    new: str  #: text without the guard
    proof: str  #: the proof that must be broken by it, or a file of tests under `tests/`


def _written(path: Path) -> tuple[Mutant, ...]:
    with path.open("rb") as file:
        return tuple(Mutant(**each) for each in tomllib.load(file)["mutant"])


MUTANTS = _written(Path(__file__).with_suffix(".toml"))


def prove_all(seed: int, say: Callable[[str], None], source: Path = SOURCE) -> int:
    """Try every mutant of the code as it is now; 0 when each was noticed.

    A proof that is broken with every guard in its place notices nothing, so each is run once on
    the code as it is first.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        Path(folder).chmod(0o755)
        whole = _copied(source, Path(folder) / "src")
        holds = {name: _ran(whole, name, seed) for name in dict.fromkeys(_proofs())}
        for name, (held, told) in holds.items():
            say(f"  as it is: {name} {'holds' if held else f'IS BROKEN: {told}'}")
        unnoticed = 0
        for number, mutant in enumerate(MUTANTS, start=1):
            still_held, told = prove_one(mutant, whole, seed)
            noticed = holds[mutant.proof][0] and not still_held
            unnoticed += not noticed
            word = "noticed" if noticed else "NOT NOTICED"
            say(f"  {number:2d} {mutant.guard} [{mutant.file}]: {word} by {mutant.proof}. {told}")
    say(f"prove-mutants: {len(MUTANTS) - unnoticed} of {len(MUTANTS)} noticed (seed {seed})")
    return 1 if unnoticed or not MUTANTS else 0


def prove_one(mutant: Mutant, whole: Path, seed: int) -> tuple[bool, str]:
    """Whether the proof still holds without the guard, and its own words about it.

    Raises:
        AssertionError: the guard's text does not stand there exactly once.
    """
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        Path(folder).chmod(0o755)
        source = _copied(whole, Path(folder) / "src")
        text = source_of(mutant, source)
        if text.count(mutant.old) != 1:
            raise AssertionError(f"{mutant.file} holds {text.count(mutant.old)} × {mutant.old!r}")
        file = source / "gradeline" / mutant.file
        file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        return _ran(source, mutant.proof, seed)


def source_of(mutant: Mutant, source: Path = SOURCE) -> str:
    """The text that the mutant is made from."""
    return (source / "gradeline" / mutant.file).read_text(encoding="utf-8")


def _proofs() -> list[str]:
    return [mutant.proof for mutant in MUTANTS]


def _copied(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")))


def _ran(source: Path, proof: str, seed: int) -> tuple[bool, str]:
    """Whether the quick subset of a proof, or a file of tests, holds over that code; its words."""
    quick = ["proofs", "--quick", "--first", "--name", proof, "--seed", str(seed)]
    tests = ["pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow", proof]
    done = subprocess.run(
        [sys.executable, "-m", *(tests if proof.startswith("tests/") else quick)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    broken = [line for line in lines if "BROKEN" in line or line.startswith(("E  ", "FAILED"))]
    why = [line for line in lines if ": " in line and "held" not in line]
    last = done.stderr.strip().splitlines()[-1:]
    return done.returncode == 0, "; ".join((*broken[:1], *why[:1], *last))[:300]
