"""Languages: every message is translated, none is stale, numbers and days read natively."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes

from gradeline.base.errors import WrongSetting
from gradeline.base.languages import LANGUAGES, language, message, plural

SOURCE = Path(__file__).parents[2] / "src" / "gradeline"
TRANSLATED = LANGUAGES[1:]
MessageId = str | tuple[str, ...]


def calls(folder: Path) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """The calls of a folder's code, or a file's: the function's name, and those arguments that are texts."""
    for path in (folder,) if folder.is_file() else folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                named = {each.arg: each.value for each in node.keywords if each.arg}
                yield (
                    name,
                    [str(each.value) for each in node.args if isinstance(each, ast.Constant)],
                    {k: str(v.value) for k, v in named.items() if isinstance(v, ast.Constant)},
                )


def marked() -> set[MessageId]:
    """The messages that all code marks."""
    return message_ids(SOURCE)


def message_ids(folder: Path) -> set[MessageId]:
    """The messages that a folder marks, in code and pages: one text, or a singular and a plural."""
    return template_ids(folder) | {
        message(*texts, **named) if name == "message" else tuple(texts)
        for name, texts, named in calls(folder)
        if name in ("message", "plural") and texts
    }


def template_ids(folder: Path) -> set[MessageId]:
    """The messages that a folder's templates of pages say."""
    trees = [
        Environment().parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")
    ]
    said = [call for tree in trees for call in tree.find_all(nodes.Call)]
    return {
        texts[0] if call.node.name == "say" else texts
        for call in said
        if isinstance(call.node, nodes.Name) and call.node.name in ("say", "say_n")
        if (texts := tuple(one.value for one in call.args if isinstance(one, nodes.Const)))
    }


def ids(catalogue: Catalog) -> set[MessageId]:
    """The messages a catalogue has, in the form of `marked`."""
    return {
        message(each.id, context=each.context) if isinstance(each.id, str) else tuple(each.id)
        for each in catalogue
        if each.id
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_and_none_is_stale(
    code: str, catalogues: Mapping[str, Catalog]
) -> None:
    """A catalogue holds exactly the messages that the code uses."""
    assert ids(catalogues[code]) == marked()


def test_every_text_is_marked_before_it_is_translated() -> None:
    """No text goes straight to `say` or `say_n`, where no catalogue would be asked to have it."""
    assert not [
        texts for name, texts, _ in calls(SOURCE / "reports") if name[:3] == "say" and texts
    ]


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_empty_or_doubtful(code: str, catalogues: Mapping[str, Catalog]) -> None:
    """Every message has words in every plural form, and none is marked fuzzy."""
    for each in catalogues[code]:
        forms = [each.string] if isinstance(each.string, str) else list(each.string)
        assert all(forms)
        assert not (each.fuzzy and each.id)


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_fill_the_same_places(code: str, catalogues: Mapping[str, Catalog]) -> None:
    """A translation has the `{places}` of its message, so that no figure is lost."""
    for each in catalogues[code]:
        if each.id:
            asked = places(each.id if isinstance(each.id, str) else each.id[0])
            forms = [each.string] if isinstance(each.string, str) else each.string
            assert all(places(form) == asked for form in forms), each.id


def places(text: str) -> set[str]:
    """The names in braces of a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("counted", sorted(each for each in marked() if isinstance(each, tuple)))
@pytest.mark.parametrize(
    ("code", "forms"), [("ru", ("one", "few", "many")), ("es", ("one", "other"))]
)
def test_a_counted_message_takes_the_form_that_its_number_has(
    code: str,
    forms: tuple[str, ...],
    counted: tuple[str, str],
    catalogues: Mapping[str, Catalog],
) -> None:
    """Each plural message follows CLDR's rules for small and for great numbers."""
    words, entry = language(code), catalogues[code].get(counted[0])
    assert entry is not None
    for n in (*range(30), 101, 111, 1001):
        form = entry.string[forms.index(words.locale.plural_form(n))]
        others = {name: "x" for _, name, _, _ in string.Formatter().parse(form) if name}
        filled = form.format(**{**others, "n": words.number(n)})
        assert words.say_n(counted, n=n, **{k: v for k, v in others.items() if k != "n"}) == filled


def test_russian_counts_in_three_forms() -> None:
    """One, few and many take the forms that Russian gives them."""
    learners = plural("{n} learner", "{n} learners")
    counted = [language("ru").say_n(learners, n=n) for n in (1, 3, 11, 21)]
    assert counted == ["1\u00a0ученик", "3\u00a0ученика", "11\u00a0учеников", "21\u00a0ученик"]


def test_one_english_text_has_a_translation_for_each_context() -> None:
    """The name of a learner and the name of a setting are different words in Russian."""
    words = language("ru")
    assert (words.say("Name"), words.say(message("Name", context="setting"))) == ("Имя", "Параметр")
    assert language("en").say(message("Name", context="setting")) == "Name"


@pytest.mark.parametrize(
    ("code", "number", "percent", "day"),
    [
        ("en", "1,234.50", "72.4%", "1 Oct 2013"),
        ("ru", "1\u00a0234,50", "72,4\u00a0%", "01.10.2013"),
        ("es", "1234,50", "72,4\u00a0%", "01/10/2013"),
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


def test_spanish_sets_thousands_apart_from_five_digits_on() -> None:
    """RAE and CLDR leave four digits together."""
    assert [language("es").number(each) for each in (1516, 12516, -1516)] == [
        "1516",
        "12.516",
        "-1516",
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "69.8% to 73.7%"),
        ("ru", "69,8–73,7\u00a0%"),
        ("es", "69,8\u00a0% a 73,7\u00a0%"),
    ],
)
def test_a_range_is_written_as_the_language_does(code: str, written: str) -> None:
    """Russian writes the percent sign once; a range without ends is a dash."""
    assert written == language(code).percent_range(0.698, 0.737)
    assert language(code).percent_range(None, None) == "–"


def test_an_instant_is_written_in_the_school_s_zone() -> None:
    """An instant is written to the minute, in a zone that it names; UTC unless told."""
    at = datetime(2014, 6, 5, 23, 4, tzinfo=UTC)
    assert language("en").instant(at) == "5 Jun 2014, 23:04 UTC"
    assert language("ru").instant(at, "Europe/Madrid") == "06.06.2014, 01:04 Europe/Madrid"


def test_what_is_not_known_is_a_dash() -> None:
    """A missing number, share or day is a dash and never 0."""
    words = language("ru")
    assert [words.number(None), words.percent(None), words.day(None), words.instant(None)] == [
        "–"
    ] * 4


def test_an_unknown_language_is_refused_by_the_setting_s_name() -> None:
    """An unknown code names the setting and the languages there are."""
    with pytest.raises(WrongSetting, match=r"GRADELINE_LANG to one of en, ru, es"):
        language("tlh")
