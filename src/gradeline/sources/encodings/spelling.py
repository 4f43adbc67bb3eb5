"""Whether the decoded text of a few bytes reads as words of a language that its encoding is for.

The letters and the rules are those of names and everyday words. They need not know every word:
a reading competes with the readings of the same bytes in other encodings, and the wrong ones put
letters beside each other that no language does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Language:
    """How a language is spelled, in lower case."""

    letters: str  #: all of them; for languages in Latin letters those beside a to z
    never: str = ""  #: a pattern that none of its words has


_LATIN: Mapping[str, Language] = MappingProxyType(
    {
        "es": Language(letters="áéíóúüñ", never=r"ñ(?![aeiouáéíóúü])|(?<!g)ü"),
        "pt": Language(
            letters="áàâãéêíóôõúüç",
            never=r"ã(?![oeis]|$)|õ(?!e|s|$)|ç(?![aouáâãóôõú])|^ç",
        ),
        "fr": Language(letters="àâæçéèêëîïôœùûü", never=r"ç(?![aouâôû])|[àù](?!$)"),
        "de": Language(letters="äöüß", never=r"^ß|[äöü][äöü]|ß(?=[bcdfgßw])"),
        "it": Language(letters="àèéìòù", never=r"[àèìòù](?!$)"),
        "ca": Language(letters="àçèéíïòóúü·", never=r"ç(?![aouàòóú]|$)|·(?!l)|(?<!l)·"),
        "nl": Language(letters="áéëèïóöüú"),
        "sv": Language(letters="åäöéü", never=r"[åäö][åäö]"),
        "da": Language(letters="æøåéöäü", never=r"[æøå]{2}"),
        "is": Language(
            letters="áéíóúýþæðö", never=r"^ð|þ$|[aeiouyáéíóúýæö]þ[aeiouyáéíóúýæö]|[þð]b"
        ),
        "et": Language(letters="äöüõšž"),
        "pl": Language(letters="ąćęłńóśźż", never=r"[ńśćź](?=[aeiouyąęó])|^[ąęńó]"),
        "cs": Language(
            letters="áčďéěíňóřšťúůýž",
            never=r"(?<![bdfmnptv])ě|^[ůý]|[ďť][bcdfghjlprstvz]|(?<!^)č[rv]|ř[rldg]|ňn",
        ),
        "sk": Language(
            letters="áäčďéíĺľňóôŕšťúýž",
            never=r"^[äýô]|(?<![bpmv])ä|[ďť][bcdfghjlprstvz]|(?<!^)č[rv]|ňn"
            # The long r and l are syllables of their own, between consonants.
            r"|[ŕĺ](?=[aeiouyáäéíóôúý]|$)|(?<=[aeiouyáäéíóôúý])[ŕĺ]|^[ŕĺ]",
        ),
        "hu": Language(letters="áéíóöőúüű", never=r"[őű][aáeéioóöuúü]"),
        "ro": Language(letters="ăâîşţșț", never=r"ă[aeoăâ]|[âî][aeoă]|[ţț][bcdfghjklmnpqrst]"),
        "hr": Language(letters="čćđšž"),
        "tr": Language(letters="çğıöşüâîû", never=r"^ğ"),
        "lt": Language(letters="ąčęėįšųūž", never=r"^[ųūė]|[šž]b|į(?!$|[bcdfghjklmnpqrstvzšž])"),
        "lv": Language(letters="āčēģīķļņšūž", never=r"[ģķļņ](?=[bcdfghjkmprtvz])|ē$|^[ļņ]|ķ[aoz]"),
    }
)
_CYRILLIC: Mapping[str, Language] = MappingProxyType(
    {
        "ru": Language(
            letters="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            never=r"^[ьъы]|[ьъ][ьъ]|[аеёиоуыэюяй][ьъ]|щ[ыэюя]|ч[ыэя]|ъ(?![еёюяи])",
        ),
        "uk": Language(
            letters="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", never=r"^ь|[аеєиіїоуюяй]ь|щ[юя]"
        ),
        "be": Language(
            letters="абвгдеёжзійклмнопрстуўфхцчшыьэюя",
            never=r"^[ьыў]|[аеёіоуыэюяйў]ь|(?<![аеёіоуыэюя])ў",
        ),
        "bg": Language(
            letters="абвгдежзийклмнопрстуфхцчшщъьюя", never=r"^ь|ь(?!о)|ъ[аеиоуъ]|[аеиоу]ъ"
        ),
        "sr": Language(letters="абвгдђежзијклљмнњопрстћуфхцчџш", never=r"^ј(?![аеиоу])"),
    }
)
_OTHERS: Mapping[str, Language] = MappingProxyType(
    {
        "el": Language(
            letters="αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",
            never=r"^[ΐΰ]|ς(?!$)|[^ς]ς[^ς]|[άέήίόύώΐΰ].*[άέήίόύώΐΰ]|σ$",
        ),
        "he": Language(letters="אבגדהוזחטיךכלםמןנסעףפץצקרשת", never=r"[ךםןףץ](?!$)"),
        "ar": Language(letters="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", never=r"[ةى](?!$)"),
    }
)
_LANGUAGES: Mapping[str, Language] = MappingProxyType({**_LATIN, **_CYRILLIC, **_OTHERS})

_OPENING = "«“„‘‚‹¿¡"
_CLOSING = "»”’›“‘…™®©"
#: Stands between words, or beside numbers.
_ALONE = "–—•·€£§№°±×©®«»…“”„ºª½¼¾²³"
#: What joins two words: `O’Higgins`, `d’Oré`.
_JOINTS = re.compile("[’‘ʼ']")
#: A capital within a name follows one of these.
_PREFIX = re.compile("^(?:Mc|Mac|De|Di|Da|La|Le|Lo|Van|Von|Del|Fitz)(?=[A-ZÀ-Þ])")
_CASES = re.compile("L+|U+|UL+")
_CYRILLIC_VOWEL = re.compile("[аеёиоуыэюяіїєўъ]")
#: Words of one letter weigh less than others: almost any letter can stand alone.
LETTER_WEIGHT = 0.25


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How much a piece of text speaks for its reading."""

    weight: float  #: 1 for a word, less for a letter, 0 for signs; -1 if nothing reads so
    languages: frozenset[str] = frozenset()  #: those that spell all of its words so


