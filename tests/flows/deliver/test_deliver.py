"""Delivery: each due document reaches each recipient once, and what did not is said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown, WrongUse
from gradeline.delivery.channel import Traits
from gradeline.delivery.outbox import Outbox
from gradeline.flows.deliver.diagnose import diagnose_delivery
from gradeline.flows.deliver.recipients import find_recipient, resume_recipient
from gradeline.flows.deliver.try_address import send_test
from gradeline.flows.parts import Addressee
from gradeline.flows.staff import find_owner
from gradeline.flows.upkeep.diagnose import Verdict
from gradeline.records.messages import MessageState
from gradeline.records.recipients import What
from gradeline.warehouse.deliveries import messages, recipients

from .conftest import NOW, School, put_day

ANA, BORIS = "ana@school.example", "boris@school.example"
ALL = ["a_1", "a_2", "b_1"]


def files_of(*courses: str) -> list[str]:
    """The names of the documents of these courses."""
    return [f"{name}_course_report.{kind}" for name in courses for kind in ("pdf", "xlsx")]


def test_a_recipient_gets_every_report_in_one_message_and_only_once(school: School):
    """All course reports arrive as one message; the next run sends nothing."""
    school.add()
    assert school.deliver(1).total == 1
    assert school.documents() == {ANA: files_of(*ALL)}
    assert school.deliver(2).total == 0


def test_only_what_changed_is_sent_again(school: School):
    """A course whose documents changed is sent, the others are not."""
    school.add()
    school.deliver(1)
    school.outbox.arrived.clear()
    school.publish("a/2", "v2")
    school.deliver(2)
    assert school.documents() == {ANA: files_of("a_2")}
    assert b"v2" in school.outbox.arrived[0].message.documents[0].content


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"courses": ("a/1",)}, ["a_1"]),
        ({"categories": ("A",)}, ["a_1", "a_2"]),
        ({"categories": ("a",), "courses": ("b/1",)}, ALL),
        ({}, ALL),
    ],
)
def test_a_scope_bounds_what_is_sent(school: School, scope, expected):
    """A recipient of some courses or categories gets nothing of the others, in no text either."""
    school.add(**scope)
    school.add(What.RUN_RESULT, **scope)
    school.deliver()
    assert school.documents()[ANA] == files_of(*expected)
    texts = "".join(one.message.text for one in school.outbox.arrived)
    left_out = {"a/1", "a/2", "b/1"} - {name.replace("_", "/") for name in expected}
    assert not any(course_id in texts for course_id in left_out)


def test_rights_are_asked_at_the_moment_of_sending(school: School):
    """A scope that shrank between planning and sending bounds what is sent."""
    number = school.add()
    school.outbox.failures.append(DeliveryLater("busy", retry_after_s=900))
    assert school.deliver().waiting == 1
    with school.parts.database.connect() as connection:
        known = recipients.find(connection, number)
        recipients.put(connection, replace(known, courses=("b/1",)))
        message_id = school.stored()[0].message_id
        messages.retry(connection, message_id)
    school.deliver(2)
    assert school.documents()[ANA] == files_of("b_1")


def test_nothing_is_sent_to_who_was_removed(school: School):
    """A message to a removed recipient is dropped, and the ledger says so."""
    number = school.add()
    school.outbox.failures.append(DeliveryLater("busy", retry_after_s=900))
    school.deliver()
    with school.parts.database.connect() as connection:
        recipients.remove(connection, number)
        messages.retry(connection, school.stored()[0].message_id)
    school.deliver(2)
    assert school.documents() == {}
    assert [one.state for one in school.stored()] == [MessageState.DROPPED]


def test_a_short_wait_is_waited_for_at_once(school: School):
    """What a service takes a moment later arrives within the same run, and is no problem."""
    school.add()
    school.outbox.failures.append(DeliveryLater("slow down", retry_after_s=0.1))
    result = school.deliver()
    assert (result.total, result.problems, result.waiting) == (1, (), 0)


def test_waits_grow_where_the_service_says_nothing(school: School):
    """A message that the service cannot take now waits five minutes, then fifteen."""
    school.add()
    for least in (4, 14):
        school.outbox.failures.append(DeliveryLater("451 greylisted"))
        school.deliver()
        (stored,) = school.stored()
        wait = stored.next_try_at - stored.tried_since
        assert timedelta(minutes=least) < wait < timedelta(minutes=least + 3)
        with school.parts.database.connect() as connection:
            messages.retry(connection, stored.message_id)


def test_a_refusal_pauses_that_address_only(school: School):
    """A refused address gets nothing more until its test succeeds; the others go on."""
    first = school.add()
    school.add(address=BORIS)
    school.outbox.failures.append(DeliveryRefused("550 No such user."))
    result = school.deliver()
    assert list(school.documents()) == [BORIS]
    assert f"`gradeline recipients test {first}`" in result.problems[0]
    school.publish("a/1", "v2")
    school.deliver(2)
    assert list(school.documents()) == [BORIS]
    with school.parts.database.connect(autocommit=True) as connection:
        assert resume_recipient(connection, find_recipient(connection, first)) == 1
    school.deliver(3)
    assert school.documents()[ANA]


def test_an_unclear_end_that_cannot_be_asked_stays_unknown(school: School, resend):
    """Where arrival cannot be asked, the message is shown and a person or a setting resends it."""
    school.add()
    school.outbox.failures.append(DeliveryUnknown("The connection was cut."))
    result = school.deliver()
    assert "may" in result.problems[0] or "retry" in result.problems[0]
    school.deliver(2)
    assert [one.state for one in school.stored()] == [MessageState.UNKNOWN]
    assert len(school.outbox.arrived) == 1
    with school.parts.database.connect() as connection:
        assert messages.retry(connection, school.stored()[0].message_id)
    resend().deliver(3)
    assert len(school.outbox.arrived) == 2


def test_an_unclear_end_is_looked_up_before_a_repeat(school: School):
    """Where arrival can be asked, a message that arrived is not sent again."""
    school.add(channel="chat", address="C1")
    chat = school.parts.delivery.channels["chat"]
    assert isinstance(chat, Outbox)
    chat.failures.append(DeliveryUnknown("The connection was cut."))
    assert school.deliver().total == 1
    assert [one.state for one in school.stored()] == [MessageState.SENT]
    assert len(chat.arrived) == 1


@pytest.mark.parametrize(("channel", "state"), [("mail", "unknown"), ("chat", "sent")])
def test_a_kill_between_sending_and_noting_sends_never_two(school: School, channel, state):
    """A message whose process died is looked up, or is unknown; it is not sent blindly."""
    school.add(channel=channel, address="somebody")
    service = school.parts.delivery.channels[channel]
    assert isinstance(service, Outbox)
    service.failures.append(_Killed("killed"))
    with pytest.raises(KeyboardInterrupt):
        school.deliver()
    service.arrived.append(school_envelope(school))
    school.deliver(2)
    assert school.stored()[0].state == state
    assert len(service.arrived) == 1


class _Killed(KeyboardInterrupt):
    """Ends a send as a kill would: nothing is noted."""


def school_envelope(school: School):
    """The message of the ledger, as it arrived just before the kill."""
    from gradeline.delivery.channel import Envelope
    from gradeline.delivery.message import Message

    (stored,) = school.stored()
    return Envelope(key=stored.key, address=stored.address, message=Message(subject="s", text="t"))


def test_one_channel_down_leaves_the_rest(school: School):
    """A channel that fails keeps nothing from the others, and is named."""
    school.add()
    school.add(channel="chat", address="C1")
    school.outbox.failures += [DeliveryLater("mail server is away")] * 9
    result = school.deliver()
    assert result.sent == {"chat": 1}
    assert "mail server is away" in result.problems[0]


def test_two_at_once_send_once(school: School):
    """Two processes that deliver the same occasion send each message once."""
    for number in range(6):
        school.add(address=f"reader-{number}@school.example")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(school.deliver, [1, 1, 1]))
    assert sorted(school.documents()) == [f"reader-{n}@school.example" for n in range(6)]
    assert all(len(names) == 6 for names in school.documents().values())


def test_a_schedule_is_due_at_its_instant_once_and_a_missed_one_is_caught_up_once(school: School):
    """Three days after three missed mornings one message is sent, then the next is tomorrow's."""
    school.add(cron="0 8 * * *")
    assert school.deliver(1).total == 0
    later = NOW + timedelta(days=3, hours=2)
    assert school.deliver(2, now=later, run=None).total == 1
    assert school.deliver(3, now=later, run=None).total == 0
    assert school.deliver(4, now=later + timedelta(days=1), run=None).total == 1


