"""Every page: no script or style in it, nothing from elsewhere, three languages, no other site."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path

import pytest
from jinja2 import nodes
from starlette.testclient import TestClient

from gradeline.base.languages import LANGUAGES
from gradeline.entrypoints.dashboard.rendering import environment

from .conftest import OURS, SignIn

STATIC = resources.files("gradeline.entrypoints.dashboard") / "static"
#: What a page must not have: each would need a weaker policy, or load from elsewhere.
FORBIDDEN = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|js:|javascript:|https?://",
    re.IGNORECASE,
)


def test_no_template_has_a_script_a_style_or_another_host(templates: Path) -> None:
    """What the policy would block is not written in the first place."""
    found = {
        path.name: FORBIDDEN.findall(path.read_text(encoding="utf-8"))
        for path in templates.rglob("*.html")
    }
    assert {name: each for name, each in found.items() if each} == {}


def test_every_request_of_htmx_says_where_its_answer_goes(templates: Path) -> None:
    """Nothing is inherited by silence: each element with hx-get or hx-post names its target."""
    elements = [
        element
        for path in templates.rglob("*.html")
        for element in re.findall(r"<[^>]*\shx-(?:get|post)=[^>]*>", path.read_text("utf-8"))
    ]
    assert [each for each in elements if "hx-target=" not in each] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_template_compiles_in_every_language(templates: Path, code: str) -> None:
    """A template that cannot be read is found here, not by a curator."""
    made = environment(code, "UTC")
    names = [path.relative_to(templates).as_posix() for path in templates.rglob("*.html")]
    assert all(made.get_template(name) for name in names)


def test_a_template_sees_one_page_and_its_frame(templates: Path) -> None:
    """No other name comes from outside."""
    seen = set().union(*map(names_from_outside, templates.rglob("*.html")))
    assert seen - set(environment("en", "UTC").globals) <= {"page", "frame"}


def names_from_outside(path: Path) -> set[str]:
    """The names that a template reads and does not set itself."""
    tree = environment("en", "UTC").parse(path.read_text(encoding="utf-8"))
    names = list(tree.find_all(nodes.Name))
    read = {name.name for name in names if name.ctx == "load"}
    own = {name.name for name in names if name.ctx != "load"}
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {one.target for one in tree.find_all(nodes.Import)}
    return read - own - {"loop"}


def test_a_page_says_in_its_headers_what_it_may_load(nobody: TestClient) -> None:
    """Files of ours alone; nothing is stored, framed or told to other hosts."""
    headers = nobody.get("/sign-in").headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_what_another_site_sends_is_refused(
    nobody: TestClient, headers: dict[str, str], status: int
) -> None:
    """Only a page of ours changes something, whoever is signed in."""
    assert nobody.post("/sign-out", headers=headers).status_code == status


def test_a_page_loads_files_that_are_there_and_may_be_kept_for_ever(nobody: TestClient) -> None:
    """Their addresses change with their content; packed ones are the same."""
    page = nobody.get("/sign-in").text
    paths = sorted(set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)))
    assert len(paths) >= 4
    plain = [nobody.get(path, headers={"Accept-Encoding": "identity"}) for path in paths]
    packed = [nobody.get(path, headers={"Accept-Encoding": "gzip"}) for path in paths]
    assert all("immutable" in answer.headers["cache-control"] for answer in plain)
    assert {answer.headers["content-encoding"] for answer in packed} == {"gzip"}
    assert [answer.content for answer in plain] == [answer.content for answer in packed]


def test_files_of_others_are_what_their_packages_have() -> None:
    """Each is listed with its version, its digest and its licence, whose text is beside it."""
    lines = (STATIC / "VENDORED").read_text(encoding="utf-8").splitlines()[1:]
    listed = {line.split()[0]: line.split()[3] for line in lines}
    scripts = {each.name for each in STATIC.iterdir() if each.name.endswith(".min.js")}
    assert scripts == set(listed)
    found = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in listed}
    assert found == listed
    licences = [STATIC / f"{name.removesuffix('.min.js')}-LICENSE.txt" for name in listed]
    assert all(each.is_file() for each in licences)


@pytest.mark.parametrize(
    ("accepted", "cookie", "heading"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "", "Вход в Gradeline"),
        ("de,es;q=0.5", "", "Entrar en Gradeline"),
        ("de", "", "Sign in to Gradeline"),
        ("ru", "es", "Entrar en Gradeline"),
        ("ru;q=x", "tlh", "Sign in to Gradeline"),
    ],
)
def test_the_language_is_what_the_reader_chose_or_their_browser_says(
    nobody: TestClient, accepted: str, cookie: str, heading: str
) -> None:
    """A choice wins; without one the browser's list, and then the school's."""
    said = {"Accept-Language": accepted, "Cookie": f"gradeline-language={cookie}"}
    page = nobody.get("/sign-in", headers=said).text
    assert f"<h1>{heading}</h1>" in page


def test_a_choice_is_kept_and_leads_back(nobody: TestClient) -> None:
    """Language and colours are cookies; the page that one looked at is shown again."""
    chosen = nobody.post("/theme", data={"theme": "dark", "here": "/sign-in?a=1"}, headers=OURS)
    assert chosen.headers["location"] == "/sign-in?a=1"
    assert 'data-theme="dark"' in nobody.get("/sign-in").text


def test_what_is_not_there_is_told_on_a_page(sign_in: SignIn) -> None:
    """In words, with the way back."""
    answer = sign_in("ana").get("/nothing/here")
    assert answer.status_code == 404
    assert "not yours to see" in answer.text
