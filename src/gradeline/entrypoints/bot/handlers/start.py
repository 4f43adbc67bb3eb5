"""`/start`: language, consent, group code."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from gradeline.access.group_codes import is_code
from gradeline.entrypoints.bot.handlers.joining import join
from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.keyboards.buttons import ConsentButton
from gradeline.entrypoints.bot.states.start import Start
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import start as texts
from gradeline.entrypoints.bot.texts.menu import commands
from gradeline.records.vocabulary import Client, NewClient
from gradeline.warehouse.vocabulary import clients

#: Where the code of a `/start` waits until its learner has consented.
_CODE = "code"


def router() -> Router:
    """Return what takes `/start`, the consent, and group codes."""
    made = Router(name="start")
    made.message.register(_start, CommandStart())
    made.callback_query.register(_consent, ConsentButton.filter())
    made.message.register(
        _take_code, StateFilter(Start.code), F.text, ~F.text.startswith("/"), _may_be_code
    )
    return made


async def ask_to_consent(talk: Talk, state: FSMContext) -> None:
    """Greet somebody new, and ask to consent."""
    await state.set_state(Start.consent)
    buttons = menu.consent(talk.language, talk.terms.consent_age)
    await talk.say(texts.welcome(talk.language), buttons)


async def wait_for_tutor(talk: Talk, state: FSMContext) -> None:
    """Tell a minor what is missing: a group, or the tutor's word."""
    if talk.client is not None and talk.client.groups:
        await talk.say(texts.minor_waits(talk.language))
        return
    await state.set_state(Start.code)
    await talk.say(texts.minor_needs_group(talk.language, talk.terms.consent_age))


async def _start(_message: Message, command: CommandObject, talk: Talk, state: FSMContext) -> None:
    code = (command.args or "").strip()
    await state.set_state(None)
    if talk.client is None:
        await state.update_data({_CODE: code})
        await ask_to_consent(talk, state)
        return
    if code:
        await _join(talk, code)
    if talk.client.consent_at is None:
        await wait_for_tutor(talk, state)
        return
    hello = texts.welcome_back(talk.language)
    await talk.say(f"{hello}\n\n{commands(talk.language)}", menu.practise(talk.language))


async def _consent(
    query: CallbackQuery, callback_data: ConsentButton, talk: Talk, state: FSMContext
) -> None:
    await talk.note_press(query.id)
    if talk.client is not None and talk.client.consent_at is not None:
        return  # pressed twice
    if query.message is not None:
        await talk.change(query.message.message_id, texts.welcome(talk.language))
    if callback_data.answer == "no":
        await state.clear()
        await talk.say(texts.refused(talk.language))
        return
    is_minor = callback_data.answer == "minor"
    client = await _add_client(talk, is_minor=is_minor)
    data = await state.get_data()
    await state.set_data({})
    await state.set_state(Start.code)
    if data.get(_CODE):
        await _join(talk, str(data[_CODE]))
    if is_minor:
        await wait_for_tutor(talk, state)
        return
    await talk.call(clients.give_consent, client.client_id, talk.at)
    await talk.say(texts.thanks(talk.language), menu.practise(talk.language))


async def _may_be_code(message: Message, talk: Talk) -> bool:
    """Whether a text is a code: a minor can send nothing else, others look words up, too."""
    has_consented = talk.client is not None and talk.client.consent_at is not None
    return not has_consented or is_code(message.text or "")


async def _take_code(message: Message, talk: Talk, state: FSMContext) -> None:
    if talk.client is None:
        await ask_to_consent(talk, state)
        return
    groups = talk.client.groups
    await _join(talk, message.text or "")
    if talk.client.consent_at is None:
        if talk.client.groups:
            await wait_for_tutor(talk, state)
        return
    if talk.client.groups != groups:
        await state.set_state(None)
        await talk.say(commands(talk.language), menu.practise(talk.language))


async def _join(talk: Talk, code: str) -> None:
    """Let the learner join a group, and tell them."""
    await talk.say(await join(talk, code))
    talk.client = await talk.call(clients.find_client, talk.chat_id)


async def _add_client(talk: Talk, *, is_minor: bool) -> Client:
    new = NewClient(
        chat_id=talk.chat_id,
        name=talk.name,
        username=talk.username,
        language=talk.language.code,
    )
    client = await talk.call(clients.add_client, new)
    await talk.call(clients.set_minor, client.client_id, is_minor=is_minor)
    talk.client = client
    return client