def test_an_alert_comes_once_for_the_same_problems(school: School):
    """An alert is sent for new problems, not for the same ones, nor for a run without any."""
    school.add(What.ALERT)
    totals = [
        school.deliver(n, *problems).total
        for n, problems in enumerate(
            [(), ("disk full",), ("disk full",), ("disk full", "no rights")]
        )
    ]
    assert totals == [0, 1, 0, 1]


def test_each_finished_run_is_told(school: School):
    """Who asked for it gets the result of every run, with what is to be fixed."""
    school.add(What.RUN_RESULT)
    school.deliver(1)
    school.deliver(2, "files:x failed: no such file")
    subjects = [one.message.subject for one in school.outbox.arrived]
    assert "is done" in subjects[0]
    assert "1 problem" in subjects[1]
    assert "- files:x failed: no such file" in school.outbox.arrived[1].message.text


@pytest.mark.parametrize(("language", "word"), [("ru", "запуск"), ("es", "ejecución")])
def test_a_message_is_in_the_recipient_s_language(school: School, language, word):
    """Subject and text are in the language that the recipient chose."""
    school.add(What.RUN_RESULT, language=language)
    school.deliver()
    assert word in school.outbox.arrived[0].message.subject


def test_a_reader_s_copy_has_no_names(school: School):
    """The documents and the text of a reader name no learner."""
    school.add(role="reader", courses=("a/1",))
    school.deliver()
    assert school.documents()[ANA] == files_of("a_1")
    xlsx = school.outbox.arrived[0].message.documents[1].content
    assert xlsx[:2] == b"PK"
    assert "no names" in school.outbox.arrived[0].message.text


