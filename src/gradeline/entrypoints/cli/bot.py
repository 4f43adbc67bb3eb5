"""`gradeline bot`: the vocabulary bot; its dictionary, and the daily update of levels."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.bot_learners import codes, consent, learners, send
from gradeline.entrypoints.cli.context import open_connection, refuse_bucket, screen_of, settings_of
from gradeline.vocabulary.dictionary import SHIPPED
from gradeline.wiring.database import wire_database
from gradeline.wiring.home import logs_of

app = typer.Typer(help="Run the vocabulary bot; manage its dictionary and its learners.")
dictionary = typer.Typer(help="Manage the dictionary of the bot.", no_args_is_help=True)
app.add_typer(dictionary, name="dictionary")


app.add_typer(codes, name="code")
app.command("learners")(learners)
app.command("consent")(consent)
app.command("send")(send)

_PORTS = 65535


@app.callback(invoke_without_command=True)
def bot(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="With BOT_WEBHOOK_URL: address to listen on.")] = (
        "127.0.0.1"
    ),
    port: Annotated[
        int, typer.Option(min=0, max=_PORTS, help="With BOT_WEBHOOK_URL: port to listen on.")
    ] = 8001,
    poll: Annotated[
        bool, typer.Option("--poll", help="Ask Telegram for updates, whatever BOT_WEBHOOK_URL is.")
    ] = False,
) -> None:
    """Run the vocabulary bot; manage its dictionary and its learners."""
    if context.invoked_subcommand is not None:
        return
    from gradeline.entrypoints.cli.bot_process import run  # brings psycopg

    screen, settings = screen_of(context), settings_of(context)
    refuse_bucket(settings, "The bot")
    run(settings, screen, (host, port), poll=poll)
    screen.say("Stopped. Everything the bot has taken in is saved.")


@app.command("unhook")
def unhook(context: typer.Context) -> None:
    """Delete the webhook and the commands of the bot at Telegram, before you uninstall it."""
    from gradeline.entrypoints.bot.process import remove_traces  # brings aiogram
    from gradeline.entrypoints.cli.bot_process import api_of  # as above
    from gradeline.warehouse.bot.webhook import delete_secret  # brings psycopg

    screen = screen_of(context)
    asyncio.run(remove_traces(api_of(settings_of(context))))
    with open_connection(context, screen) as connection:
        delete_secret(connection)
    screen.answer("Telegram posts no updates, and shows no commands of the bot.", done=True)


@app.command("levels")
def levels(
    context: typer.Context,
    again: Annotated[
        bool,
        typer.Option(
            "--recompute",
            help="First compute all figures again from the answers, e.g. after a change of levels.",
        ),
    ] = False,
) -> None:
    """Update the level of each learner: one step a day at most. The worker does it daily."""
    from gradeline.flows.vocabulary.levels import LevelLog, update_levels  # brings psycopg

    screen, settings = screen_of(context), settings_of(context)
    log = LevelLog(folder=logs_of(settings), keep_days=settings.log_retention_days)
    with wire_database(settings, screen.say) as database:
        done = update_levels(database, now(), settings.school_timezone, log, again=again)
    screen.answer(
        f"{count(done.learners, 'learner')} checked, {count(len(done.changes), 'level')} changed."
        f" Log: {done.log}",
        learners=done.learners,
        changed=len(done.changes),
        log=str(done.log),
    )


@app.command("analytics")
def analytics(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="Of a query; without it they are listed.")
    ] = None,
    sql: Annotated[
        bool, typer.Option("--sql", help="Print the queries themselves: client_analytics.sql.")
    ] = False,
) -> None:
    """Ask what quizzes tell: ranking, activity by day, the hardest words, and more."""
    from gradeline.warehouse.vocabulary import client_analytics  # brings psycopg

    screen, known = screen_of(context), client_analytics.descriptions()
    if sql:
        sys.stdout.write(client_analytics.FILE.read_text(encoding="utf-8"))
    elif name is None:
        screen.table(("name", "what it tells"), list(known.items()))
    elif name not in known:
        raise WrongUse(f"No query is called {name}.", hint=f"Known: {', '.join(known)}.")
    else:
        with open_connection(context, screen) as connection:
            found = client_analytics.run_query(connection, name)
        screen.table(found.columns, found.rows)


@dictionary.command("import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(help="CSV, XLSX or JSON; a path, or a name in uploads/ of the home."),
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="The dictionary that comes with Gradeline.")
    ] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="Write refused lines into errors/ of the home.")
    ] = False,
) -> None:
    """Add words to the dictionary: word, translation, level, category. What is there stays."""
    from gradeline.flows.vocabulary.import_dictionary import (  # brings psycopg
        ImportFolders,
        Refusal,
        find_file,
        import_dictionary,
    )

    if not files and not shipped:
        raise WrongUse("Which file is to be imported?", hint="Name a file, or give --shipped.")
    screen, settings = screen_of(context), settings_of(context)
    home = settings.gradeline_home
    paths = [find_file(name, home / "uploads") for name in files or ()]
    folders = ImportFolders(logs=logs_of(settings), errors=home / "errors" if errors else None)
    with wire_database(settings, screen.say) as database:
        done = import_dictionary(
            database,
            [*paths, *([SHIPPED] if shipped else [])],
            folders,
            at=now(),
            zone=settings.school_timezone,
            hold_percent=settings.quarantine_hold_percent,
        )
    for one in done.files:
        counts = {kind.value: len(one.of(kind)) for kind in Refusal}
        screen.answer(
            f"{one.file}: {count(one.added, 'new word')} of {count(one.lines, 'line')};"
            f" {count(counts['duplicates'], 'duplicate')},"
            f" {count(counts['unknown_levels'], 'unknown level')},"
            f" {count(counts['broken'], 'broken line')}. Log: {done.log}",
            file=one.file,
            lines=one.lines,
            added=one.added,
            **counts,
            log=str(done.log),
            errors=[str(path) for path in done.errors],
        )
