"""A simulated learner who practises with the bot and remembers every answer."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from gradeline.sandbox.telegram.chats import Button, TelegramMessage
from gradeline.sandbox.telegram.people import Person
from gradeline.warehouse import Database

#: What learners write: some right, some nearly, some wrong.
_TYPED = ("дом", "agua", "вода", "la casa", "el perro", "собака", "no sé", "не знаю")
_ANSWERS = "select activity_id, position, answer from client_activity_words where client_id = %s"
_CLIENT = "select client_id from client_info where chat_id = %s"
_ENDED = "select count(*) from client_activity_log where client_id = %s and status = 'finished'"
_RATING = (
    "select coalesce(sum(quiz_weight), 0), (select client_rating from client_analytics as a"
    " where a.client_id = l.client_id) from client_activity_log as l where client_id = %s"
    " group by client_id"
)

Question = tuple[int, int]


@dataclass
class Learner:
    """One person: reads what arrives, and answers each question once, some buttons twice."""

    person: Person
    luck: random.Random
    quizzes: int  #: to be practised
    given: dict[Question, str] = field(default_factory=dict)  #: quiz and position → the answer
    ended: set[int] = field(default_factory=set)  #: messages that told of the end of a quiz
    read: int = 0  #: messages of the bot that were read
    repeated: int = 0  #: questions that came twice
    began: bool = False

    @property
    def is_done(self) -> bool:
        """Whether all quizzes were practised to their end."""
        return len(self.ended) >= self.quizzes

    def act(self) -> bool:
        """Read the next message and answer it; False = none has come."""
        if not self.began:
            self.began = True
            self.person.say("/start")
            return True
        arrived = self.person.arrived
        if self.read >= len(arrived):
            return False
        message = arrived[self.read]
        self.read += 1
        self._answer(message)
        return True

    def _answer(self, message: TelegramMessage) -> None:
        buttons = [button for row in message.buttons for button in row]
        kinds = {button.data.partition(":")[0] for button in buttons}
        if "consent" in kinds:
            self.person.press(buttons[0], message)
        elif "end" in kinds:
            self._answer_question(message, buttons)
        elif "quiz" in kinds and not self.is_done:
            self._begin(message, buttons)

    def _begin(self, message: TelegramMessage, buttons: list[Button]) -> None:
        """Press the button that begins a quiz; a summary has it too."""
        quizzes = {quiz for quiz, _ in self.given}
        if len(quizzes) > len(self.ended):
            self.ended.add(max(quizzes))
        if not self.is_done:
            self.person.press(buttons[-1], message)

    def _answer_question(self, message: TelegramMessage, buttons: list[Button]) -> None:
        hint = next(button for button in buttons if button.data.startswith("hint"))
        _, quiz, position = hint.data.split(":")
        question = (int(quiz), int(position))
        if question in self.given:
            self.repeated += 1
            return
        options = [button for button in buttons if button.data.startswith("option")]
        if not options:
            self.given[question] = self.luck.choice(_TYPED)
            self.person.say(self.given[question])
            return
        chosen = self.luck.choice(options)
        self.given[question] = chosen.text
        self.person.press(chosen, message)
        if self.luck.random() < 0.3:  # an impatient finger
            self.person.press(self.luck.choice(options), message)

    def find_wrong(self, database: Database) -> str:
        """Say what the database has otherwise than this learner did it."""
        with database.connect() as connection:
            found = connection.execute(_CLIENT, [self.person.profile.user_id]).fetchall()
            if len(found) != 1:
                return f"{len(found)} learners of one chat"
            (client,) = found[0]
            rows = connection.execute(_ANSWERS, [client]).fetchall()
            ((ended,),) = connection.execute(_ENDED, [client]).fetchall()
            ((weights, rating),) = connection.execute(_RATING, [client]).fetchall()
        stored = {(quiz, position): answer for quiz, position, answer in rows}
        wrong = [] if ended == self.quizzes else [f"{ended} of {self.quizzes} quizzes ended"]
        if stored != self.given:
            wrong.append(f"{len(stored)} answers stored, {len(self.given)} given, not the same")
        if weights != rating:
            wrong.append(f"rating {rating}, and the quizzes weigh {weights}")
        return "; ".join(wrong)
