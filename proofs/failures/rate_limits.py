"""A6: a system that wants to be left alone is, within bounds; then the run says it will resume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from time import monotonic

from gradeline.base.errors import SourceError
from gradeline.flows.parts import Parts
from gradeline.sandbox import NO_FAULTS, Pace, Request, Response, most_within, named
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.learnworlds.twin import LIMIT, LIMIT_PERIOD_S
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from proofs.failures.network import kept_badly
from proofs.promise import IDLE, Setting, Try
from proofs.rig.in_process import ASKED, Contents, TwinServer, collected, ground, held

STORMS = (
    *("too-many", "too-many-seconds", "too-many-date", "too-many-absurd", "too-many-negative"),
    *("error-500", "error-502", "error-503", "error-504"),
)
FOR_EVER = "202-for-ever"
SPEED = 200.0
#: AppMetrica is waited for up to three hours for each file, so these tries are quicker still.
HASTY = "2000"
#: No question is asked oftener: tries of the clients (two projects at Amplitude ask the same),
#: and looks at a file that is prepared.
MOST_TRIES = {"grader": 6, "learnworlds": 8, "amplitude": 12, "appmetrica": 400}
#: No question takes longer, in seconds of life; so many of them are asked before a run gives up.
MOST_S = {"grader": 1800, "learnworlds": 900, "amplitude": 7200, "appmetrica": 4 * 3600}
QUESTIONS, LOADED_S = 6, 60
RESUMES = "collection resumes here"


def storm(setting: Setting) -> Iterator[Try]:
    """Let every answer be a refusal; look at waits, tries, words and limits; then let them be."""
    cases = list(product(ASKED, STORMS))
    if setting.small:
        kinds = setting.luck.sample(STORMS, 3)
        cases = list(zip(("grader", "learnworlds", "appmetrica"), kinds, strict=True))
    with ground(setting.folder, SPEED) as there:
        for name, kind in cases:
            there.clean(name)
            with there.place() as parts:
                there.box.switch(named(kind, seed=setting.seed, always=True))
                there.box.journal.clear()
                hasty = {"SANDBOX_SPEED": HASTY} if name == "appmetrica" else {}
                wrong = _refused(there, parts, name, **hasty)
                wrong = wrong or _limits(there, name) or _goes_on(there, parts, name)
                struck = any(each.fault == kind for each in there.box.journal.entries(name))
            yield Try(name=f"{kind} of {name}", wrong=wrong, landed=kind if struck else IDLE)
        with there.place() as parts, _never_ready(there):
            wrong = _refused(there, parts, "appmetrica", SANDBOX_SPEED=HASTY)
            yield Try(name=f"{FOR_EVER} of appmetrica", wrong=wrong, landed=FOR_EVER)


def _refused(there: TwinServer, parts: Parts, name: str, **hasty: str) -> str:
    """Run in the storm; what is wrong with how long, how often and with which words."""
    speed = float(hasty.get("SANDBOX_SPEED", SPEED))
    began = monotonic()
    try:
        told = [why for _, why in collected(there.source(name, parts, **hasty), parts).failed]
    except SourceError as error:
        told = [str(error)]
    took = monotonic() - began
    if took > QUESTIONS * MOST_S[name] / speed + LOADED_S:
        return f"it waited {took * speed:.0f} s of life"
    tries = Counter(each.asked for each in there.box.journal.entries(name))
    if max(tries.values(), default=0) > MOST_TRIES[name]:
        return f"one thing was asked {max(tries.values())} times"
    silent = [why for why in told if RESUMES not in why]
    if silent or not told:
        return f"it does not say that it will resume: {(silent or ['nothing'])[0]}"
    return kept_badly(parts, Contents(tables={}, objects={}))


def _goes_on(there: TwinServer, parts: Parts, name: str) -> str:
    """The next run, in good weather, gives what a clean one gives, within the limits."""
    there.box.switch(NO_FAULTS)
    done = collected(there.source(name, parts), parts)
    if done.failed or done.held:
        return f"after the storm it failed still: {(*done.failed, *done.held)[0]}"
    return _limits(there, name) or there.clean(name).differs_from(held(parts))


def _limits(there: TwinServer, name: str) -> str:
    """What the twin saw more of than it allows."""
    if name != "learnworlds":
        return ""
    most = most_within(there.box.journal.entries(name), there.box.pace.scaled(LIMIT_PERIOD_S))
    return f"{most} requests in {LIMIT_PERIOD_S:g} s" if most > LIMIT else ""


class _NeverReady(AppMetricaTwin):
    """Prepares, and prepares."""

    def respond(self, request: Request) -> Response:
        if request.path.startswith("/management"):
            return super().respond(request)
        return Response(status=202, body=b"Wait for result")


@contextmanager
def _never_ready(there: TwinServer) -> Iterator[None]:
    """Another sandbox in the place of the ground's own, where no file is ever prepared."""
    pace, own = Pace(speed=SPEED), there.box
    twin = _NeverReady(read_school(), pace)
    with running([twin], pace=pace) as there.box:
        yield
    there.box = own
