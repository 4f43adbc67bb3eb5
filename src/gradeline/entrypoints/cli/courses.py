"""`gradeline courses`: the list of courses that people keep in cursos.yml."""

from __future__ import annotations

import typer

from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, source_of_courses, wired
from gradeline.flows.courses.cursos_yml import FILE
from gradeline.flows.courses.sync import sync_courses

app = typer.Typer(help="The courses of cursos.yml.", no_args_is_help=True)


@app.command("sync")
def sync(context: typer.Context, json: Json = False) -> None:
    """Write the courses that LearnWorlds offers into cursos.yml; what people wrote there stays."""
    screen, settings = screen_of(context, json), settings_of(context)
    with wired(settings, screen) as parts:
        source = source_of_courses(parts)
        done = sync_courses(source, parts.lake, settings.gradeline_home / FILE)
    screen.answer(
        f"{done.listed} courses at the school; {len(done.added)} new in {FILE}"
        + (f": {', '.join(done.added)}." if done.added else "."),
        listed=done.listed,
        added=list(done.added),
        left=list(done.left),
    )
    if done.left:
        screen.say(f"{FILE} has courses that the school does not list: {', '.join(done.left)}.")
