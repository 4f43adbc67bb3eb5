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
    TemplateError,
    TemplateNotFound,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gradeline.base.errors import ReportError
from gradeline.records.message_text import as_heading
from gradeline.reports.messages.html import html_of
from gradeline.reports.messages.values import Values
from gradeline.reports.plain_text import clip

_OURS = Path(__file__).parent / "templates"
#: Longer subjects are cut by most mail programs.
_SUBJECT_CHARACTERS = 200


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
        return _template(own, name, part, language).render(shown).strip()
    except (TemplateError, UnicodeDecodeError, OSError, TypeError) as error:
        raise _broken(own, name, error) from error


def _own_html(own: Path | None, name: str, language: str, shown: Mapping[str, Any]) -> str:
    """Return the HTML of the school's own template; empty = it has none."""
    if own is None:
        return ""
    try:
        template = _environment(own, escape=True).select_template(
            [f"own/{name}/body.{language}.html", f"own/{name}/body.html"]
        )
        return template.render(shown)
    except TemplateNotFound:
        return ""
    except (TemplateError, UnicodeDecodeError, OSError, TypeError) as error:
        raise _broken(own, name, error) from error


def _template(own: Path | None, name: str, part: str, language: str) -> Template:
    return _environment(own, escape=False).select_template(
        [
            f"own/{name}/{part}.{language}.txt",
            f"own/{name}/{part}.txt",
            f"ours/{name}/{part}.{language}.txt",
        ]
    )


@cache
def _environment(own: Path | None, *, escape: bool) -> ImmutableSandboxedEnvironment:
    """Return the templates in `own/…`, the school's, and in `ours/…`."""
    folders = {"ours": FileSystemLoader(_OURS)}
    if own is not None:
        folders["own"] = FileSystemLoader(own)
    environment = ImmutableSandboxedEnvironment(
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
