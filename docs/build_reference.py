"""Fill the generated blocks of `docs/` and write `.env.example` from the code.

A block is what is between `<!-- generated: name -->` and `<!-- end -->`; people write the rest.
`make docs` runs this; `--check` only lists the files that are out of date.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click
import pyarrow as pa
import typer

from gradeline.base import errors
from gradeline.entrypoints.cli.app import COMMANDS, app, load_command
from gradeline.metrics.families import FAMILIES
from gradeline.records.slices import State
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.reports import GROUP_REPORTS, REPORTS
from gradeline.settings import env_example, settings_rows
from gradeline.sources.tabular.streams import OWN_ID
from gradeline.warehouse import EmbeddedServer, Role, open_warehouse, stop_embedded

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- generated: ([a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main(arguments: Sequence[str]) -> int:
    """Write every page that is out of date; with `--check` list them and return 1."""
    stale = [(path, text) for path, text in pages().items() if _text(path) != text]
    if "--check" in arguments:
        for path, _ in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is out of date. Run `make docs`.\n")
        return 1 if stale else 0
    for path, text in stale:
        path.write_text(text, encoding="utf-8")
    return 0


def pages() -> dict[Path, str]:
    """Return the text of `.env.example` and of every page, with generated blocks filled in."""
    texts = {ROOT / ".env.example": env_example()}
    blocks: dict[str, str] = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for name in _BLOCK.findall(text):
            blocks.setdefault(name[1], BLOCKS[name[1]]())
        texts[path] = _BLOCK.sub(lambda block: _fill(block, blocks), text)
    return texts


def _fill(block: re.Match[str], blocks: Mapping[str, str]) -> str:
    return f"{block[1]}\n{blocks[block[2]].strip()}\n\n{block[3]}"


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return (
            "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
        )

    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def settings() -> str:
    """Return a table of settings per group."""
    parts = []
    for group, rows in groupby(settings_rows(), key=lambda row: row.group):
        cells = [
            (
                f"`{row.name}`",
                "secret" if row.secret else f"`{row.default}`" if row.default else "",
                row.description + (" *(planned)*" if row.planned else ""),
            )
            for row in rows
        ]
        parts.append(f"## {group}\n\n{_table(('name', 'default', 'what it is'), cells)}")
    return "\n\n".join(parts)


def commands() -> str:
    """Return every command with its options, as `--help` lists them."""
    return "\n\n".join(_command(command_tree(), "gradeline"))


def command_tree() -> click.Command:
    """The command `gradeline` with all others in it, their modules imported."""
    tree = typer.main.get_command(app)
    for name in COMMANDS:
        tree.add_command(load_command(name), name)
    return tree


def _command(command: click.Command, name: str) -> Iterable[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## `{name}`\n\n{(command.help or '').strip()}\n\n```\n{name} {usage}\n```"
    options = [
        _option(parameter, context)
        for parameter in command.params
        if parameter.name != "help" and not getattr(parameter, "hidden", False)
    ]
    if options:
        yield _table(("argument", "what it does"), options)
    for verb, subcommand in getattr(command, "commands", {}).items():
        yield from _command(subcommand, f"{name} {verb}")


def _option(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    record = parameter.get_help_record(context)
    shown, text = record or (parameter.make_metavar(context), getattr(parameter, "help", "") or "")
    return f"`{shown}`", re.sub(r"\s+", " ", text)


def error_classes() -> str:
    """Return the tree of errors: class, exit code, what it means."""
    rows = []

    def walk(kind: type[errors.GradelineError], depth: int) -> None:
        indent = "&nbsp;" * 4 * depth
        summary = (kind.__doc__ or "").splitlines()[0]
        rows.append((f"{indent}`{kind.__name__}`", str(kind.exit_code), summary))
        for child in kind.__subclasses__():
            if child.__module__ == errors.__name__:
                walk(child, depth + 1)

    walk(errors.GradelineError, 0)
    return _table(("error", "exit code", "what happened"), rows)


def canonical_tables() -> str:
    """Return the canonical tables with their columns."""
    parts = []
    for table in CANONICAL.values():
        choices = dict(table.choices)
        points = {column: f"`{other}.{key}`" for column, other, key in table.references}
        rows = [
            (
                f"`{field.name}`" + (" **key**" if field.name in table.key else ""),
                str(field.type),
                _must_be_given(table.name, field),
                ", ".join(choices.get(field.name, ())) or points.get(field.name, ""),
            )
            for field in table.schema
        ]
        head = ("column", "type", "must be given", "one of, or points at")
        parts.append(f"## {table.name}\n\n{table.meaning}\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def _must_be_given(table: str, field: pa.Field) -> str:
    """Return whether a mapping must return a column; Gradeline computes what it need not."""
    if table == "event_days":
        return "computed"
    if field.name == OWN_ID.get(table):
        return "no: made of file and line"
    if field.name == "source" and table != LEARNER_LINKS.name:
        return "no: filled in"
    return "" if field.nullable else "yes"


def states() -> str:
    """Return the states of a slice; each description is the comment beside it in the code."""
    source = (ROOT / "src/gradeline/records/slices.py").read_text(encoding="utf-8")
    comments = dict(re.findall(r'^    [A-Z_]+ = "([a-z_]+)"  #: (.+)$', source, re.MULTILINE))
    return _table(("state", "what it means"), [(f"`{state}`", comments[state]) for state in State])


#: What the migrations leave undescribed though its name does not say it: (table, column) → text.
_DESCRIPTIONS = {
    ("quarantine", "closed_at"): "When the record was settled, see `resolution`; null = it is open",
}


def warehouse_tables() -> str:
    """Return the tables of a new database with their comments, as PostgreSQL reports them."""
    query = """
        SELECT c.relname, obj_description(c.oid), a.attname, format_type(a.atttypid, a.atttypmod),
            a.attnotnull, coalesce(col_description(c.oid, a.attnum), '')
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        ORDER BY c.relname COLLATE "C", a.attnum
    """
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)  # as root, the server runs as another user
        place = EmbeddedServer(home=Path(home) / "home")
        with open_warehouse(place, say=lambda _: None) as db, db.connect(Role.OWNER) as connection:
            columns_of_tables = connection.execute(query).fetchall()
        stop_embedded(place.home)
    parts = []
    for (name, comment), columns in groupby(columns_of_tables, key=lambda row: (row[0], row[1])):
        rows = [
            (
                f"`{column}`",
                kind,
                "yes" if required else "",
                description or _DESCRIPTIONS.get((name, column), ""),
            )
            for _, _, column, kind, required, description in columns
        ]
        head = ("column", "type", "never null", "what it is")
        parts.append(f"## {name}\n\n{comment or ''}\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def metrics() -> str:
    """Return each family: the question it answers, its unit and grain, its columns."""
    parts = []
    for family in FAMILIES.values():
        table = _table(("column", "what it is"), [(f"`{c}`", d) for c, d in family.columns.items()])
        grain = ", ".join(f"`{column}`" for column in family.grain)
        about = f"Unit: {family.unit}. One row for each {grain}."
        parts.append(f"## {family.name}\n\n{family.question}\n\n{about}\n\n{table}")
    return "\n\n".join(parts)


def reports() -> str:
    """Return the documents of each course and group, and where they are written."""
    rows = [
        (f"`{report.path}`", report.description)
        for report in (*REPORTS.values(), *GROUP_REPORTS.values())
    ]
    return _table(("path", "what it is"), rows)


#: Column of `access_matrix.csv` → whom the page says it is.
_ASKING = {
    "nobody": "nobody",
    "learner": "learner",
    "reader": "reader",
    "curator-a": "curator",
    "curator-b": "curator",
    "admin": "admin",
    "warehouse-reader": "read access",
    "warehouse-writer": "write access",
}


_REFUSED = frozenset({"401", "403"})


def _yes(may: object, *, by_link: bool) -> str:
    """Return a cell; a route that refuses everybody asks for a link that is good."""
    return "by link" if by_link else "yes" if may else ""


def who_sees_what() -> str:
    """Return each route, and who is answered, from the table that tests hold the API to."""
    answered: dict[tuple[str, str], set[str]] = {}
    with (ROOT / "tests/entrypoints/api/access_matrix.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            route = row["method"], row["path"].replace(":path}", "}")
            # What is missing, or in another state, is answered to those who may.
            who = {name for column, name in _ASKING.items() if row[column] not in _REFUSED}
            answered.setdefault(route, set()).update(who)
    names = tuple(dict.fromkeys(_ASKING.values()))
    rows = [
        (f"`{method} {path}`", *(_yes(name in who, by_link=not who) for name in names))
        for (method, path), who in answered.items()
    ]
    return _table(("route", *names), rows)


BLOCKS: Mapping[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        settings,
        commands,
        error_classes,
        canonical_tables,
        states,
        warehouse_tables,
        metrics,
        reports,
        who_sees_what,
    )
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
