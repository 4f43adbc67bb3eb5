"""The parts of a workbook that its first sheet needs: where it is, its texts and its formats."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from gradeline.base.errors import InputBroken
from gradeline.sources.tabular.number_formats import Format, parse_format

#: The namespaces of SpreadsheetML, transitional and strict; some writers give none.
_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
    "",
)
_BLOCK = 1_048_576
_TEXT_NAMES = {namespace + tag: tag for namespace in _NAMESPACES for tag in ("si", "t", "rPh")}
#: A character that XML cannot hold, as Excel writes it.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """What is known of a workbook before its first sheet is read."""

    sheet: str  #: the part with its first sheet
    texts: Sequence[str]  #: shared by its cells
    formats: Sequence[Format]  #: by the number of a cell's style
    from_1904: bool  #: whether day 0 is 1904-01-01
    stale: bool  #: whether its writer asks Excel to compute all formulas when it opens


def open_workbook(archive: zipfile.ZipFile, name: str) -> Workbook:
    """Find the first sheet of a workbook and read what its cells refer to.

    Raises:
        InputBroken: a part is missing or is not XML.
    """
    package = _relations(archive, "", name)
    book = next((part for kind, part in package.values() if kind == "officeDocument"), "")
    parts = _relations(archive, book, name)
    elements = list(_elements(archive, book, name))
    sheets = (parts.get(each.get("id", ""), ("", "")) for tag, each in elements if tag == "sheet")
    sheet = next((part for kind, part in sheets if kind == "worksheet"), "")
    others = dict(parts.values())
    settings = {
        key: value
        for tag, each in elements
        if tag in ("workbookPr", "calcPr")
        for key, value in each.items()
    }
    return Workbook(
        sheet=find_part(archive, sheet, name),
        texts=_texts(archive, others.get("sharedStrings", ""), name),
        formats=_formats(archive, others.get("styles", ""), name),
        from_1904=settings.get("date1904") in ("1", "true"),
        stale=settings.get("fullCalcOnLoad") in ("1", "true"),
    )


def find_part(archive: zipfile.ZipFile, part: str, name: str) -> str:
    """Return the name of a part as the archive has it, for capitals do not count.

    Raises:
        InputBroken: there is none.
    """
    found = {each.lower(): each for each in archive.namelist()}.get(part.lower())
    if found is None:
        raise InputBroken(
            f"{name} cannot be read as XLSX: it has no {part or 'sheet'}.", hint="Save it again."
        )
    return found


def parse_part(
    archive: zipfile.ZipFile, part: str, name: str, parser: expat.XMLParserType
) -> Iterator[None]:
    """Parse a part of a workbook block by block; the handlers of the parser take what is in it.

    Raises:
        InputBroken: it is not XML, or defines entities of its own.
    """

    def refuse(*_: object) -> None:
        raise InputBroken(f"unsafe_xml: {name} defines entities of its own.")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        with archive.open(part) as file:
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
                yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise InputBroken(
            f"{name} cannot be read as XLSX: {part}: {error}.", hint="Save it again."
        ) from error


def make_parser() -> expat.XMLParserType:
    """Return a parser whose names are `namespace name`, and which gives texts in one piece."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    return parser


def names_of(*tags: str) -> Mapping[str, str]:
    """Return the full names that elements of SpreadsheetML have: full name → tag."""
    return {namespace + tag: tag for namespace in _NAMESPACES for tag in tags}


def unescape(text: str) -> str:
    """Return a text with the characters that XML cannot hold (`_x000D_`)."""
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _elements(
    archive: zipfile.ZipFile, part: str, name: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every element of a small part, in order: its name and attributes without namespaces."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        found.append((tag.rpartition(" ")[2], local))

    parser = make_parser()
    parser.StartElementHandler = start
    for _ in parse_part(archive, find_part(archive, part, name), name, parser):
        yield from found
        found.clear()


def _relations(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: id → (kind, part)."""
    folder, file = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    return {
        each["Id"]: (
            each["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each["Target"])).lstrip("/"),
        )
        for tag, each in _elements(archive, listed, name)
        if tag == "Relationship" and {"Id", "Type", "Target"} <= each.keys()
    }


def _texts(archive: zipfile.ZipFile, part: str, name: str) -> Sequence[str]:
    """Return the shared texts; of a rich text its runs, of a reading aid nothing."""
    if not part:
        return ()
    reader = _TextReader()
    parser = make_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    for _ in parse_part(archive, find_part(archive, part, name), name, parser):
        continue
    return reader.texts


class _TextReader:
    """Takes the elements of the shared texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._open = False  #: whether characters belong to a text
        self._aside = False  #: whether they are a reading aid

    def start(self, name: str, _attributes: object) -> None:
        """An element begins."""
        tag = _TEXT_NAMES.get(name)
        self._open = tag == "t" and not self._aside
        self._aside |= tag == "rPh"

    def data(self, text: str) -> None:
        """Characters come."""
        if self._open:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = _TEXT_NAMES.get(name)
        self._open = False
        if tag == "rPh":
            self._aside = False
        elif tag == "si":
            self.texts.append(unescape("".join(self._pieces)))
            self._pieces.clear()


def _formats(archive: zipfile.ZipFile, part: str, name: str) -> Sequence[Format]:
    """Return the formats of the styles that cells may have."""
    if not part:
        return ()
    codes: dict[str, str] = {}
    formats: list[Format] = []
    section = "numFmts"
    for tag, each in _elements(archive, part, name):
        if tag in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            section = tag
        elif tag == "numFmt" and section == "numFmts":
            codes[each.get("numFmtId", "")] = each.get("formatCode", "")
        elif tag == "xf" and section == "cellXfs":
            number = each.get("numFmtId", "0")
            formats.append(parse_format(int(number), codes.get(number)))
    return formats
