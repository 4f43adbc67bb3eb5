"""The command `gradeline`: its verbs, its global options, its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gradeline import __version__
from gradeline.base.errors import GradelineError, WrongUse
from gradeline.entrypoints.cli import (
    courses,
    database,
    demo,
    doctor,
    learners,
    quarantine,
    run,
    sandbox,
    slices,
    sweep,
    worker,
)
from gradeline.entrypoints.cli.context import GlobalOptions

#: What a shell expects of a program that was interrupted: 128 + SIGINT.
_INTERRUPTED = 130

app = typer.Typer(
    name="gradeline",
    help="Learning data in, answers out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("sources")(run.sources)
app.add_typer(courses.app, name="courses")
app.add_typer(slices.app, name="slices")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(learners.app, name="learners")
app.command("sweep")(sweep.sweep)
app.command("worker")(worker.worker)
app.command("sandbox")(sandbox.sandbox)
app.command("settings")(doctor.settings)
app.command("doctor")(doctor.doctor)
app.command("install")(database.install)
app.command("psql")(database.psql)
app.command("stop")(database.stop)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"gradeline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Work in this home instead of GRADELINE_HOME.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print lines for machines.")] = False,
    version: Annotated[  # noqa: ARG001 - typer calls _version before anything else
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read what every verb shares."""
    context.obj = GlobalOptions(home=home, json=json)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = something failed and is named, 2 = wrong use."""
    try:
        result = app(args=arguments, standalone_mode=False, prog_name="gradeline")
    except typer.Exit as ending:
        return ending.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _ended("Stopped. What was settled stays; run again to go on.", _INTERRUPTED)
    except GradelineError as error:
        return _ended(str(error), error.exit_code)
    except OSError as error:
        return _ended(_of_system(error), GradelineError.exit_code)
    except typer.TyperException as error:
        return _ended(f"{error} See gradeline --help.", WrongUse.exit_code)
    return result if isinstance(result, int) else 0


def _of_system(error: OSError) -> str:
    """What the system said where no room had its own words for it; the log has the stack."""
    what = error.strerror or str(error)
    where = f" ({error.filename})" if error.filename else ""
    return f"The system refused what was needed{where}: {what}. Mend that, then run again."


def _ended(message: str, code: int) -> int:
    sys.stderr.write(f"gradeline: {message}\n")
    return code
