"""A learner in a chat that is to be drawn: shows what the bot can do."""

from __future__ import annotations

from tests.entrypoints.bot.rig import Rig

from gradeline.records.vocabulary import AskedQuestion
from gradeline.sandbox.telegram.chats import TelegramMessage
from gradeline.sandbox.telegram.people import Person
from gradeline.warehouse import Role
from gradeline.warehouse.vocabulary import clients, practice

_DAYS, _SECONDS = 6, 7
#: Letters with an accent, and without.
_PLAIN = str.maketrans("áéíóúñ", "aeioun")


class ChatLearner:
    """One person with the bot."""

    def __init__(self, rig: Rig, person: Person) -> None:
        self._rig = rig
        self._person = person

    @property
    def chat(self) -> list[TelegramMessage]:
        """What stands in the chat."""
        return self._person.chat.messages

    def meet(self) -> None:
        """Begin, and consent."""
        self._rig.tell(self._person, "/start")
        self._person.press(self._person.last.buttons[0][0])
        self._rig.turn()

    def practise_for_days(self) -> None:
        """Practise twice a day for some days, now and then wrongly."""
        for day in range(_DAYS):
            for quiz in range(1 + day % 3):
                self._rig.tell(self._person, "/quiz")
                while (asked := self._asked()) is not None:
                    self._answer(asked, right=(day + quiz + asked.position) % 4 > 0)
            self._rig.wait(days=1)

    def show_a_quiz(self) -> None:
        """Take a quiz with a hint, an answer without its accent or with a typo, and look back."""
        self._rig.tell(self._person, "/quiz")
        asked = self._asked()
        hinted = False
        while asked is not None:
            if not hinted:
                hinted = True
                self._press("hint")
            if asked.options:
                self._answer(asked, right=asked.position != 1)
            else:
                self._rig.wait(seconds=_SECONDS)
                self._rig.tell(self._person, _nearly(asked.expected[0]))
            asked = self._asked()
        self._rig.tell(self._person, "/progress")

    def _asked(self) -> AskedQuestion | None:
        chat = self._person.profile.user_id
        with self._rig.parts.database.connect(Role.APP) as connection:
            clients.show_only_chat(connection, chat)
            client = clients.find_client(connection, chat)
            assert client is not None  # noqa: S101 - they have consented
            quiz = practice.open_quiz(connection, client.client_id)
        return None if quiz is None else quiz.next

    def _answer(self, asked: AskedQuestion, *, right: bool) -> None:
        self._rig.wait(seconds=_SECONDS)
        if not asked.options:
            self._rig.tell(self._person, asked.expected[0] if right else "xyz")
            return
        place = asked.options.index(asked.expected[0])
        self._press(f"option:{asked.activity_id}:{asked.position}:{place if right else place - 1}")

    def _press(self, data: str) -> None:
        """Press the button whose data begin so; the first option where that one is not shown."""
        buttons = [one for row in self._person.last.buttons for one in row]
        chosen = next((one for one in buttons if one.data.startswith(data)), buttons[0])
        self._person.press(chosen)
        self._rig.turn()


def _nearly(right: str) -> str:
    """Return an answer without its accents, or with two letters changed about."""
    plain = right.translate(_PLAIN)
    return plain if plain != right else f"{right[:-2]}{right[-1]}{right[-2]}"
