"""What every channel promises, whichever service it goes through."""

from __future__ import annotations

import pytest
from tests.delivery.rig import Rig

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Document, Message, Table

WORDS = "Отчёт о курсе: ¡año nuevo! 📈"
PDF = bytes(range(256)) * 40
XLSX = b"PK\x03\x04" + bytes(reversed(range(256))) * 20


class Killed(BaseException):
    """Stands for a process that ends in the middle of sending."""


def document(name: str, content: bytes) -> Document:
    """A report of one course."""
    kind = "application/pdf" if name.endswith("pdf") else "application/vnd.ms-excel"
    return Document(
        name=name,
        media_type=kind,
        content=content,
        key=f"reports/AAA/2013J/{name}",
        folder=("AAA", "2013J"),
    )


def message(
    rig: Rig, names: tuple[str, ...] = ("course_report.pdf", "course_report.xlsx")
) -> Message:
    """A message with two documents, where the channel takes them, and one day of figures."""
    contents = (PDF, XLSX)
    made = tuple(document(name, content) for name, content in zip(names, contents, strict=True))
    return Message(
        subject=WORDS,
        text=f"{WORDS}\nThree learners fall behind.",
        html=f"<html><body><p>{WORDS}</p></body></html>",
        documents=made if rig.takes_documents else (),
        table=Table(title="Daily figures", header=("day", "attempts"), rows=(("2026-11-30", 12),)),
    )


def envelope(rig: Rig, key: str = "key-1", **more) -> Envelope:
    """A message on its way to the address that works."""
    return Envelope(key=key, address=rig.address, message=message(rig), **more)


def all_documents(rig: Rig) -> dict[str, list[bytes]]:
    """Every document that arrived: name → contents, one for each time."""
    found: dict[str, list[bytes]] = {}
    for arrival in rig.arrived():
        for name, content in arrival.documents.items():
            found.setdefault(name, []).append(content)
    return found


def test_a_message_arrives_byte_for_byte(rig: Rig):
    """Every document arrives once with its bytes, and the text where the service shows text."""
    receipt = rig.channel.send(envelope(rig))
    expected = {doc.name: [doc.content] for doc in message(rig).documents}
    assert receipt.provider_id
    assert all_documents(rig) == expected
    if rig.shows_text:
        assert any("Three learners fall behind." in one.text for one in rig.arrived())


def test_subject_and_text_in_three_scripts_survive(rig: Rig):
    """Cyrillic, accents and emoji arrive as they were written."""
    rig.channel.send(envelope(rig))
    assert not rig.shows_text or any(WORDS in one.text for one in rig.arrived())


def test_file_names_in_three_scripts_survive(rig: Rig):
    """A document's name arrives as it is, whatever its letters."""
    names = ("Отчёт año 📈.pdf", "informe, «último».xlsx")
    sent = Envelope(key="key-1", address=rig.address, message=message(rig, names))
    rig.channel.send(sent)
    assert not rig.takes_documents or sorted(all_documents(rig)) == sorted(names)


def test_a_try_after_a_kill_at_any_step_sends_each_part_once(rig: Rig):
    """Whichever recorded step was the last before a kill, the next try sends the rest, once."""
    for last in range(1, 9):
        done: dict[str, str] = {}

        def record(step: str, provider_id: str, done=done, last=last) -> None:
            done[step] = provider_id
            if len(done) == last:
                raise Killed

        sent = envelope(rig, f"key-{last}", record_step=record)
        try:
            rig.channel.send(sent)
        except Killed:
            rig.channel.send(envelope(rig, f"key-{last}", done=dict(done)))
        counts = {len(contents) for contents in all_documents(rig).values()}
        assert counts <= {1, last}  # a service that replaces in place has one of each


@pytest.mark.parametrize("fault", ["unknown", "timed-out"])
def test_what_may_have_arrived_is_found_or_safe_to_send_again(rig: Rig, fault):
    """After an answer that was lost, or a 408, the channel can be asked, or a repeat is safe."""
    rig.fail_next(fault)
    with pytest.raises((DeliveryUnknown, DeliveryLater)) as caught:
        rig.channel.send(envelope(rig))
    if caught.type is DeliveryLater:  # the same again is the same file, or the same row
        rig.channel.send(envelope(rig))
        assert {len(contents) for contents in all_documents(rig).values()} <= {1}
    elif rig.channel.traits.can_find:
        found = rig.channel.find(envelope(rig))
        assert found is None or found.provider_id
        assert rig.channel.find(envelope(rig, "another")) is None
    else:
        with pytest.raises(DeliveryUnknown):
            rig.channel.find(envelope(rig))


def test_the_wait_is_what_the_service_said(rig: Rig):
    """A service that is busy is tried later, after as many seconds as it said."""
    rig.fail_next("later")
    with pytest.raises(DeliveryLater) as caught:
        rig.channel.send(envelope(rig))
    assert caught.value.retry_after_s == 7
    rig.channel.send(envelope(rig))


def test_a_refusal_is_for_good_and_says_what_to_do(rig: Rig):
    """A service that refuses the address ends the tries, with a hint."""
    rig.fail_next("refused")
    with pytest.raises(DeliveryRefused):
        rig.channel.send(envelope(rig))


def test_an_unknown_address_is_refused(rig: Rig):
    """An address that the service does not know is refused before anything is sent."""
    with pytest.raises(DeliveryRefused) as caught:
        rig.channel.send(
            Envelope(
                key="k", address=rig.channel.resolve(rig.unknown_address), message=message(rig)
            )
        )
    assert caught.value.hint


def test_check_names_what_is_wrong_with_an_address(rig: Rig):
    """`check` finds nothing wrong with an address that works, and names what is with another."""
    assert list(rig.channel.check(rig.address)) == []
    wrong = list(rig.channel.check(rig.unknown_address))
    assert [isinstance(one, DeliveryError) and bool(one.hint) for one in wrong].count(True) >= 1


@pytest.mark.parametrize("fault", ["refused", "later", "unknown"])
def test_no_error_shows_a_secret(rig: Rig, fault):
    """Whatever goes wrong, the error and its causes do not show the credential."""
    rig.fail_next(fault)
    with pytest.raises(DeliveryError) as caught:
        rig.channel.send(envelope(rig))
    error: BaseException | None = caught.value
    while error is not None:
        assert rig.secret not in f"{error} {error!r}"
        error = error.__cause__ or error.__context__
