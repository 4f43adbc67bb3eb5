"""One try of some proofs; `make prove-quick` and `make prove` make the others."""

import pytest
from proofs.mutants import MUTANTS, source_of
from proofs.promise import IDLE, Outcome, Try, prove
from proofs.rig.command import ROOT

from proofs import PROOFS, QUICK

#: Those whose one try is minutes of a processor: `make prove-quick` makes them.
LONG = ("rights", "install", "backup", "backup-rot", "bot")


@pytest.mark.process
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow if n in LONG else ()) for n in QUICK]
)
def test_the_promise_holds_in_one_try(name):
    """The first try of each quick proof holds; `make prove-quick` makes more."""
    outcome = prove(name, PROOFS[name], seed=1, small=True, stops=lambda _: True)
    assert outcome.holds, outcome.summary()


def test_a_proof_without_tries_proves_nothing():
    """No try, no proof."""
    assert not Outcome(name="x", seed=1, tries=()).holds


def test_a_broken_try_breaks_the_proof():
    """One try that went wrong is enough, and its words are told."""
    outcome = Outcome(name="x", seed=7, tries=(Try(name="a"), Try(name="b", wrong="two rows")))
    assert not outcome.holds
    assert "1 of 2 BROKEN" in outcome.summary()
    assert "b: two rows" in outcome.summary()
    assert "SEED=7" in outcome.summary()


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
