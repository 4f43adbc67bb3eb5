"""Render the text of a message from its templates: those of the school, else ours.

A template is `<message>/<part>.<language>.txt`; a school's own may leave the language out. Parts
are `subject`, `body`, and for a school that wants HTML of its own `body.html`; otherwise the HTML
is made from the body, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplatesNotFound,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gradeline.base.errors import ReportError
from gradeline.records.message_text import as_heading
from gradeline.reports.messages.html import html_of
from gradeline.reports.messages.values import Values
from gradeline.reports.plain_text import clip

_OURS = Path(__file__).parent / "templates"
#: Longer subjects are cut by most mail programs.
_SUBJECT_CHARACTERS = 200
#: A school's own template may count so far in all its loops, and say so much.
_MOST_STEPS, _MOST_CHARACTERS = 100_000, 1_000_000


@dataclass(frozen=True, kw_only=True)
class RenderedMessage:
    """The text of a message."""

    subject: str  #: one line
    text: str
    html: str  #: a whole page that says the same


def render_message(
    name: str, values: Values, language: str, own: Path | None = None
) -> RenderedMessage:
    """Render the message of that name.

    Args:
        name: the folder of its templates: `course-report`, `group-report`, …
        values: what it shows.
        language: the code of the reader's language.
        own: the folder of the school's own templates, if it has one.

    Raises:
        ReportError: a template of the school cannot be rendered; the message names it.
    """
    shown = {field.name: getattr(values, field.name) for field in fields(values)}
    subject = clip(_render(own, name, "subject", language, shown), _SUBJECT_CHARACTERS)
    text = _joined(_render(own, name, "body", language, shown))
    return RenderedMessage(
        subject=subject,
        text=text,
        html=_own_html(own, name, language, shown) or html_of(subject, text, language),
    )


def _render(own: Path | None, name: str, part: str, language: str, shown: Mapping[str, Any]) -> str:
    try:
        return _filled(_template(own, name, part, language), shown).strip()
    except Exception as error:  # a template is a program: it may raise anything
        raise _broken(own, name, error) from error


def _own_html(own: Path | None, name: str, language: str, shown: Mapping[str, Any]) -> str:
    """Return the HTML of the school's own template; empty = it has none."""
    if own is None:
        return ""
    try:
        template = _environment(own, escape=True).select_template(
            [f"own/{name}/body.{language}.html", f"own/{name}/body.html"]
        )
        return _filled(template, shown)
    except TemplatesNotFound:
        return ""
    except Exception as error:  # as above
        raise _broken(own, name, error) from error


def _filled(template: Template, shown: Mapping[str, Any]) -> str:
    """Return what a template says with these values, whose loops end and whose text is bounded."""
    steps = 0

    def count(*bounds: int) -> range:
        nonlocal steps
        numbers = range(*bounds)
        steps += len(numbers)
        if steps > _MOST_STEPS:
            raise SecurityError(f"its loops have more than {_MOST_STEPS:,} steps")
        return numbers

    parts, length = [], 0
    for part in template.generate({**shown, "range": count}):
        parts.append(part)
        length += len(part)
        if length > _MOST_CHARACTERS:
            raise SecurityError(f"it says more than {_MOST_CHARACTERS:,} characters")
    return "".join(parts)


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing is repeated by `*`: that fills the memory in one step."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers, and refuse powers and repeated texts."""
        if operator == "**" or not all(isinstance(each, int | float) for each in (left, right)):
            raise SecurityError(f"{operator} is for multiplying numbers")
        return super().call_binop(context, operator, left, right)


def _template(own: Path | None, name: str, part: str, language: str) -> Template:
    return _environment(own, escape=False).select_template(
        [
            f"own/{name}/{part}.{language}.txt",
            f"own/{name}/{part}.txt",
            f"ours/{name}/{part}.{language}.txt",
        ]
    )


@cache
def _environment(own: Path | None, *, escape: bool) -> _Environment:
    """Return the templates in `own/…`, the school's, and in `ours/…`."""
    folders = {"ours": FileSystemLoader(_OURS)}
    if own is not None:
        folders["own"] = FileSystemLoader(own)
    environment = _Environment(
        loader=PrefixLoader(folders),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["heading"] = as_heading
    return environment


def _joined(text: str) -> str:
    """Return the text with at most one empty line in a row."""
    lines: list[str] = []
    for line in (each.rstrip() for each in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)


def _broken(own: Path | None, name: str, error: Exception) -> ReportError:
    line = getattr(error, "lineno", None)
    file = getattr(error, "name", None) or name
    place = f"{file}, line {line}" if line else file
    return ReportError(
        f"The message {name} cannot be rendered: {place}: {error}.",
        hint=f"Correct the template in {own}, or remove it to use ours." if own else "",
    )
