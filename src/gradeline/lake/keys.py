"""Keys of the lake: how they are composed, and which are refused, the same on every store."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

from gradeline.base.errors import BadKey
from gradeline.records.course_list import halves
from gradeline.records.slices import Slice

#: Object stores take 1,024 bytes of key, Linux and macOS 255 bytes of file name.
LONGEST_KEY = 1024
LONGEST_SEGMENT = 255

#: A window longer than this is cut, and its hash stands for the rest; with them a machine's key
#: stays below 1,024 bytes whatever its parts are.
_LONGEST_PART = 160
_LONGEST_WINDOW = 480

#: Windows takes these for devices, with any extension.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$")
#: Not storable as a file name on every system, or another path on one of them.
_UNSTORABLE = set('\\<>:"|?*')
#: Storable, but read as something else by a URL, a glob or a shell; AWS's list "to avoid" is in it.
#: U+FFFD is what a broken escape is read as.
_ESCAPED = _UNSTORABLE | set("/!%#[]{}^~`&$;'\u007f\ufffd")
_ESCAPES = re.compile(r"(?:![0-9A-F]{2})+")
#: The local store takes names that end so for unfinished writes and hides them.
_UNFINISHED = re.compile(r"#\d+$")


def digest_of(content: Path | bytes) -> str:
    """Return the SHA-256 of a file or of bytes as 64 hex digits, in flat memory."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def raw_key(source: str, stream: str, window: str, digest: str, extension: str) -> str:
    """Return the key of raw bytes: `lake/raw/<source>/<stream>/<window>/<digest>.<extension>`.

    Raises:
        BadKey: the extension is not one.
    """
    return validate_key(f"lake/raw/{_folder(source, stream, window)}/{digest}.{extension}")


def fact_key(slice_: Slice, raw_keys: Iterable[str], version: str | int, schema: pa.Schema) -> str:
    """Return the key of a slice's facts: `lake/facts/<source>/<stream>/<window>/<hash>.parquet`.

    Other raw bytes, another version of the reader or another schema give another key.
    """
    digest = hashlib.sha256()
    for word in (*sorted(raw_keys), str(version), schema.to_string(show_schema_metadata=False)):
        digest.update(word.encode() + b"\0")
    folder = _folder(slice_.source, slice_.stream, slice_.window)
    return validate_key(f"lake/facts/{folder}/{digest.hexdigest()}.parquet")


def document_key(*parts: str) -> str:
    """Return the key of a document, e.g. of `reports`, `AAA`, `2013J`, `course_report.pdf`.

    Each part becomes one folder or file name, whatever it is. Names keep their letters (as NFC);
    what some system cannot keep is escaped as `!3A`, and of a name above 255 bytes the end is a
    hash.
    """
    return validate_key("/".join(_part(part, LONGEST_SEGMENT) for part in parts))


def course_folder(course_id: str) -> str:
    """Return the folder of a course in places such as `reports/`: the two halves of its id.

    `AAA/2013J` is its own folder. Of several slashes the first one counts, and an id without any
    lies under `!`, the name of an empty half. Names that differ only in case, or in how accents
    are composed, have folders that are one on some systems: `apart` gives another one.
    """
    return document_key(*halves(course_id))


def apart(folder: str, course_id: str) -> str:
    """Return the folder of a course whose own folder another course has: with a hash of its id."""
    category, _, course = folder.partition("/")
    return validate_key(f"{category}/{_cut(course, course_id, LONGEST_SEGMENT)}")


def unescape(name: str) -> str:
    """Return the text that a name with escapes such as `!3A` stands for; a name cut stays cut."""
    return _ESCAPES.sub(lambda found: _unescaped(found[0]), name)


def _unescaped(escapes: str) -> str:
    try:
        return bytes.fromhex(escapes.replace("!", "")).decode()
    except UnicodeDecodeError:
        return escapes


