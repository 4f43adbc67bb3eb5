"""B7: the same input gives the same bytes, whatever the locale, hash seed or time zone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace

from proofs.ingest.crash_run import AS_OF, small_school
from proofs.promise import Setting, Try
from proofs.rig.command import School, school
from proofs.rig.state import DOCUMENTS, digests

ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/Moscow")


def export_stable(setting: Setting) -> Iterator[Try]:
    """Recalculate and rewrite everything under other circumstances; compare every document."""
    data = small_school(setting)
    locales = _locales()
    with school(setting.folder / "school", data) as place:
        place.run(*AS_OF)
        wanted = _documents(place)
        for turn in range(1, setting.many(20, 2) + 1):
            around = {
                "PYTHONHASHSEED": str(setting.luck.choice((0, 1, 4_294_967_295))),
                "TZ": setting.luck.choice(ZONES),
                "LC_ALL": setting.luck.choice(locales),
            }
            replace(place, env=around).run(*AS_OF, "--full", "--analysis-only")
            told = ", ".join(f"{name} {value}" for name, value in around.items())
            yield Try(name=f"turn {turn}: {told}", wrong=_differing(wanted, _documents(place)))


def _documents(place: School) -> Mapping[str, str]:
    return {
        path: digest for part in DOCUMENTS for path, digest in digests(place.home, part).items()
    }


def _differing(wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    if not wanted:
        return "no document was written"
    names = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    return f"other bytes: {', '.join(names[:5])}" if names else ""


def _locales() -> list[str]:
    """The locales of this machine; `C` where it names none."""
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return sorted(set(done.stdout.split()) | {"C"})