def test_whom_a_setting_names_is_a_recipient_as_long_as_it_does(school: School):
    """RECIPIENT_EMAIL and its like work alone; a name that goes from the setting gets no more."""
    named = replace(
        school.parts.delivery,
        addressees=(Addressee(channel="mail", address=ANA, what=What.RUN_RESULT),),
    )
    with_setting = School(replace(school.parts, delivery=named))
    with_setting.deliver(1)
    with_setting.deliver(2)
    school.deliver(3)
    assert len(school.outbox.arrived) == 2
    with school.parts.database.connect() as connection:
        assert recipients.ls(connection) == []


def test_an_address_of_a_setting_that_does_not_exist_is_named(school: School):
    """An addressee whom the channel does not know is a problem of the run, not its end."""
    school.outbox.closed.add("nobody")
    named = (Addressee(channel="mail", address="nobody", what=What.RUN_RESULT),)
    wrong = School(replace(school.parts, delivery=replace(school.parts.delivery, addressees=named)))
    assert "nobody" in wrong.deliver().problems[0]


def test_what_a_channel_cannot_bring_is_refused(school: School):
    """A recipient of something else than the channel takes is refused with what it does."""
    school.outbox.traits = Traits(takes=frozenset({What.COURSE_REPORT}))
    with pytest.raises(WrongUse, match="daily-figures"):
        school.add(What.DAILY_FIGURES)


