"""Languages: every message is translated, none is stale, numbers and days read natively."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from gradeline.base.errors import WrongSetting
from gradeline.base.languages import LANGUAGES, language, plural

SOURCE = Path(__file__).parents[2] / "src" / "gradeline"
TRANSLATED = LANGUAGES[1:]


def marked() -> Iterator[tuple[str, ...]]:
    """The messages that the code marks: one text, or a singular and a plural."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if node.func.id in ("message", "plural") and len(texts) == len(node.args):
                    yield tuple(str(text) for text in texts)


def catalogue(code: str) -> Catalog:
    """The catalogue of a language as its file has it."""
    path = SOURCE / "base" / "locales" / code / "LC_MESSAGES" / "gradeline.po"
    with path.open("rb") as opened:
        return read_po(opened, locale=code)


def ids(code: str) -> set[tuple[str, ...]]:
    """The messages a catalogue has, in the form of `marked`."""
    return {
        (each.id,) if isinstance(each.id, str) else tuple(each.id)
        for each in catalogue(code)
        if each.id
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_and_none_is_stale(code: str) -> None:
    """A catalogue holds exactly the messages that the code uses."""
    assert ids(code) == set(marked())


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_empty_or_doubtful(code: str) -> None:
    """Every message has words in every plural form, and none is marked fuzzy."""
    for each in catalogue(code):
        forms = [each.string] if isinstance(each.string, str) else list(each.string)
        assert all(forms)
        assert not (each.fuzzy and each.id)


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_fill_the_same_places(code: str) -> None:
    """A translation has the `{places}` of its message, so that no figure is lost."""
    for each in catalogue(code):
        if each.id:
            asked = places(each.id if isinstance(each.id, str) else each.id[0])
            forms = [each.string] if isinstance(each.string, str) else each.string
            assert all(places(form) == asked for form in forms), each.id


def places(text: str) -> set[str]:
    """The names in braces of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("n", "words"), [(1, "1 ученик"), (3, "3 ученика"), (11, "11 учеников"), (21, "21 ученик")]
)
def test_russian_counts_in_three_forms(n: int, words: str) -> None:
    """One, few and many take the forms that Russian gives them."""
    assert words == language("ru").say_n(plural("{n} learner", "{n} learners"), n=n)


@pytest.mark.parametrize(
    ("code", "number", "percent", "day"),
    [
        ("en", "1,234.50", "72.4%", "1 Oct 2013"),
        ("ru", "1\u00a0234,50", "72,4\u00a0%", "01.10.2013"),
        ("es", "1.234,50", "72,4\u00a0%", "01/10/2013"),
    ],
)
def test_numbers_and_days_are_written_as_readers_expect(
    code: str, number: str, percent: str, day: str
) -> None:
    """Decimals, groups, percents and days follow the language."""
    words = language(code)
    assert number == words.number(1234.5, 2)
    assert percent == words.percent(0.72385)
    assert day == words.day(date(2013, 10, 1))


def test_an_instant_says_that_it_is_utc() -> None:
    """An instant is written to the minute and names its zone."""
    assert language("en").instant(datetime(2014, 6, 5, 3, 4, tzinfo=UTC)) == "5 Jun 2014, 03:04 UTC"


def test_what_is_not_known_is_a_dash() -> None:
    """A missing number, share or day is a dash and never 0."""
    words = language("ru")
    assert [words.number(None), words.percent(None), words.day(None), words.instant(None)] == [
        "–"
    ] * 4


def test_a_language_we_do_not_speak_is_refused_by_the_setting_s_name() -> None:
    """An unknown code names the setting and the languages there are."""
    with pytest.raises(WrongSetting, match=r"GRADELINE_LANG to one of en, ru, es"):
        language("tlh")
