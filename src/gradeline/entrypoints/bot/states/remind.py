"""States of choosing a reminder."""

from aiogram.fsm.state import State, StatesGroup


class Remind(StatesGroup):
    """The learner chooses when to be reminded."""

    choosing = State()  #: a text is a time of day
