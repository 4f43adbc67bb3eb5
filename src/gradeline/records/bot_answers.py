"""The vocabulary bot as a source of answers, as plain values that any package may hold."""

from __future__ import annotations

#: The source of the bot's answers: ids of its learners begin with it, `vocabulary:17`, and its
#: courses are of the category of that name, `vocabulary/a1`.
BOT_ANSWERS = "vocabulary"
