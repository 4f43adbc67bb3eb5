"""Languages: words, numbers, percents and dates as a reader of that language expects them.

The English words are the message ids. Every other language has one catalogue,
`locales/<code>/LC_MESSAGES/gradeline.po`, read when the language is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern

from gradeline.base.errors import WrongSetting

#: The languages we speak, the one of the message ids first.
LANGUAGES = ("en", "ru", "es")

#: What stands in place of a number, a day or a word that is not known: never 0.
NOTHING = "–"

#: How a day is written; a month in words where day and month could be taken for each other.
_DAY = {"en": "d MMM y", "ru": "dd.MM.y", "es": "dd/MM/y"}


def message(msgid: str) -> str:
    """The same text, marked as one that every language must have."""
    return msgid


def plural(one: str, many: str) -> tuple[str, str]:
    """The same two forms, marked as ones that every language must have in its own forms."""
    return one, many


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """One language: says messages and writes numbers and days."""

    code: str  #: e.g. `ru`
    locale: Locale
    catalog: NullTranslations  #: its messages; English ones stand for themselves

    def say(self, msgid: str, /, **values: str) -> str:
        """The message in this language, its `{names}` filled with texts as they are."""
        words = self.catalog.gettext(msgid)
        return words.format(**values) if values else words

    def say_n(self, forms: tuple[str, str], /, n: int, **values: str) -> str:
        """The message in the plural form that `n` takes here; `{n}` is the number written."""
        return self.catalog.ngettext(*forms, n).format(n=self.number(n), **values)

    def number(self, value: float | None, digits: int = 0, *, least: int | None = None) -> str:
        """A number with `digits` decimals (or as few as `least`), grouped by thousands."""
        if value is None:
            return NOTHING
        fewest = digits if least is None else least
        form = _form(self.locale.decimal_formats[None].pattern, fewest, digits)
        return str(form.apply(value, self.locale))

    def percent(self, share: float | None, digits: int = 1) -> str:
        """A share of one as a percentage."""
        if share is None:
            return NOTHING
        form = _form(self.locale.percent_formats[None].pattern, digits, digits)
        return str(form.apply(share, self.locale))

    def day(self, value: date | None) -> str:
        """A school day."""
        if value is None:
            return NOTHING
        return format_date(value, format=_DAY[self.code], locale=self.locale)

    def instant(self, value: datetime | None) -> str:
        """An instant, to the minute, in UTC and saying so."""
        if value is None:
            return NOTHING
        form = f"{_DAY[self.code]}, HH:mm 'UTC'"
        return format_datetime(value.astimezone(UTC), format=form, tzinfo=UTC, locale=self.locale)

    @property
    def short_months(self) -> tuple[str, ...]:
        """The names of the twelve months, short, as they stand alone."""
        names: Mapping[int, str] = self.locale.months["stand-alone"]["abbreviated"]
        return tuple(names[month].rstrip(".") for month in range(1, 13))

    @property
    def decimal_sign(self) -> str:
        """What stands between the whole and its decimals."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    @property
    def group_sign(self) -> str:
        """What stands between thousands."""
        return str(self.locale.number_symbols["latn"]["group"])


@cache
def _form(pattern: str, fewest: int, most: int) -> NumberPattern:
    """The language's pattern with that many decimals, parsed once."""
    form = parse_pattern(pattern)
    form.frac_prec = (fewest, most)
    return form


@cache
def language(code: str) -> Language:
    """The language of that code.

    Raises:
        WrongSetting: we do not speak it.
    """
    if code not in LANGUAGES:
        raise WrongSetting(
            f"The language {code!r} is not known.",
            hint=f"Set GRADELINE_LANG to one of {', '.join(LANGUAGES)}.",
        )
    return Language(code=code, locale=Locale.parse(code), catalog=_catalog(code))


def _catalog(code: str) -> NullTranslations:
    if code == LANGUAGES[0]:
        return NullTranslations()
    path = files("gradeline.base") / "locales" / code / "LC_MESSAGES" / "gradeline.po"
    compiled = BytesIO()
    with path.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
