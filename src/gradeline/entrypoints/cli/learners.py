"""`gradeline learners`: link learners across systems, export and erase their data."""

from __future__ import annotations

from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_connection, open_run, screen_of, settings_of
from gradeline.entrypoints.cli.options import Plan
from gradeline.entrypoints.cli.screen import Screen
from gradeline.warehouse.learners import links
from gradeline.wiring.database import wire_database

if TYPE_CHECKING:
    from gradeline.flows.learners.find_traces import Traces
    from gradeline.flows.learners.link import LinkResult
    from gradeline.flows.learners.propose_links import LinkProposals

app = typer.Typer(
    help="Link learners across systems; export or erase their data.", no_args_is_help=True
)

Learner = Annotated[
    str, typer.Argument(metavar="ID", help="The ID that reports show, or source:ID.")
]


@app.command("link")
def link(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with source,external_id,learner_id.")],
    plan: Plan = False,
) -> None:
    """Link learners as listed in a file. The next run treats linked learners as one."""
    from gradeline.flows.learners.link import link_file  # brings Arrow

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        done = link_file(parts.database, parts.sources, file, write=not plan, by=getuser())
    if plan and not screen.json:
        _print_links(done.made, screen)
        _print_courses(done, screen)
    verb = "to make" if plan else "made"
    screen.answer(
        f"{count(len(done.made), 'link')} {verb}; {done.there} already existed.",
        made=len(done.made),
        there=done.there,
        courses=[asdict(each) for each in done.courses],
        plan=plan,
    )


@app.command("unlink")
def unlink(context: typer.Context, learner: Learner, plan: Plan = False) -> None:
    """Undo links: all of a shared ID, or that of one source:ID."""
    from gradeline.flows.learners.link import unlink as unlink_learner  # brings Arrow

    screen = screen_of(context)
    with wire_database(settings_of(context), screen.say) as database:
        gone = unlink_learner(database, learner, write=not plan)
    if not screen.json:
        _print_links(gone, screen)
    verb = "to undo" if plan else "undone"
    screen.answer(
        f"{count(len(gone), 'link')} {verb}. The next run counts them apart.",
        undone=len(gone),
        plan=plan,
    )


@app.command("propose")
def propose(
    context: typer.Context,
    accept: Annotated[
        bool, typer.Option("--accept", help="Make the links proposed by email.")
    ] = False,
) -> None:
    """Propose links between learners of different systems by email, or by name in one course."""
    from gradeline.flows.learners.propose_links import propose_links  # imports Arrow

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        proposed = propose_links(parts, write=accept, by=getuser())
    screen.table(
        ("learner_id", "source", "external_id", "reason"),
        [
            (link.learner_id, link.source, link.external_id, str(proposal.reason))
            for proposal in proposed.proposals
            for link in proposal.links
        ],
    )
    _print_unclear(proposed, screen)
    if not screen.json:
        screen.answer(_proposed(proposed, accept=accept))


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only IDs of this source.")] = None,
) -> None:
    """List linked learners: the shared ID, and the ID in each source."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        known = links.ls(connection, source=source)
    _print_links(known, screen)


@app.command("forget")
def forget(
    context: typer.Context,
    learner: Learner,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only print which data would be erased.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Skip confirmation.")] = False,
) -> None:
    """Permanently erase a learner's data and block it from future imports."""
    from gradeline.flows.learners.copies import find_copies  # brings the lake
    from gradeline.flows.learners.find_traces import find_traces  # imports Ibis
    from gradeline.flows.learners.forget import forget as forget_learner  # as above
    from gradeline.wiring.run import terms_of  # brings Arrow

    screen, settings = screen_of(context), settings_of(context)
    with open_run(settings, screen) as parts:
        if plan:
            _print_traces(find_traces(parts, learner, screen.progress), screen)
            return
        if not yes and not typer.confirm(
            f"Erase all data of {learner}? This cannot be undone", err=True
        ):
            raise WrongUse("Nothing was erased.", hint="See what would be with --plan.")
        terms = terms_of(settings, None)
        done = forget_learner(parts, learner, terms, screen.progress, screen.say)
        copies = find_copies(parts, done.traces.courses)
    if not screen.json and not done.already:
        _print_traces(done.traces, screen)
    what = "had been erased; the rest is done now" if done.already else "was erased"
    screen.answer(
        f"The learner {what}: {count(done.objects, 'object')} deleted, "
        f"{count(len(done.documents), 'document')} rewritten."
        + (" These copies are out of its reach:" if copies else ""),
        already=done.already,
        slices=len(done.traces.slices),
        rows=done.traces.rows,
        quarantined=len(done.traces.quarantined),
        raw_lost=len(done.traces.lost),
        objects=done.objects,
        documents=list(done.documents),
        copies=copies,
    )
    for copy in copies if not screen.json else ():
        screen.answer(f"- {copy}")


