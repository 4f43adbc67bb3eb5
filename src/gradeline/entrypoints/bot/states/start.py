"""States of beginning."""

from aiogram.fsm.state import State, StatesGroup


class Start(StatesGroup):
    """The learner meets the bot."""

    consent = State()  #: was asked to consent
    code = State()  #: a text is a group code
