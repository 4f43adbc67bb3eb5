"""D5: the bot is killed again and again while many practise; every answer counts once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.server.running import running
from gradeline.sandbox.telegram.chats import Profile
from gradeline.sandbox.telegram.people import Person
from gradeline.sandbox.telegram.twin import TOKEN, TelegramTwin
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse
from proofs.promise import IDLE, Setting, Try
from proofs.rig.bot_learner import Learner
from proofs.rig.command import RunningCommand, School, make_home, school

#: Learners, kills, and quizzes of each learner.
_LEARNERS, _KILLS, _QUIZZES, _WORDS = 100, 20, 3, 5
_FEW_LEARNERS, _FEW_KILLS = 10, 2
_SPEED = 20
#: Seconds in which something happens in some chat, a start of the bot included.
_STILL_S = 120.0
_LOOK_S = 0.01
_LANGUAGES = ("ru", "es", "en")


def bot(setting: Setting) -> Iterator[Try]:
    """Let learners practise, kill the bot while they do, and compare what counted."""
    twin = TelegramTwin(pace=Pace(speed=_SPEED))
    twin.updates.disorder = setting.luck
    with running([twin], pace=Pace(speed=_SPEED)) as sandbox:
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SANDBOX_URL": sandbox.url,
            "SANDBOX_SPEED": str(_SPEED),
            "BOT_QUIZ_WORDS": str(_WORDS),
        }
        like = make_home(setting.folder / "made")
        with (
            school(setting.folder / "school", Path("/nonexistent"), like=like, **settings) as place,
            open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        ):
            done = place.call("bot", "dictionary", "import", "--shipped")
            if done.returncode != 0:
                raise AssertionError(done.stderr)
            learners = [
                Learner(_person(twin, number), setting.luck, _QUIZZES)
                for number in range(setting.many(_LEARNERS, _FEW_LEARNERS))
            ]
            yield from _practise(place, twin, learners, setting.many(_KILLS, _FEW_KILLS))
            for learner in learners:
                wrong = learner.find_wrong(database)
                yield Try(name=f"learner {learner.person.profile.user_id}", wrong=wrong)
            yield Try(name="what is left", wrong=_find_left(database, twin))


def _person(twin: TelegramTwin, number: int) -> Person:
    language = _LANGUAGES[number % len(_LANGUAGES)]
    profile = Profile(user_id=9_000 + number, name=f"Learner {number}", language=language)
    return Person(twin, profile)


def _practise(
    place: School, twin: TelegramTwin, learners: list[Learner], kills: int
) -> Iterator[Try]:
    """Let everybody practise to the end, and kill the bot at even steps of their answers."""
    total = len(learners) * _QUIZZES * _WORDS
    at = [total * (number + 1) // (kills + 1) for number in range(kills)]
    process = place.start("bot")
    moved_at = time.monotonic()
    while not all(learner.is_done for learner in learners):
        if sum(learner.act() for learner in learners):
            moved_at = time.monotonic()
        answers = sum(len(learner.given) for learner in learners)
        if at and answers >= at[0] and twin.updates.waiting:
            name = f"kill after {answers} answers, {len(twin.updates.waiting)} updates wait"
            del at[0]
            landed = "while it works" if process.runs else IDLE
            process.kill()
            done = process.ended()
            process = place.start("bot")
            survivors = "" if done.returncode < 0 else f"it had ended: {done.stderr[-300:]}"
            yield Try(name=name, wrong=survivors, landed=landed)
        if time.monotonic() - moved_at > _STILL_S:
            break
        time.sleep(_LOOK_S)
    twice = sum(learner.repeated for learner in learners)
    yield Try(name=f"stopped; {twice} questions were asked twice", wrong=_stop(process))


def _stop(process: RunningCommand) -> str:
    """End the bot as a service does; say what was wrong with its end."""
    process.terminate()
    done = process.ended()
    return "" if done.returncode == 0 else f"exit {done.returncode}: {done.stderr[-500:]}"


def _find_left(database: Database, twin: TelegramTwin) -> str:
    """Say what was not handled, not sent, or could not be handled."""
    with database.connect() as connection:
        ((failed,),) = connection.execute(
            "select count(*) from bot_updates where error is not null"
        )
        ((unsent,),) = connection.execute(
            "select count(*) from bot_messages where ended_at is null"
        )
        given_up = connection.execute(
            "select distinct reason from bot_messages where status in ('refused', 'unknown')"
        ).fetchall()
    counts = {
        "updates could not be handled": failed,
        "messages were not sent": unsent,
        "updates wait": len(twin.updates.waiting),
    }
    left = [f"{number} {what}" for what, number in counts.items() if number]
    return "; ".join(left + [f"given up: {reason}" for (reason,) in given_up])
