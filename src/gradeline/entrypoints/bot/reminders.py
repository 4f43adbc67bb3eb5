"""What the bot says by itself: daily reminders, and the week's progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gradeline.base.languages import Language, language
from gradeline.entrypoints.bot.calls import send_text
from gradeline.entrypoints.bot.keyboards.menu import practise
from gradeline.entrypoints.bot.parts import BotTerms
from gradeline.entrypoints.bot.texts.progress import reminder_text, week_text
from gradeline.jobs.schedule import next_instants
from gradeline.records.vocabulary import Progress
from gradeline.warehouse import Connection
from gradeline.warehouse.bot import messages
from gradeline.warehouse.bot.audience import Addressee, ReminderTime, to_remind, to_tell
from gradeline.warehouse.bot.messages import Kind, NewBotMessage
from gradeline.warehouse.vocabulary import analytics

#: A reminder that could not be put in that time is left out: it would come at a wrong hour.
_REMINDER = timedelta(hours=2)
#: A week's progress that was due within that time is still told.
_WEEK = timedelta(days=1)
#: Learners in one transaction.
_MOST = 100

_Text = Callable[[Language, Addressee, Progress], str]


def put_due(connection: Connection, terms: BotTerms, at: datetime) -> int:
    """Store what is due by now, each once; return how much that is.

    Args:
        connection: of the loader; in a transaction.
        terms: what the settings say.
        at: now.
    """
    put = _DueMessages(connection, terms, at)
    return put.reminders() + put.weeks()


class _DueMessages:
    """Stores messages at one instant."""

    def __init__(self, connection: Connection, terms: BotTerms, at: datetime) -> None:
        self._connection = connection
        self._terms = terms
        self._at = at

    def reminders(self) -> int:
        local = self._at.astimezone(ZoneInfo(self._terms.zone))
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        earliest = max(local - _REMINDER, midnight - timedelta(microseconds=1))
        looked = ReminderTime(
            clock=local.time(),
            clock_before=earliest.time() if earliest >= midnight else time.min,
            day_began_at=midnight,
        )
        prefix = f"reminder {local.date().isoformat()} "
        due = to_remind(self._connection, looked, prefix, _MOST)
        return self._put(
            due, prefix, lambda spoken, _who, progress: reminder_text(spoken, progress)
        )

    def weeks(self) -> int:
        cron, zone = self._terms.weekly, self._terms.zone
        past = next_instants(cron, zone, self._at - _WEEK, 50)
        due_at = [instant for instant in past if instant <= self._at]
        if not due_at:
            return 0
        prefix = f"week {due_at[-1].isoformat()} "
        due = to_tell(self._connection, prefix, _MOST)
        return self._put(
            due, prefix, lambda spoken, who, progress: week_text(spoken, who.name, progress)
        )

    def _put(self, due: list[Addressee], prefix: str, text: _Text) -> int:
        return sum(self._put_one(one, f"{prefix}{one.client_id}", text) for one in due)

    def _put_one(self, who: Addressee, key: str, text: _Text) -> bool:
        spoken = language(who.language)
        progress = analytics.progress(self._connection, who.client_id, self._at, self._terms.zone)
        method, content = send_text(who.chat_id, text(spoken, who, progress), practise(spoken))
        message = NewBotMessage(
            chat_id=who.chat_id, method=method, content=content, kind=Kind.BROADCAST, key=key
        )
        return messages.put(self._connection, message, self._at)
