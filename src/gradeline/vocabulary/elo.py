"""Ability of learners and difficulty of words, rated together from each answer, with uncertainty.

An Elo rating whose step follows from the uncertainty, as Glicko's does. Ability θ and difficulty b
are normal, in logits. The chance of a right answer is g + (1 - g) / (1 + exp(b - θ)), where g is
the chance to guess. An answer changes the distribution of θ - b by Bayes' rule; mean and variance
of the outcome are computed on a grid and shared out by the variances of both. So the newcomer of
the two moves most.

Sources: Glickman, "Parameter estimation in large dynamic paired comparison experiments" (1999);
Herbrich, Minka, Graepel, "TrueSkill" (2006), for the moments; Pelánek, "Applications of the Elo
rating system in adaptive educational systems" (2016).

Two things keep the stated uncertainty honest where words are chosen by their difficulty, as
simulated learners show. An error in a word's difficulty enters again with each further answer of
the same learner, so the n-th one counts 1/n (its likelihood is raised to that power). The errors
of learners and words are not independent, which the rule assumes; so an answer takes away seven
tenths of the variance that it would.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gradeline.records.vocabulary import Estimate

#: z of a 95 % interval.
_Z = 1.959964
#: How much of the variance an answer takes away, of what it would were all errors independent.
_VARIANCE_SHARE = 0.7
#: Variance that ability gains a day: people learn and forget.
_DRIFT_A_DAY = 0.001
#: Of learners of whom nothing is known.
PRIOR = Estimate(mean=-1.0, variance=2.25)
#: Points of the standard normal distribution, from -6 to 6, with their weights.
_POINTS = tuple(i * 0.3 for i in range(-20, 21))
_WEIGHTS = tuple(math.exp(-point * point / 2) for point in _POINTS)


@dataclass(frozen=True, kw_only=True)
class RatedAnswer:
    """What an answer tells about its learner and its word."""

    correct: bool
    guess: float  #: the chance to be right without knowing the word
    times: int  #: the how manieth answer of the learner to the word it is; 1 = the first


def word_prior(level_id: int) -> Estimate:
    """Return the difficulty of a word of which only the level is known, 1 = A1."""
    return Estimate(mean=-1.5 + 0.75 * (level_id - 1), variance=1.0)


def chance(ability: float, difficulty: float, guess: float = 0.0) -> float:
    """Return the chance of a right answer, 0 to 1."""
    return guess + (1 - guess) / (1 + math.exp(difficulty - ability))


def uncertainty(estimate: Estimate) -> float:
    """Return half of the 95 % interval, in logits."""
    return _Z * math.sqrt(estimate.variance)


def pass_days(learner: Estimate, days: float) -> Estimate:
    """Return what is known of a learner's ability days later; never less than of a newcomer."""
    grown = learner.variance + _DRIFT_A_DAY * max(0.0, days)
    return Estimate(mean=learner.mean, variance=min(grown, max(PRIOR.variance, learner.variance)))


def rate(learner: Estimate, word: Estimate, answer: RatedAnswer) -> tuple[Estimate, Estimate]:
    """Return ability and difficulty after an answer."""
    total = learner.variance + word.variance
    spread = math.sqrt(total)
    shift, left = _moments(learner.mean - word.mean, spread, answer)

    def move(before: Estimate, direction: int) -> Estimate:
        share = before.variance / total
        lost = _VARIANCE_SHARE * share * before.variance * (1 - left)
        return Estimate(
            mean=before.mean + direction * share * spread * shift, variance=before.variance - lost
        )

    return move(learner, 1), move(word, -1)


def _moments(mean: float, spread: float, answer: RatedAnswer) -> tuple[float, float]:
    """Return mean and variance of θ - b after an answer, in units of its spread before."""
    mass = first = second = 0.0
    for point, weight in zip(_POINTS, _WEIGHTS, strict=True):
        right = chance(mean + spread * point, 0.0, answer.guess)
        likelihood = weight * (right if answer.correct else 1 - right) ** (1 / answer.times)
        mass += likelihood
        first += likelihood * point
        second += likelihood * point * point
    shift = first / mass
    return shift, second / mass - shift * shift
