"""`gradeline courses`: the courses in cursos.yml."""

from __future__ import annotations

import typer

from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import no_school, open_run, screen_of, settings_of
from gradeline.flows.courses.cursos_yml import FILE, load_choices
from gradeline.flows.courses.sync import sync_courses
from gradeline.sources.source import ListsCourses
from gradeline.wiring.home import open_home
from gradeline.wiring.lake import copied_at_end, wire_lake
from gradeline.wiring.sources import wire_sources

app = typer.Typer(help="Manage the courses in cursos.yml.", no_args_is_help=True)


@app.command("sync")
def sync(context: typer.Context) -> None:
    """Add new LearnWorlds courses to cursos.yml. Your edits are kept."""
    screen, settings = screen_of(context), settings_of(context)
    path = settings.gradeline_home / FILE
    with open_home(settings) as spool:
        lake = wire_lake(settings)
        sources = wire_sources(settings, spool, load_choices(lake, path))
        schools = [one for one in sources.values() if isinstance(one, ListsCourses)]
        if not schools:
            raise no_school()
        with copied_at_end(lake):
            done = sync_courses(schools[0], lake, path)
    screen.answer(
        f"{count(done.listed, 'course')} at the school; {len(done.added)} new in {FILE}"
        + (f": {', '.join(done.added)}." if done.added else "."),
        listed=done.listed,
        added=list(done.added),
        left=list(done.left),
    )
    if done.left:
        screen.say(f"These courses of {FILE} are not at the school: {', '.join(done.left)}.")


@app.command("propose")
def propose(context: typer.Context) -> None:
    """Propose courses of different systems that are likely one, by titles and learners."""
    from gradeline.flows.upkeep.propose_courses import propose_courses  # imports Ibis

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        found = propose_courses(parts)
    for each in found:
        title = "same title" if each.same_title else "other title"
        shared = f"{count(each.common, 'common learner')} ({each.share:.0%})"
        screen.answer(
            f"{each.course_id} and {each.other_id}: {title}, {shared}.\n  {each.line}",
            course_id=each.course_id,
            other_id=each.other_id,
            also=list(each.also),
            same_title=each.same_title,
            common_learners=each.common,
            share=each.share,
            paste=each.line,
        )
    screen.say(
        f"Paste each line into the entry of its first course in {FILE}."
        if found
        else "No two courses of different systems have the same title or the same learners."
    )
