"""Every document of every course arrives byte for byte through each channel, once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from googleapiclient.http import MediaIoBaseDownload

from gradeline.delivery.fit import WHOLE_TEXT
from gradeline.delivery.google import GoogleAccount
from proofs.promise import Setting, Try
from proofs.rig.command import School, school
from proofs.rig.oulad import cut
from proofs.rig.services import ANA, Arrived, Services, arrived, services

#: Whom the simulated mail server does not know.
NOBODY = "nobody@school.example"
#: All of OULAD. Not the one of bench, which reads a variable when it is imported.
PARQUET = Path(__file__).resolve().parents[3] / "shared" / "data" / "oulad" / "parquet"
CHANNELS = {"email", "slack", "telegram", "webhook", "drive"}
_AS_OF = ("--as-of", "2015-12-31")


def deliver_all(setting: Setting) -> Iterator[Try]:
    """Run over all courses, and again; then with a channel, a course and a recipient failing."""
    data = cut(setting.folder / "data", learners=25) if setting.small else PARQUET
    with services() as box, school(setting.folder / "school", data, **box.settings) as place:
        _add_recipients(place, box)
        done = place.call("run", *_AS_OF)
        yield Try(
            name="all courses", wrong=_failed(done.returncode, done.stderr) or _same(place, box)
        )
        first = arrived(box)
        done = place.call("run", *_AS_OF)
        again = {one for one in arrived(box) - first if one.what == "course-report"}
        wrong = "; ".join(f"{one} again" for one in sorted(again))
        yield Try(name="again", wrong=_failed(done.returncode, done.stderr) or wrong)
        yield _with_failures(place, box)


def _add_recipients(place: School, box: Services) -> None:
    chat = box.settings["TELEGRAM_CHAT_ID"]
    addresses = (("email", ANA), ("slack", "#reports"), ("telegram", chat), ("webhook", box.hook))
    for channel, address in addresses:
        added = place.call("recipients", "add", "--what", "course-report", "--", channel, address)
        assert added.returncode == 0, added.stderr


def _failed(code: int, said: str) -> str:
    return f"exit {code}: {said[-500:]}" if code else ""


def _same(place: School, box: Services) -> str:
    """Compare what arrived with the files of the home; empty = all of it is there, once."""
    folder = place.home / "reports"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("course_report.*")
    }
    named = {path.replace("/", "_"): content for path, content in files.items()}
    wrong = [] if files and len(files) % 2 == 0 else [f"{len(files)} files were written"]
    if _on_drive(box) != files:
        wrong.append("the files on the drive differ")
    mails = [mail for mail in box.mails() if any(mail.iter_attachments())]
    attached = [
        (part.get_filename(), part.get_content()) for m in mails for part in m.iter_attachments()
    ]
    received = {
        "email": attached,
        "slack": [(one.name, one.content) for one in box.slack.files.values() if one.channel],
        # A text that is longer than Telegram takes goes along as a file.
        "telegram": [
            (m.file_name, m.content)
            for m in box.telegram.messages
            if m.file_name and m.file_name != WHOLE_TEXT
        ],
    }
    for channel, found in received.items():
        if dict(found) != named or len(found) != len(named):
            wrong.append(f"{channel} got {len(found)} files that differ from {len(named)}")
    missing = CHANNELS - {one.channel for one in arrived(box) if one.what == "course-report"}
    twice = [str(one) for one, times in arrived(box).items() if times > 1]
    return "; ".join([*wrong, *(f"nothing came by {each}" for each in sorted(missing)), *twice])


def _on_drive(box: Services) -> dict[str, bytes]:
    """Read every file of the drive back through Google's client: path below the folder → bytes."""
    api = GoogleAccount(box.google.account, base_url=f"{box.url}/google").open("drive", "v3")
    found = {}
    for each in box.google.drive.files.values():
        if each.content:
            target = io.BytesIO()
            request = api.files().get_media(fileId=each.file_id, supportsAllDrives=True)
            pieces, done = MediaIoBaseDownload(target, request), False
            while not done:
                _, done = pieces.next_chunk()
            found["/".join(box.google.drive.path(each))] = target.getvalue()
    api.close()
    return found


def _with_failures(place: School, box: Services) -> Try:
    """Let one channel be down, one course be wrong in cursos.yml, and one recipient be refused."""
    refused = place.call("recipients", "add", "email", NOBODY, "--what", "run-result")
    assert refused.returncode == 0, refused.stderr
    wrong_course = sorted((place.home / "reports").glob("*/*"))[0].relative_to(
        place.home / "reports"
    )
    (place.home / "cursos.yml").write_text(_broken(wrong_course))
    down = replace(place, env={**place.env, "SLACK_BOT_TOKEN": "xoxb-revoked"})
    before = arrived(box)
    done = down.call("run", *_AS_OF, "--full")
    said = f"{done.stdout}\n{done.stderr}"
    new: Counter[Arrived] = arrived(box) - before
    came = {one.channel for one in new}
    wrong = [
        *([] if done.returncode == 1 else [f"exit {done.returncode}"]),
        *(
            f"{name} is not named"
            for name in ("slack", NOBODY, wrong_course.as_posix())
            if name not in said
        ),
        *(f"nothing came by {name}" for name in ("email", "telegram") if name not in came),
    ]
    return Try(name="one channel, one course, one recipient", wrong="; ".join(wrong))


def _broken(course: Path) -> str:
    return f"courses:\n  {course.parts[0]}:\n    {course.parts[1]}: {{ends_on: soon}}\n"
