"""The command `gradeline`: its commands, its global options, its exit codes."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from gradeline import __version__
from gradeline.base.errors import GradelineError, WrongUse
from gradeline.base.logs import log_ids
from gradeline.entrypoints.cli.options import GlobalOptions, Json

#: What a shell expects of a program that was interrupted: 128 + SIGINT.
_INTERRUPTED = 130

#: command → where it is, and its line in `gradeline --help`: the first line of its own help
COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run:run", "Collect new data, recalculate metrics and update reports."),
    "demo": (
        "demo:demo",
        "Try Gradeline with sample data and simulated systems. No account needed.",
    ),
    "sources": ("run:sources", "List the sources in the settings and the state of their data."),
    "courses": ("courses:app", "Manage the courses in cursos.yml."),
    "slices": ("slices:app", "List slices; approve or discard those on hold."),
    "quarantine": ("quarantine:app", "Inspect rejected records and reload them after a fix."),
    "learners": ("learners:app", "Link learners across systems; export or erase their data."),
    "sweep": (
        "sweep:sweep",
        "Delete files unused for over a day, and originals past RAW_RETENTION_DAYS.",
    ),
    "worker": ("worker:worker", "Poll LearnWorlds and update changed courses."),
    "sandbox": ("sandbox:sandbox", "Simulate the systems on 127.0.0.1 until interrupted."),
    "settings": ("settings:settings", "List every setting with its value, origin and purpose."),
    "doctor": ("doctor:doctor", "Check every component and suggest fixes."),
    "install": ("database:install", "Create or update the database, its roles, tables and views."),
    "psql": ("database:psql", "Open a read-only SQL shell."),
    "stop": ("database:stop", "Stop the embedded server, even if it is in use."),
}


class _LazyGroup(TyperGroup):
    """Imports the module of a command when it runs: `--help` does without it."""

    def __init__(self, **attributes: Any) -> None:
        known = {name: TyperCommand(name, help=text) for name, (_, text) in COMMANDS.items()}
        super().__init__(**{**attributes, "commands": known})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace the entry of the list by the command itself."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name else listed, rest


app = typer.Typer(
    name="gradeline",
    cls=_LazyGroup,
    help="Learning data in, answers out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def load_command(name: str) -> Any:
    """Import a command of `COMMANDS`; return it with its arguments, options and subcommands."""
    module, attribute = COMMANDS[name][0].split(":")
    target = getattr(import_module(f"gradeline.entrypoints.cli.{module}"), attribute)
    if isinstance(target, typer.Typer):
        return typer.main.get_group(target)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(target)
    return typer.main.get_command(alone)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"gradeline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Use this data folder instead of GRADELINE_HOME.")
    ] = None,
    json: Json = False,
    version: Annotated[  # noqa: ARG001 - typer calls _print_version before anything else
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keep the global options for the command."""
    context.obj = GlobalOptions(home=home, json=json)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something failed, 2 wrong use."""
    with log_ids(run=uuid.uuid4().hex[:8]):
        try:
            result = app(args=arguments, standalone_mode=False, prog_name="gradeline")
        except typer.Exit as ending:
            return ending.exit_code
        except (typer.Abort, KeyboardInterrupt):
            return _fail("Stopped. Finished work is saved. Run again to continue.", _INTERRUPTED)
        except GradelineError as error:
            return _fail(str(error), error.exit_code)
        except OSError as error:
            return _fail(_describe(error), GradelineError.exit_code)
        except typer.TyperException as error:
            what = str(error)
            end = "" if what.endswith((".", "?")) else "."
            return _fail(f"{what}{end} See `gradeline --help`.", WrongUse.exit_code)
        return result if isinstance(result, int) else 0


def _describe(error: OSError) -> str:
    """Describe an error of the operating system that no package has words for; see the log."""
    what = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return f"The operating system reported an error{where}: {what}. Fix it, then run again."


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"gradeline: {message}\n")
    return code
