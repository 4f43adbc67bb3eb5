"""Erase learners who asked the vocabulary bot to: it deleted their names, the rest goes here."""

from __future__ import annotations

import logging
from collections.abc import Callable

from gradeline.base.errors import GradelineError
from gradeline.flows.learners.forget import forget
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress
from gradeline.metrics import Terms
from gradeline.warehouse.vocabulary.erasing import clients_to_erase

_log = logging.getLogger(__name__)


def erase_one_who_left(
    parts: Parts, terms: Terms, progress: Progress, say: Callable[[str], None]
) -> bool:
    """Erase the learner who has waited longest, as `learners forget` does.

    Args:
        parts: the wired Gradeline.
        terms: what the numbers that are computed again depend on.
        progress: shows how far each step is.
        say: called with a message when there is something to wait for.

    Returns:
        True = one was erased, and there may be more.
    """
    with parts.database.connect() as connection:
        waiting = clients_to_erase(connection)
    if not waiting:
        return False
    try:
        forget(parts, waiting[0], terms, progress, say)
    except GradelineError as error:
        _log.warning("a learner who left the bot could not be erased now: %s", error)
        return False
    return True
