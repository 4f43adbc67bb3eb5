"""Cell formats of the workbook: one for each kind of value, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from gradeline.reports.columns import Kind

INK, MUTED, SOFT, LINE, BLUE = "#1F2933", "#5F6B7A", "#F0F3F6", "#DDE2E8", "#0072B2"

#: How a spreadsheet writes a day in each language.
_DAY: Mapping[str, str] = {"en": "d mmm yyyy", "ru": "dd.mm.yyyy", "es": "dd/mm/yyyy"}

_NUMBER_FORMATS: Mapping[Kind, str] = {
    Kind.COUNT: "#,##0",
    Kind.RATE: "0.0%",
    Kind.GRADE: '0.0"%"',
    Kind.NUMBER: "#,##0.00",
    Kind.WEIGHT: "General",
    Kind.SECONDS: "#,##0.0",
}


def percent_format(form: str, language: str) -> str:
    """Return a number format with a space before its percent sign, if the language has one."""
    return form if language == "en" else form.replace('"%"', '" %"').replace("0%", r"0\ %")


_HEADER: Mapping[str, object] = {
    "bold": True,
    "font_color": INK,
    "bg_color": SOFT,
    "bottom": 1,
    "bottom_color": MUTED,
    "text_wrap": True,
    "valign": "bottom",
}

_INDENT: Mapping[str, object] = {"align": "left", "indent": 1}

#: Kinds whose cells are aligned left, with an indent after a number beside them.
LEFT = frozenset({Kind.TEXT, Kind.DAY, Kind.YES_NO})


class SheetFormats:
    """The formats of one workbook, each made once; instants are shown in the school's zone."""

    def __init__(self, book: Workbook, language: str, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self.title: Format = book.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.section: Format = book.add_format({"bold": True, "font_size": 12, "font_color": INK})
        self.muted: Format = book.add_format({"font_color": MUTED})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top", **_INDENT})
        self.top: Format = book.add_format({"valign": "top", **_INDENT})
        self.header: Format = book.add_format({**_HEADER, "align": "left", "indent": 1})
        self.number_header: Format = book.add_format({**_HEADER, "align": "right"})
        self.instant: Format = book.add_format(
            {"num_format": f'{_DAY[language]}, hh:mm "{zone}"', **_INDENT}
        )
        self.of_kind: Mapping[Kind, Format] = {
            kind: book.add_format({"num_format": percent_format(form, language)})
            for kind, form in _NUMBER_FORMATS.items()
        } | {
            Kind.DAY: book.add_format({"num_format": _DAY[language], **_INDENT}),
            Kind.TEXT: book.add_format({"num_format": "@", **_INDENT}),
            Kind.YES_NO: book.add_format({**_INDENT}),
        }

    def local(self, moment: datetime) -> datetime:
        """Return an instant as a cell of format `instant` holds it: local time without a zone."""
        return moment.astimezone(self._zone).replace(tzinfo=None)

    def head(self, kind: Kind) -> Format:
        """Return the format of a header above cells of that kind."""
        return self.header if kind in LEFT else self.number_header