def test_a_sheet_gets_the_success_rate_as_the_mail_shows_it(school: School):
    """Two of three is 66.7 in both."""
    with school.parts.database.connect() as connection:
        put_day(connection, NOW.date() - timedelta(days=1), rate=200 / 3)
    school.add(What.DAILY_FIGURES)
    school.deliver(1)
    (arrived,) = school.outbox.arrived
    assert arrived.message.table.rows[0][-1] == 66.7
    assert "66.7" in arrived.message.text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("DELETE FROM staff", "olga, who added this recipient, is of the staff no more"),
        ("UPDATE staff SET role = 'reader'", "is reader and no admin any more"),
    ],
)
def test_nothing_is_sent_for_an_owner_who_is_gone_and_admins_hear_once(school, change, reason):
    """A person who left owns no recipients: who gets alerts is told, once, and that is all."""
    school.add(address=BORIS)
    with school.parts.database.connect() as connection:
        text = (
            "INSERT INTO staff (login, role, language, added_by) VALUES ('olga', 'admin', 'en', '')"
        )
        connection.execute(text)
        owner = find_owner(connection, "Olga")
        connection.execute("UPDATE recipients SET owner_id = %s, added_by = 'olga'", [owner])
        connection.execute(change)
    school.add(What.ALERT, address=ANA)
    for number in (1, 2):
        school.deliver(number)
    (arrived,) = school.outbox.arrived
    assert arrived.address == ANA
    assert reason in arrived.message.text


def test_a_test_message_says_what_will_arrive(school: School):
    """`recipients test` sends a message outside the ledger."""
    number = school.add()
    with school.parts.database.connect() as connection:
        recipient = find_recipient(connection, number)
    assert send_test(school.parts.delivery, recipient, NOW)
    assert "course reports" in school.outbox.arrived[0].message.text
    assert school.stored() == []


def test_doctor_names_a_closed_address_and_what_waits_for_a_person(school: School):
    """Channels that are off are said once; an address that takes nothing is bad, with the reason."""
    school.add()
    school.add(address=BORIS)
    school.outbox.failures.append(DeliveryUnknown("The connection was cut."))
    school.deliver()
    school.outbox.closed.add(BORIS)
    found = {each.what: each for each in diagnose_delivery(school.parts)}
    assert found["channels"].verdict is Verdict.GOOD
    assert found[f"mail {ANA} (course-report)"].verdict is Verdict.GOOD
    assert found[f"mail {BORIS} (course-report)"].verdict is Verdict.BAD
    assert "1 message unknown" in found["deliveries"].message


class _Drive(Outbox):
    """Keeps each document as a file with an ID, as Drive does."""

    def send(self, envelope):
        """Record a step for each document."""
        for number, doc in enumerate(envelope.message.documents):
            envelope.record_step("/".join((*doc.folder, doc.name)), f"file{number}")
        return super().send(envelope)


@pytest.mark.parametrize(("role", "linked"), [("admin", True), ("reader", False)])
def test_a_run_s_result_links_to_the_files_on_drive(school: School, role, linked):
    """Files go to Drive first, so a result names them; a reader gets no link to what has names."""
    drive = _Drive(name="drive", traits=Traits(takes={What.COURSE_REPORT}, keeps_folders=True))
    channels = {**school.parts.delivery.channels, "drive": drive}
    with_drive = School(
        replace(school.parts, delivery=replace(school.parts.delivery, channels=channels))
    )
    with_drive.add(What.RUN_RESULT, role=role)
    with_drive.add(channel="drive", address="folder", courses=("a/1",))
    assert with_drive.deliver().total == 2
    text = school.outbox.arrived[0].message.text
    address = "- course_report.pdf: https://drive.google.com/file/d/file0/view"
    assert (address in text) is linked
