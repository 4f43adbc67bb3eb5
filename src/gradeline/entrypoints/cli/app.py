"""The command `gradeline`: its commands, its global options, its exit codes."""

from __future__ import annotations

import os
import re
import sys
import traceback
import uuid
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from gradeline.base.errors import GradelineError, WrongUse
from gradeline.base.logs import log_ids
from gradeline.base.masking import SECRETS
from gradeline.base.printable import printable
from gradeline.base.version import __version__
from gradeline.entrypoints.cli.options import global_parameters
from gradeline.entrypoints.cli.process import check_process, discard_output, reader_left

#: What a shell expects of a program that was interrupted: 128 + SIGINT.
_INTERRUPTED = 130
#: And of one whose reader went away: 128 + SIGPIPE.
_READER_LEFT = 141
#: What a bare `gradeline` says below its help.
_NO_COMMAND = "No command was given. Start with `gradeline demo`, or with `gradeline run`."

_BEFORE_A_MINUS = "Write `--` before a number that begins with a minus."

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
    "recipients": ("recipients:app", "Manage who gets reports and figures, and where."),
    "deliveries": ("deliveries:app", "List what was sent to whom, and send again."),
    "staff": ("staff:app", "Manage who works at the school, and what they see."),
    "token": ("token:app", "Manage tokens for scripts, and sign-in links."),
    "transform": (
        "transform:transform",
        "Move user properties that were posted into permanent_ and changeable_user_properties.",
    ),
    "audit": ("audit:app", "List who wrote or read what over HTTP."),
    "storage": ("storage:app", "List, read, write and upload files of the configured store."),
    "backup": ("backup:backup", "Back up the database and everything it names."),
    "restore": ("backup:restore", "Restore a backup into a new, empty place, and compare it."),
    "verify": ("backup:verify", "Check every byte of a backup."),
    "backups": ("backup:app", "List backups; delete one."),
    "sweep": (
        "sweep:sweep",
        "Delete files unused for over a day, and originals past RAW_RETENTION_DAYS.",
    ),
    "bot": ("bot:app", "Run the vocabulary bot; manage its dictionary and its learners."),
    "worker": (
        "worker:worker",
        "Run schedules, deliver in time, keep results up to date, and poll LearnWorlds.",
    ),
    "serve": (
        "serve:serve",
        "Show the curators' page and answer over HTTP; with a worker beside.",
    ),
    "schedules": ("schedules:app", "Manage what the worker does, and when."),
    "sandbox": ("sandbox:sandbox", "Simulate the systems on 127.0.0.1 until interrupted."),
    "settings": ("settings:settings", "List every setting with its value, origin and purpose."),
    "doctor": ("doctor:doctor", "Check every component and suggest fixes."),
    "install": ("install:install", "Create or update the database, its roles, tables and views."),
    "schema": ("schema:app", "Show what the database looks like."),
    "psql": ("database:psql", "Open a read-only SQL shell."),
    "stop": ("database:stop", "Stop the embedded server, even if it is in use."),
}


class _LazyGroup(TyperGroup):
    """Imports the module of a command when it runs: `--help` does without it."""

    def __init__(self, **attributes: Any) -> None:
        known = {name: TyperCommand(name, help=text) for name, (_, text) in COMMANDS.items()}
        parameters = [*global_parameters(), *(attributes.get("params") or ())]
        super().__init__(**{**attributes, "commands": known, "params": parameters})

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
        group = typer.main.get_group(target)
        _take_global_parameters(group)
        return group
    alone = typer.Typer(add_completion=False)
    alone.command(name)(target)
    command = typer.main.get_command(alone)
    command.params.extend(global_parameters())
    return command


def _take_global_parameters(command: Any) -> None:
    """Give a command, and all commands in it, `--home` and `--json`."""
    command.params.extend(global_parameters())
    for inner in getattr(command, "commands", {}).values():
        _take_global_parameters(inner)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"gradeline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Declare the options before the command; `--home` and `--json` are added to them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something failed, 2 wrong use."""
    # What is written is for its owner alone, whatever the shell says.
    before = os.umask(0o077)
    with log_ids(run=uuid.uuid4().hex[:8]):
        try:
            return _run(sys.argv[1:] if arguments is None else arguments)
        except typer.Exit as ending:
            return ending.exit_code
        except (typer.Abort, KeyboardInterrupt):
            return _fail("Stopped. Finished work is saved. Run again to continue.", _INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - the last one: a person reads one line
            return _fail_with(error)
        finally:
            os.umask(before)


def _run(arguments: Sequence[str]) -> int:
    """Run one command; unlike `app()`, let Ctrl-C and a closed pipe through as they are."""
    check_process(arguments)
    command = typer.main.get_command(app)
    try:
        with command.make_context("gradeline", list(arguments)) as context:
            result = command.invoke(context)
        sys.stdout.flush()
    except SystemExit:  # how Rich ends where the reader left; it discards what is left to print
        return _READER_LEFT
    return result if isinstance(result, int) else 0


def _fail_with(error: Exception) -> int:
    match error:
        case GradelineError():
            return _fail(str(error), error.exit_code)
        case OSError():
            return _fail_at_system(error)
        case typer.TyperException():
            what = error.format_message().rstrip(".")
            sentence = what if what.endswith("?") else f"{what}."
            # Ids of Telegram's groups begin so.
            number = re.search(r"No such option: '?-[0-9]", what)
            hint = _BEFORE_A_MINUS if number else "See `gradeline --help`."
            message = f"{sentence} {hint}" if what else _NO_COMMAND
            return _fail(message, WrongUse.exit_code)
        case _:
            return _fail_unexpectedly(error)


def _fail_at_system(error: OSError) -> int:
    """Describe an error of the operating system that no package has words for; see the log."""
    if isinstance(error, BrokenPipeError) and reader_left():
        discard_output()
        return _READER_LEFT
    what = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    message = f"The operating system reported an error{where}: {what}. Fix it, then run again."
    return _fail(message, GradelineError.exit_code)


def _fail_unexpectedly(error: Exception) -> int:
    """Describe a mistake in Gradeline; its stack is in the log, or here where none is open."""
    notes = getattr(error, "__notes__", ())
    if not notes:
        sys.stderr.write(SECRETS.mask("".join(traceback.format_exception(error))))
    words = [f"An unexpected error, {type(error).__name__}: {error}.", *notes, "Please report it."]
    return _fail(" ".join(words), GradelineError.exit_code)


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"gradeline: {printable(SECRETS.mask(message))}\n")
    return code
