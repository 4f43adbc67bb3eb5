"""A quick subset of every proof; `make prove` runs them in full."""

import pytest
from proofs.mutants import MUTANTS, source_of
from proofs.promise import IDLE, Outcome, Try, prove
from proofs.rig.command import ROOT

from proofs import PROOFS

#: Proofs whose quick subset fits the time that `make test` has for them.
QUICK = ("rerun", "crash-run", "net", "wrong-answer")
#: Those that the time is too short for.
LONGER = (
    *("boundary", "poison", "storm", "clock", "pg-down", "two-runs", "disk", "export-stable"),
    *("crash-collect", "backfill", "faults", "memory"),
)


@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in LONGER)]
)
def test_the_promise_holds(name):
    """A promise holds in every try, and most kills hit work."""
    outcome = prove(name, PROOFS[name], seed=1, small=True)
    assert outcome.holds, outcome.told()


def test_a_proof_without_tries_proves_nothing():
    """No try, no proof."""
    assert not Outcome(name="x", seed=1, tries=()).holds


def test_a_broken_try_breaks_the_proof():
    """One try that went wrong is enough, and its words are told."""
    outcome = Outcome(name="x", seed=7, tries=(Try(name="a"), Try(name="b", wrong="two rows")))
    assert not outcome.holds
    assert "1 of 2 BROKEN" in outcome.told()
    assert "b: two rows" in outcome.told()
    assert "SEED=7" in outcome.told()


def test_kills_on_idle_prove_nothing():
    """Where more than a quarter of the kills hit nothing, the proof does not hold."""
    tries = [Try(name="kill", landed=place) for place in ("commit", "rename", IDLE)]
    assert not Outcome(name="x", seed=1, tries=tuple(tries)).holds
    tries += [Try(name="kill", landed="commit")]
    assert Outcome(name="x", seed=1, tries=tuple(tries)).holds


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.guard)
def test_the_guard_to_take_away_is_there(mutant):
    """Each guard that a mutant takes away stands in the code exactly once."""
    assert source_of(mutant).count(mutant.old) == 1
    assert mutant.proof in PROOFS or (ROOT / mutant.proof).is_file()
