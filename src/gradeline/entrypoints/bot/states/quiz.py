"""States of a quiz."""

from aiogram.fsm.state import State, StatesGroup


class Quiz(StatesGroup):
    """The learner practises; which question is open, the quiz itself knows."""

    answering = State()  #: a text is an answer
