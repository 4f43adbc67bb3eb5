"""Ability and difficulty: known ones are recovered, within the uncertainty that is stated."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

import pytest

from gradeline.records.vocabulary import Estimate
from gradeline.vocabulary import elo


@dataclass
class Simulation:
    """Learners and words whose abilities and difficulties are known, and what answers tell."""

    seed: int
    chosen: bool  #: words by their difficulty, as quizzes choose them; else at random
    abilities: list[float] = field(init=False)
    learners: list[Estimate] = field(init=False)

    def __post_init__(self) -> None:
        """Draw what is true, and begin with what is known of newcomers."""
        self.dice = random.Random(self.seed)
        gauss = self.dice.gauss
        spread = math.sqrt(elo.PRIOR.variance)
        self.abilities = [gauss(elo.PRIOR.mean, spread) for _ in range(60)]
        self.learners = [elo.PRIOR] * 60
        self.words = [elo.word_prior(1 + n % 4) for n in range(300)]
        self.difficulties = [gauss(one.mean, 1) for one in self.words]
        self.times = {}

    def quiz(self, who: int) -> None:
        """Ten answers of one learner, every other one among four options."""
        ability = self.learners[who].mean
        order = {
            word: abs(self.words[word].mean - ability + 0.85) + self.dice.random() * 0.5
            for word in self.dice.sample(range(300), 60 if self.chosen else 10)
        }
        for n, word in enumerate(sorted(order, key=order.__getitem__)[:10]):
            guess = 0.25 if n % 2 else 0.0
            chance = elo.chance(self.abilities[who], self.difficulties[word], guess)
            self.times[who, word] = self.times.get((who, word), 0) + 1
            told = elo.RatedAnswer(
                correct=self.dice.random() < chance, guess=guess, times=self.times[who, word]
            )
            pair = elo.rate(self.learners[who], self.words[word], told)
            self.learners[who], self.words[word] = pair

    def play(self) -> list[tuple[float, float]]:
        """Let each learner take a quiz; return the errors after it."""
        for who in range(60):
            self.quiz(who)
        return self.errors()

    def errors(self) -> list[tuple[float, float]]:
        """How wrong each ability is, and how wrong it is said to be."""
        return [
            (abs(known.mean - true), elo.uncertainty(known))
            for known, true in zip(self.learners, self.abilities, strict=True)
        ]


@pytest.mark.parametrize("chosen", [False, True])
def test_known_abilities_are_recovered_within_their_uncertainty(chosen):
    """The error of 95 % of simulated learners is at most the stated one, which shrinks to a third."""
    simulation = Simulation(seed=5, chosen=chosen)
    inside = [error <= stated for _ in range(14) for error, stated in simulation.play()]
    assert sum(inside) / len(inside) >= 0.95
    stated = [stated for _, stated in simulation.errors()]
    assert sum(stated) / len(stated) < elo.uncertainty(elo.PRIOR) / 3


def test_who_is_known_less_moves_more():
    """A newcomer's first answer moves the newcomer, hardly the word that thousands answered."""
    word = Estimate(mean=0.0, variance=0.01)
    told = elo.RatedAnswer(correct=True, guess=0.0, times=1)
    learner, after = elo.rate(elo.PRIOR, word, told)
    assert learner.mean - elo.PRIOR.mean > 50 * (word.mean - after.mean) > 0
    assert learner.variance < elo.PRIOR.variance


def moments(learner: Estimate, word: Estimate, told: elo.RatedAnswer) -> tuple[float, float]:
    """Mean and variance that an answer gives the learner, integrated in two dimensions."""
    grid = [n / 12 for n in range(-60, 61)]
    mass = first = second = 0.0
    for x in grid:
        for y in grid:
            chance = elo.chance(x + learner.mean, y + word.mean, told.guess)
            prior = math.exp(-x * x / 2 / learner.variance - y * y / 2 / word.variance)
            weight = prior * (chance if told.correct else 1 - chance)
            mass, first, second = mass + weight, first + weight * x, second + weight * x * x
    return first / mass, second / mass - (first / mass) ** 2


@pytest.mark.parametrize(("correct", "guess"), [(True, 0.0), (False, 0.0), (True, 0.25)])
def test_one_answer_changes_what_bayes_rule_says(correct, guess):
    """Mean and variance of the joint distribution, integrated in two dimensions, for a sure share."""
    learner, word = Estimate(mean=0.4, variance=1.1), Estimate(mean=-0.3, variance=0.6)
    told = elo.RatedAnswer(correct=correct, guess=guess, times=1)
    moved, _ = elo.rate(learner, word, told)
    mean, variance = moments(learner, word, told)
    assert moved.mean - learner.mean == pytest.approx(mean, abs=1e-3)
    assert learner.variance - moved.variance == pytest.approx(
        0.7 * (learner.variance - variance), abs=1e-3
    )


def test_time_and_repetition_make_less_sure():
    """Ability grows uncertain with days; the same word again tells less than the first time."""
    known = Estimate(mean=1.0, variance=0.1)
    assert elo.pass_days(known, 30).variance > known.variance
    assert elo.pass_days(known, 10**6).variance == elo.PRIOR.variance
    word = elo.word_prior(1)
    first, tenth = (
        elo.rate(known, word, elo.RatedAnswer(correct=True, guess=0.0, times=n))[0] for n in (1, 10)
    )
    assert first.mean > tenth.mean > known.mean
