"""Languages: texts, numbers, percents and dates as a reader of that language expects them.

The English words are the message ids. Every other language has one catalogue,
`locales/<code>/LC_MESSAGES/gradeline.po`, read when the language is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern

from gradeline.base.errors import WrongSetting

#: Codes of the languages there are, the one of the message ids first.
LANGUAGES = ("en", "ru", "es")

#: Printed in place of an unknown number, day or text; never 0.
NOTHING = "–"

#: How a day is written; English names the month, for day and month change places in the US.
_DAY = {"en": "d MMM y", "ru": "dd.MM.y", "es": "dd/MM/y"}

#: How a range is written; Russian writes the percent sign once, at its end.
_RANGE = {"en": "{low} to {high}", "ru": "{low}–{high}", "es": "{low} a {high}"}
_RANGE_SIGN = {"en": "%", "ru": "", "es": "\u00a0%"}

#: The smallest number whose thousands are set apart. CLDR says so, and Babel does not apply it.
_GROUPED_FROM = {"en": 1_000, "ru": 1_000, "es": 10_000}

#: Between the context of a message and its text, as gettext has it.
_CONTEXT_END = "\4"


def message(text: str, *, context: str | None = None) -> str:
    """Mark a text as a message that every language has; returns its id for `Language.say`.

    Args:
        text: the English text, with `{names}` to fill.
        context: tells apart two messages with the same English text.
    """
    return text if context is None else f"{context}{_CONTEXT_END}{text}"


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark a singular and a plural as a message that every language has; for `say_n`."""
    return one, many


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """One language: translates messages and writes numbers and days."""

    code: str  #: e.g. `ru`
    locale: Locale
    catalog: NullTranslations  #: its messages; English ones stand for themselves

    def say(self, msgid: str, /, **values: str) -> str:
        """Translate a message and fill its `{names}`; values are texts, already formatted."""
        context, _, text = msgid.rpartition(_CONTEXT_END)
        translated = self.catalog.pgettext(context, text) if context else self.catalog.gettext(text)
        return translated.format(**values) if values else translated

    def say_n(self, forms: tuple[str, str], /, n: int, **values: str) -> str:
        """Translate a message in the plural form that `n` takes; `{n}` is the number."""
        return self.catalog.ngettext(*forms, n).format(n=self.number(n), **values)

    def number(self, value: float | None, digits: int = 0, *, least: int | None = None) -> str:
        """Return a number with `digits` decimals (or as few as `least`), thousands set apart."""
        if value is None:
            return NOTHING
        fewest = digits if least is None else least
        form = _form(self.locale.decimal_formats[None].pattern, fewest, digits)
        grouped = abs(value) >= self.grouped_from
        return str(form.apply(value, self.locale, group_separator=grouped))

    def percent(self, share: float | None, digits: int = 1) -> str:
        """Return a share of 1 as a percentage."""
        if share is None:
            return NOTHING
        form = _form(self.locale.percent_formats[None].pattern, digits, digits)
        return str(form.apply(share, self.locale))

    def percent_range(self, low: float | None, high: float | None) -> str:
        """Return two shares of 1 as a range of percentages; a dash if one is unknown."""
        if low is None or high is None:
            return NOTHING
        first = self.percent(low).rstrip("\u00a0%") + _RANGE_SIGN[self.code]
        return _RANGE[self.code].format(low=first, high=self.percent(high))

    def day(self, value: date | None) -> str:
        """Return a school day as text."""
        if value is None:
            return NOTHING
        return format_date(value, format=_DAY[self.code], locale=self.locale)

    def instant(self, value: datetime | None, zone: str = "UTC") -> str:
        """Return an instant to the minute in a time zone, followed by the zone's name."""
        if value is None:
            return NOTHING
        form = f"{_DAY[self.code]}, HH:mm '{zone}'"
        return format_datetime(value, format=form, tzinfo=ZoneInfo(zone), locale=self.locale)

    @property
    def short_months(self) -> tuple[str, ...]:
        """The abbreviated names of the twelve months."""
        names: Mapping[int, str] = self.locale.months["stand-alone"]["abbreviated"]
        return tuple(names[month].rstrip(".") for month in range(1, 13))

    @property
    def grouped_from(self) -> int:
        """The smallest number whose thousands are set apart."""
        return _GROUPED_FROM[self.code]

    @property
    def decimal_sign(self) -> str:
        """The decimal separator."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    @property
    def group_sign(self) -> str:
        """The thousands separator."""
        return str(self.locale.number_symbols["latn"]["group"])


@cache
def _form(pattern: str, fewest: int, most: int) -> NumberPattern:
    """Return the language's number pattern with these decimals, parsed once."""
    form = parse_pattern(pattern)
    form.frac_prec = (fewest, most)
    return form


@cache
def language(code: str) -> Language:
    """Return the language of that code.

    Raises:
        WrongSetting: there is no such language.
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