_NO_WORD = Judgement(weight=-1.0)
_SIGN = Judgement(weight=0.0)


@lru_cache(maxsize=1 << 16)
def judge(text: str, languages: tuple[str, ...]) -> Judgement:
    """Return how much a piece of text speaks for its reading.

    Args:
        text: letters and signs without ASCII signs between them, e.g. `Núñez`.
        languages: those that the encoding is for, of Latin letters or of one other script.
    """
    bare = text.strip("0123456789")
    words = [word for word in _JOINTS.split(_unquoted(bare)) if word]
    if bare != text and len(bare) == 1 and not _may_follow_digit(text):
        return _NO_WORD
    if any(unicodedata.category(each) == "Cc" for each in text):
        return _NO_WORD
    found = [_judge_word(word, languages) for word in words if not word.isascii()]
    weights = [each.weight for each in found]
    if min(weights, default=0.0) < 0:
        return _NO_WORD
    return Judgement(
        weight=max(weights, default=0.0),
        languages=frozenset(languages).intersection(
            *(each.languages for each in found if each.weight)
        ),
    )


def _unquoted(text: str) -> str:
    words = text.replace("\xa0", " ").strip()
    while len(words) > 1 and words[0] in _OPENING:
        words = words[1:]
    while len(words) > 1 and words[-1] in _CLOSING:
        words = words[:-1]
    return words


def _may_follow_digit(text: str) -> bool:
    """Whether a letter may stand beside a number: a class such as 5А; signs always may."""
    letter = text.strip("0123456789")
    return not letter.isalpha() or (text[0].isdigit() and letter in "абвгдежзиклАБВГДЕЖЗИКЛºª")


def _judge_word(word: str, languages: tuple[str, ...]) -> Judgement:
    if all(each in _ALONE for each in word):
        return _SIGN
    lower = word.replace("İ", "i").lower()
    latin = languages[0] in _LATIN
    if len(word) == 1:
        spelled = frozenset(name for name in languages if lower in _LANGUAGES[name].letters)
        return Judgement(weight=LETTER_WEIGHT, languages=spelled) if spelled else _NO_WORD
    if not (_is_cased(word, latin=latin) and (_is_latin if latin else _is_pronounced)(word)):
        return _NO_WORD
    spelled = frozenset(name for name in languages if _is_spelled(lower, name))
    return Judgement(weight=1.0, languages=spelled) if spelled else _NO_WORD


def _is_cased(word: str, *, latin: bool) -> bool:
    """Whether capitals stand where they do in names: first, or all; never after a small letter."""
    if latin and not word.isupper():
        word = _PREFIX.sub("", word)
    cases = "".join("U" if letter.isupper() else "L" for letter in word if letter != "·")
    return _CASES.fullmatch(cases) is not None


def _is_latin(word: str) -> bool:
    """Whether at most about half of the letters have accents."""
    accents = sum(not letter.isascii() for letter in word)
    return accents * 2 <= len(word) + 2 * (len(word) > 3)


def _is_pronounced(word: str) -> bool:
    """Whether a Cyrillic word that is no abbreviation has a vowel; other scripts may write none."""
    lower = word.lower()
    short = len(word) < 3 or (word.isupper() and len(word) < 6)
    return short or not "а" <= lower[0] <= "џ" or bool(_CYRILLIC_VOWEL.search(lower))


def _is_spelled(word: str, name: str) -> bool:
    language = _LANGUAGES[name]
    ascii_too = name in _LATIN
    letters = all(letter in language.letters or (ascii_too and letter.isascii()) for letter in word)
    return letters and not (language.never and re.search(language.never, word))
