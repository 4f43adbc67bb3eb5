"""Meeting the bot: language, consent, groups, leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.entrypoints.bot.rig import Rig

from gradeline.warehouse import Role
from gradeline.warehouse.vocabulary import clients
from gradeline.warehouse.vocabulary.clients import JoinedGroup


@pytest.fixture(scope="module")
def code(rig: Rig) -> str:
    """The code of a group."""
    with rig.parts.by_loader.connect() as connection:
        group = JoinedGroup(group_id="files:s1:a", name="Group <A>")
        clients.add_code(connection, "ABCDEFGH23", group, "ada", rig.clock() + timedelta(days=9))
    return "ABCDEFGH23"


@pytest.mark.parametrize(
    ("spoken", "hello"),
    [("ru", "Здравствуйте!"), ("es-MX", "¡Hola!"), ("en", "Hello!"), ("de", "Hello!")],
)
def test_the_bot_speaks_the_language_of_the_app(rig, spoken, hello):
    """`language_code` decides, and where there is no such language GRADELINE_LANG."""
    assert rig.tell(rig.person(spoken), "/start").startswith(hello)


def test_nothing_is_stored_before_the_consent(rig):
    """Who does not agree leaves no learner behind, and can change the mind."""
    person = rig.person()
    rig.tell(person, "/start")
    assert rig.press(person, "I do not agree").startswith("Nothing is stored.")
    assert rig.count("client_info", f"chat_id = {person.profile.user_id}") == 0
    assert rig.tell(person, "/quiz").startswith("Hello!")


def test_an_adult_consents_and_begins(rig):
    """After the consent a quiz is one button away."""
    person = rig.learner()
    assert person.last.text.startswith("Thank you!")
    assert rig.press(person, "Practise").startswith("Question 1 of 4")


def test_a_language_chosen_before_the_consent_is_kept(rig):
    """The one that the consent was read in is the learner's."""
    person = rig.person("en")
    rig.tell(person, "/start")
    assert rig.press(person, "Русский").startswith("Здравствуйте!")
    person.press(person.last.buttons[0][0])
    rig.turn()
    assert person.last.text.startswith("Спасибо!")


def test_a_code_of_the_start_link_joins_the_group(rig, code):
    """`/start CODE` joins after the consent; the name of the group is shown as it is."""
    person = rig.person()
    rig.tell(person, f"/start {code}")
    person.press(person.last.buttons[0][0])
    rig.turn()
    assert "You are now in the group Group <A>." in [one.text for one in person.arrived]


def test_a_code_is_read_as_people_write_it(rig, code):
    """Hyphens, spaces and case make no difference."""
    person = rig.learner()
    rig.tell(person, "abcde-fgh 23")
    assert "You are now in the group Group <A>." in [one.text for one in person.arrived]


def test_codes_cannot_be_guessed(rig, code):
    """After five wrong codes even the right one has to wait for an hour."""
    person = rig.learner()
    wrong = rig.tell_all(person, *(f"WRXNG-ABC2{number}" for number in range(2, 7)))
    assert {text.partition(",")[0] for text in wrong} == {"No group has this code"}
    assert rig.tell(person, code).startswith("Too many wrong codes.")
    rig.wait(hours=1, seconds=1)
    rig.tell(person, code)
    assert "You are now in the group Group <A>." in [one.text for one in person.arrived]


def test_a_minor_practises_once_the_curator_confirms(rig, code):
    """Without the curator's word nothing of their learning is stored."""
    person = rig.person()
    rig.tell(person, "/start")
    assert "your tutor has to confirm" in rig.press(person, "I am younger than 14")
    assert rig.tell(person, code).startswith("Your tutor has to confirm")
    assert rig.tell(person, "/quiz").startswith("Your tutor has to confirm")
    with rig.parts.database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, person.profile.user_id)
        client = clients.find_client(connection, person.profile.user_id)
        assert client is not None
        assert client.is_minor
        clients.give_consent(connection, client.client_id, rig.clock())
    assert rig.tell(person, "/quiz").startswith("Question 1 of 4")


def test_whoever_leaves_is_erased_and_may_come_back(rig):
    """After `/stop` nothing says who they were, and the next `/start` is of somebody new."""
    person = rig.learner()
    chat = person.profile.user_id
    assert rig.tell(person, "/stop").startswith("Do you want to erase everything")
    assert rig.press(person, "Yes, erase everything").startswith("Your name and this chat")
    for table in ("client_info", "bot_states", "bot_chats", "bot_messages"):
        assert rig.count(table, f"chat_id = {chat}") == 0
    assert rig.tell(person, "/quiz").startswith("Hello!")


def test_whoever_thinks_better_of_leaving_stays(rig):
    """`/stop` asks first."""
    person = rig.learner()
    rig.tell(person, "/stop")
    assert rig.press(person, "No, keep it").startswith("Good, everything stays")
    assert rig.tell(person, "/quiz").startswith("Question 1")
