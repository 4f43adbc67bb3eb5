"""`gradeline learners`: who is who across systems, what is kept of a learner, and its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.learners.link import LinkProposals, link_file
from gradeline.flows.learners.link import propose as propose_links
from gradeline.warehouse.learners import links
from gradeline.wiring import terms_of

if TYPE_CHECKING:
    from gradeline.flows.learners.forget import Traces

app = typer.Typer(help="Link learners across systems; export or forget one.", no_args_is_help=True)

Learner = Annotated[
    str, typer.Argument(metavar="ID", help="The id that reports show, or source:id.")
]


@app.command("link")
def link(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with source,external_id,learner_id.")],
    plan: Annotated[bool, typer.Option("--plan", help="Only print what would be done.")] = False,
    json: Json = False,
) -> None:
    """Take links from a file; the next run counts linked learners as one."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        done = link_file(parts, file, write=not plan)
    if plan and not screen.json:
        _print_links(done.made, screen)
    verb = "would be made" if plan else "made"
    screen.answer(
        f"{len(done.made)} links {verb}, {done.there} were there already.",
        made=len(done.made),
        there=done.there,
        plan=plan,
    )


@app.command("propose")
def propose(
    context: typer.Context,
    accept: Annotated[bool, typer.Option("--accept", help="Make the links proposed.")] = False,
    json: Json = False,
) -> None:
    """Find learners of different systems with the same e-mail; print the links that follow."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        found = propose_links(parts, write=accept)
    made = [each for proposal in found.proposals for each in proposal.links]
    _print_links(made, screen)
    _print_unclear(found, screen)
    if not screen.json:
        end = "They are made." if accept else "Make them with --accept."
        screen.answer(f"{len(made)} links follow from equal e-mails. {end if made else ''}".strip())


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only ids of this source.")] = None,
    json: Json = False,
) -> None:
    """List who is linked: the shared id, and what each source calls the learner."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts, parts.database.connect() as connection:
        known = links.ls(connection, source=source)
    _print_links(known, screen)


@app.command("forget")
def forget(
    context: typer.Context,
    learner: Learner,
    plan: Annotated[bool, typer.Option("--plan", help="Only print what is kept of them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    json: Json = False,
) -> None:
    """Delete all that is kept of a learner, for ever: it does not come in again."""
    from gradeline.flows.learners import forget as forgetting  # brings Ibis

    screen, settings = screen_of(context, json), settings_of(context)
    with wired(settings, screen) as parts:
        if plan:
            _print_traces(forgetting.find_traces(parts, learner, screen.progress), screen)
            return
        if not yes and not typer.confirm(f"Forget {learner}? This cannot be undone", err=True):
            raise WrongUse("Nothing was done.", hint="See what is kept with --plan.")
        terms = terms_of(settings, None)
        done = forgetting.forget(parts, learner, terms, screen.progress, screen.say)
    if not screen.json and not done.already:
        _print_traces(done.traces, screen)
    told = "was forgotten before; what was left to do is done" if done.already else "is forgotten"
    screen.answer(
        f"The learner {told}: {done.objects} objects deleted, {len(done.documents)} documents "
        "written anew. Backups made before still hold them.",
        already=done.already,
        slices=len(done.traces.slices),
        rows=done.traces.rows,
        quarantined=len(done.traces.quarantined),
        raw_lost=len(done.traces.lost),
        objects=done.objects,
        documents=list(done.documents),
    )


@app.command("export")
def export(
    context: typer.Context,
    learner: Learner,
    to: Annotated[Path, typer.Option("--to", help="A new folder, for its owner's eyes only.")],
    json: Json = False,
) -> None:
    """Write all that is kept of a learner to a folder, as JSON and CSV."""
    from gradeline.flows.learners.export import export_learner  # brings Ibis

    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        done = export_learner(parts, learner, to, screen.progress)
    for name, records in done.records.items():
        screen.answer(f"{name}: {records}", file=name, records=records)
    if not screen.json:
        screen.answer(f"All of it lies in {done.folder}. Delete it once it was handed over.")


def _print_links(made: list[links.Link] | tuple[links.Link, ...], screen: Screen) -> None:
    screen.table(
        ("learner_id", "source", "external_id"),
        [(each.learner_id, each.source, each.external_id) for each in made],
    )


def _print_unclear(found: LinkProposals, screen: Screen) -> None:
    for email, ids in found.unclear:
        screen.say(
            f"{email} is the e-mail of {', '.join(ids)}: nobody can tell who is one. "
            "If you can, write it in a file for `gradeline learners link`."
        )


def _print_traces(traces: Traces, screen: Screen) -> None:
    screen.table(
        ("slice", "rows", "raw records", "raw bytes"),
        [
            (
                str(each.entry.slice),
                each.rows,
                each.records,
                "deleted: cannot be rewritten" if each.raws_lost else "rewritten",
            )
            for each in sorted(traces.slices, key=lambda each: str(each.entry.slice))
        ],
    )
    if not screen.json:
        screen.answer(
            f"{traces.rows} rows in {len(traces.slices)} slices, {len(traces.quarantined)} records "
            f"in quarantine, documents of {len(traces.courses)} courses."
        )
    for other in traces.person.others:
        screen.say(f"{other} has the same e-mail and is not linked: forget them too if it is one.")