@app.command("export")
def export(
    context: typer.Context,
    learner: Learner,
    to: Annotated[Path, typer.Option("--to", help="New folder, readable only by you.")],
) -> None:
    """Write all data of a learner to a folder, as JSON and CSV."""
    from gradeline.flows.learners.export import export_learner  # brings Ibis

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        done = export_learner(parts, learner, to, screen.progress)
    for name, records in done.records.items():
        screen.answer(f"{name}: {records}", file=name, records=records)
    if not screen.json:
        screen.answer(f"Exported to {done.folder}. Delete it after handing it over.")


def _proposed(proposed: LinkProposals, *, accept: bool) -> str:
    """Say how many links are proposed or made, and how to make the others."""
    named = sum(
        len(one.links) for one in proposed.proposals if one.reason == "same name in one course"
    )
    sure = sum(len(one.links) for one in proposed.proposals) - named
    what = f"{count(sure, 'link')} {'made' if accept else 'proposed'} by email."
    if sure and not accept:
        what = f"{what} Make them with --accept."
    if not named:
        return what
    return (
        f"{what} {count(named, 'link')} proposed by name alone: list those that are right in a "
        "CSV file for `gradeline learners link`."
    )


def _print_courses(done: LinkResult, screen: Screen) -> None:
    """Print what the figures of courses hold of the ids that would be one person."""
    screen.table(
        ("course", "counted now as", "attempts", "items handed in"),
        [(each.course_id, each.learner_id, each.attempts, each.submitted) for each in done.courses],
    )


def _print_links(made: list[links.Link] | tuple[links.Link, ...], screen: Screen) -> None:
    screen.table(
        ("learner_id", "source", "external_id"),
        [(link.learner_id, link.source, link.external_id) for link in made],
    )


def _print_unclear(proposed: LinkProposals, screen: Screen) -> None:
    for email, ids in proposed.unclear:
        screen.say(
            f"Several learners share {email}: {', '.join(ids)}. To link them, list them in a CSV "
            "file for `gradeline learners link`."
        )


def _print_traces(traces: Traces, screen: Screen) -> None:
    screen.table(
        ("slice", "rows", "raw records", "raw bytes"),
        [
            (
                str(trace.entry.slice),
                trace.rows,
                trace.records,
                "deleted: cannot be rewritten" if trace.raws_lost else "rewritten",
            )
            for trace in sorted(traces.slices, key=lambda trace: str(trace.entry.slice))
        ],
    )
    if not screen.json:
        screen.answer(
            f"{count(traces.rows, 'row')} in {count(len(traces.slices), 'slice')}, "
            f"{count(len(traces.quarantined), 'record')} in quarantine, "
            f"documents of {count(len(traces.courses), 'course')}."
        )
    for other in traces.person.others:
        screen.say(
            f"{other} has the same email and is not linked. If this is the same "
            "person, erase that ID too."
        )
