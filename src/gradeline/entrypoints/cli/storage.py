"""`gradeline storage`: files of the configured store, by the names that people know."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import screen_of, settings_of
from gradeline.flows.storage.files import StorageFiles, full_name, name_under, require_file
from gradeline.flows.storage.upload import plan_upload
from gradeline.flows.storage.upload import upload as upload_files
from gradeline.wiring.home import open_home
from gradeline.wiring.lake import copied_at_end, wire_lake

app = typer.Typer(
    help="List, read, write and upload files of the configured store.", no_args_is_help=True
)

#: As a destination of `get`: standard output.
_STDOUT = "-"
Name = Annotated[str, typer.Argument(metavar="NAME", help="As `ls` prints it: data/…")]


@app.command("ls")
def ls(
    context: typer.Context,
    folder: Annotated[
        str, typer.Argument(help="Only in this folder; by default all but data/lake.")
    ] = "",
) -> None:
    """List files with their size in bytes and when they were written (UTC)."""
    screen = screen_of(context)
    with _open_files(context) as files:
        found = list(files.list(folder))
        place = files.place
    rows = [(item.key, item.size, f"{item.modified:%Y-%m-%dT%H:%M:%SZ}") for item in found]
    if rows or screen.json:
        screen.table(("name", "bytes", "written"), rows)
    else:
        screen.say(f"No files{f' in {folder}' if folder else ''} in {place}.")


@app.command("get")
def get(
    context: typer.Context,
    name: Name,
    to: Annotated[
        str, typer.Argument(help="A file or folder on this machine; - prints the file.")
    ] = ".",
) -> None:
    """Copy a file to this machine."""
    with _open_files(context) as files:
        if to == _STDOUT:
            sys.stdout.buffer.write(files.read(name))
            return
        target = _target(to, name)
        files.download(name, target)
        name = full_name(name)
    screen_of(context).answer(
        f"{name} is in {target} ({count(target.stat().st_size, 'byte')}).",
        name=name,
        path=str(target),
    )


@app.command("put")
def put(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file on this machine.")],
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="data/…; with / at the end, a folder.")
    ],
) -> None:
    """Write a file to the store, over what was there."""
    require_file(file)
    if name.endswith("/"):
        name = name_under(name, PurePosixPath(file.name))
    with _open_files(context) as files:
        files.write(name, file)
        name = full_name(name)
        place = files.place
    screen_of(context).answer(f"{file} is {name} in {place}.", name=name, path=str(file))


@app.command("rm")
def rm(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As `ls` prints them.")],
) -> None:
    """Delete files from the store."""
    screen = screen_of(context)
    with _open_files(context) as files:
        files.remove(names)
        for name in map(full_name, names):
            screen.answer(f"Deleted {name}.", name=name)


@app.command("upload")
def upload(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A folder on this machine.")],
    to: Annotated[str, typer.Argument(help="The folder in the store: data/…")],
) -> None:
    """Upload the new and changed files of a folder and its subfolders.

    Files that the store has in the same bytes are not sent again, and nothing is deleted there.
    """
    screen = screen_of(context)
    planned = plan_upload(folder, to)
    sent = 0
    with _open_files(context) as files, screen.progress("uploading") as watch:
        for number, outcome in enumerate(upload_files(files, planned), start=1):
            watch(number, len(planned), outcome.name)
            if outcome.uploaded:
                sent += 1
                screen.answer(f"Uploaded {outcome.name}.", name=outcome.name)
        place = files.place
    same = len(planned) - sent
    screen.answer(
        f"Uploaded {count(sent, 'file')} to {place}; {same:,} {'was' if same == 1 else 'were'}"
        " there already.",
        uploaded=sent,
        unchanged=same,
    )


def _target(to: str, name: str) -> Path:
    """Return the path of the file to write.

    Raises:
        WrongUse: its folder does not exist or cannot be written.
    """
    target = Path(to)
    if target.is_dir():
        target /= PurePosixPath(name).name
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise WrongUse(
            f"{target.parent} does not exist or cannot be written.",
            hint="Name a folder of yours, or - to print the file.",
        )
    return target


@contextmanager
def _open_files(context: typer.Context) -> Iterator[StorageFiles]:
    """Open the store alone; where it has a copy in a cloud, that is brought up to date."""
    settings = settings_of(context)
    with open_home(settings):
        lake = wire_lake(settings)
        with copied_at_end(lake):
            yield StorageFiles(lake)
