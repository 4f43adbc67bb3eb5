"""How channels lay out a message's text: headings, figures, lists, and nothing that runs."""

from __future__ import annotations

import pytest

from gradeline.delivery.message import Message
from gradeline.delivery.slack_blocks import slack_blocks
from gradeline.delivery.telegram_html import telegram_html
from gradeline.records.message_text import Kind, as_heading, blocks_of
from gradeline.sandbox.telegram.markup import shown_text

HOSTILE = "<!channel> <b>x & y &lt; <https://evil.example|bank> #general @here"
TEXT = f"""Run `gradeline doctor`.

Maths (a/1)
Attendance: 91%
Completion rate: 70%
- report.pdf: https://drive.example/d/1.

{HOSTILE}
▁▂ █"""


def sections(text: str) -> list[str]:
    """The text of Slack's sections."""
    return [block["text"]["text"] for block in slack_blocks("Subject", text)][1:]


def test_a_text_is_read_as_blocks():
    """A line above figures is their heading; a line alone is text; bars are bars."""
    kinds = [block.kind for block in blocks_of(TEXT)]
    assert kinds == [Kind.TEXT, Kind.HEADING, Kind.PAIRS, Kind.ITEMS, Kind.TEXT, Kind.BARS]


@pytest.mark.parametrize("title", ["Maths: level 1", "- Maths", "a: b: c"])
def test_a_title_with_a_colon_is_a_heading(title):
    """A course's title never becomes a row of figures or an item of a list."""
    text = f"{as_heading(title)} (a/1)\nAttendance: 91%\nCompletion rate: 70%"
    first, *_ = blocks_of(text)
    assert (first.kind, len(first.lines)) == (Kind.HEADING, 1)


def test_slack_gets_headings_values_and_links():
    """Headings and values are bold, items have a bullet, an address is a link without its dot."""
    (shown,) = sections(TEXT)
    assert "*Maths (a/1)*\nAttendance: *91%*" in shown
    assert "• report.pdf: <https://drive.example/d/1>." in shown


def test_slack_shows_text_from_people_as_text():
    """No mention, channel or hidden link is made of a title or an error."""
    (shown,) = sections(HOSTILE)
    assert "&lt;!channel&gt;" in shown
    assert "&lt;<https://evil.example>|bank&gt;" in shown
    blocks = list(slack_blocks("Subject", HOSTILE))
    assert all(block["text"]["verbatim"] for block in blocks[1:])


@pytest.mark.parametrize("text", ["&" * 9_000, "word " * 5_000, "line\n" * 5_000, "x" * 7_000])
def test_slack_s_limits_are_kept(text):
    """No section is longer than Slack takes, escapes counted, and no word is lost."""
    shown = sections(text)
    assert max(map(len, shown)) <= 3_000
    assert "".join("".join(shown).split()) == "".join(text.replace("&", "&amp;").split())
    assert not any(part.endswith(("&", "&a", "&am", "&amp")) for part in shown)


def test_a_long_subject_is_cut_with_an_ellipsis():
    """Slack's header has 150 characters."""
    (header,) = list(slack_blocks("s" * 200, ""))
    assert header["text"]["text"] == "s" * 149 + "…"


def test_telegram_shows_the_same_words():
    """Without its tags the HTML says subject and text, and Telegram takes it."""
    html = telegram_html(Message(subject="A & B <c>", text=TEXT))
    assert html.startswith("<b>A &amp; B &lt;c&gt;</b>\n\nRun <code>gradeline doctor</code>.")
    expected = TEXT.replace("`", "").replace("- report", "• report")
    assert shown_text(html) == f"A & B <c>\n\n{expected}"


@pytest.mark.parametrize("html", ["<b>x", "<i>x</b>", "a & b", "<div>x</div>", "<b class=a>x</b>"])
def test_the_simulator_refuses_what_telegram_refuses(html):
    """Open, crossed and unknown tags and bare ampersands are not taken."""
    assert shown_text(html) is None