def validate_key(key: str) -> str:
    """Return the key as NFC if it names an object below the root on every store.

    Raises:
        BadKey: `bad key`: it could lead out of the root, or some store cannot keep it.
    """
    normal = unicodedata.normalize("NFC", key)
    for segment in normal.split("/"):
        _check_segment(segment, whole=key)
    if len(normal.encode()) > LONGEST_KEY:
        raise _bad(key, f"it has more than {LONGEST_KEY} bytes")
    return normal


def _folder(source: str, stream: str, window: str) -> str:
    """Return the folder of a slice: its parts, escaped so that no two slices share one."""
    path = "/".join(_own_part(segment) for segment in window.split("/"))
    if len(path.encode()) > _LONGEST_WINDOW:
        path = _cut(path.replace("/", "!2F"), window, _LONGEST_PART)
    return f"{_own_part(source)}/{_own_part(stream)}/{path}"


def _own_part(text: str) -> str:
    """Return a folder name that no other text has, however its accents are composed."""
    name = _part(text, _LONGEST_PART)
    return name if unicodedata.is_normalized("NFC", text) else _cut(name, text, _LONGEST_PART)


def _part(text: str, longest: int) -> str:
    """Return a name of at most `longest` bytes that resembles `text` and works on every store."""
    name = _escaped(text)
    if name in {"", ".", ".."}:
        name = name.replace(".", "!2E") or "!"  # no escape is a `!` alone: the empty part
    if name[-1] in ". ":
        name = f"{name[:-1]}!{ord(name[-1]):02X}"
    if name[0] == " " or _DEVICES.match(name):
        name = f"!{ord(name[0]):02X}{name[1:]}"
    return name if len(name.encode()) <= longest else _cut(name, text, longest)


def _escaped(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    return "".join(_escape(sign) if _is_awkward(sign) else sign for sign in normal)


def _is_awkward(sign: str) -> bool:
    if sign in _ESCAPED or unicodedata.category(sign)[0] == "C":
        return True
    # Full-width dots and slashes: some systems fold them into the plain ones.
    return not sign.isascii() and bool(set(unicodedata.normalize("NFKC", sign)) & set("./\\"))


def _escape(sign: str) -> str:
    return "".join(f"!{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def _cut(name: str, whole: str, longest: int) -> str:
    """Return the start of a name, `!!` (which no escape gives), and a hash of the whole."""
    start = name.encode()[: longest - 40].decode(errors="ignore").rstrip("!. ")
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{start}!!{digest[:32]}"


def _check_segment(segment: str, *, whole: str) -> None:
    """Refuse a segment of a key that is dangerous, or that some store cannot keep."""
    if not segment:
        raise _bad(whole, "it has an empty part")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in segment):
        raise _bad(whole, "it has a control character")
    for reading in _readings(segment):
        if reading in {".", ".."} or "/" in reading or "\\" in reading or "\ufffd" in reading:
            raise _bad(whole, "a part of it could lead out of its folder")
    if segment != segment.strip(" ") or segment.endswith("."):
        raise _bad(whole, "a part of it ends with a dot or begins or ends with a space")
    if _DEVICES.match(segment):
        raise _bad(whole, "a part of it is the name of a device on Windows")
    if set(segment) & _UNSTORABLE or _UNFINISHED.search(segment):
        raise _bad(whole, "a part of it cannot be a file name on every system")
    if len(segment.encode()) > LONGEST_SEGMENT:
        raise _bad(whole, f"a part of it has more than {LONGEST_SEGMENT} bytes")


def _readings(segment: str) -> set[str]:
    """Return what a careless system could read the segment as: unescaped, in plain characters."""
    readings = {segment}
    for _ in range(3):  # `%25252e` is a dot to whoever decodes three times
        readings |= {unquote(reading) for reading in readings}
        readings |= {unicodedata.normalize("NFKC", reading) for reading in readings}
    return readings


def _bad(key: str, why: str) -> BadKey:
    return BadKey(
        f"bad key {key[:200]!r}: {why}.",
        hint="Give a name of plain parts between slashes, such as reports/AAA/2013J/notes.pdf.",
    )
