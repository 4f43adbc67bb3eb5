"""cursos.yml that people have written is read as before, and its old lines stay as they are."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gradeline.base.errors import WrongUse
from gradeline.flows.courses.cursos_yml import load_choices, parse_choices
from gradeline.flows.courses.cursos_yml_edit import STANDARD_KPIS, NewCourse, add_courses
from gradeline.flows.courses.sync import sync_courses
from gradeline.lake import open_lake
from gradeline.records.measures import COURSE_KPIS
from gradeline.sources.source import OfferedCourse

NEW = NewCourse(category="Cat", course="n", name="New")


def read(entry: str):
    """Title, KPIs and plan of a course that is written so."""
    choices = parse_choices(f"courses:\n  M:\n    a:{entry}\n".encode(), "cursos.yml")
    (choice,), (course,) = choices.by_course.values(), choices.book.courses
    return choice.title, choice.kpis, course.plan


@pytest.mark.parametrize("key", ["2025", "yes", "~", "2024-01-31", "1.5", "!!binary aGk="])
def test_a_key_that_is_not_text_is_ignored(key):
    """Keys that we do not know are left to people, whatever YAML takes them for."""
    assert read(f"\n      {key}: note of ours\n      name: Bio") == ("Bio", COURSE_KPIS, None)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{name: yes}", ("True", COURSE_KPIS, None)),
        ("{name: 2024-01-01}", ("2024-01-01", COURSE_KPIS, None)),
        ("{name: 2024}", ("2024", COURSE_KPIS, None)),
        ("{name: false}", (None, COURSE_KPIS, None)),
        ("{name: 0}", (None, COURSE_KPIS, None)),
        ('{kpis: ""}', (None, COURSE_KPIS, None)),
        ("{kpis: 0}", (None, COURSE_KPIS, None)),
        ("{kpis: false}", (None, COURSE_KPIS, None)),
        ("{kpis: {average_grade: yes}}", (None, ("average_grade",), None)),
        ("{plan: true}", (None, COURSE_KPIS, "True")),
        ("{plan: 2024-01-31}", (None, COURSE_KPIS, "2024-01-31")),
        ("{plan: [a]}", (None, COURSE_KPIS, "['a']")),
        ("false", (None, COURSE_KPIS, None)),
    ],
)
def test_values_of_another_type_keep_their_meaning(entry, expected):
    """What is empty or false is the default, anything else is taken as text."""
    assert read(f" {entry}") == expected


@pytest.mark.parametrize("entry", ["name: [Bio]", "kpis: 3", "kpis: [3]", "starts_on: soon"])
def test_the_form_of_a_day_is_a_hint_only_where_a_day_is_meant(entry):
    """A wrong name or KPI is not explained by days."""
    with pytest.raises(WrongUse) as refused:
        read(f" {{{entry}}}")
    assert ("2024-01-31" in str(refused.value.hint)) == ("starts_on" in entry)


def test_a_day_with_a_time_is_not_a_day():
    """A time of day would be lost."""
    assert read(" {starts_on: 2024-01-31}")
    with pytest.raises(WrongUse, match="starts_on"):
        read(" {starts_on: 2024-01-31 10:00:00}")


MISTAKES = {
    "kpis: [nope]": "nope",
    "name: [Bio]": "name",
    "starts_on: soon": "2024-01-31",
    "{starts_on: 2024-02-01, ends_on: 2024-01-01}": "ends before it starts",
    "[]": "",
}


@pytest.mark.parametrize("entry", MISTAKES)
def test_a_mistake_in_one_course_is_its_own(entry, tmp_path):
    """What is wrong is kept beside the course, which stays in its category; others are read."""
    written = entry if entry[0] in "{[" else f"{{{entry}}}"
    text = f"courses:\n  M:\n    a: {written}\n    b: {{name: Bio, ends_on: 2024-01-01}}\n"
    (tmp_path / "cursos.yml").write_text(text)
    choices = load_choices(open_lake("memory:"), tmp_path / "cursos.yml")
    assert MISTAKES[entry] in choices.mistake_of("m/A")
    assert choices.mistake_of("M/b") == ""
    assert [entry.course_id for entry in choices.book.courses] == ["M/a", "M/b"]
    assert choices.by_course["m/b"].title == "Bio"


def test_a_category_that_is_no_list_of_courses_is_its_own_mistake(tmp_path):
    """All courses of the category have it, no others."""
    (tmp_path / "cursos.yml").write_text("courses:\n  M: soon\n  N: {b: {name: Bio}}\n")
    choices = load_choices(open_lake("memory:"), tmp_path / "cursos.yml")
    assert "courses.M" in choices.mistake_of("m/any")
    assert choices.mistake_of("N/b") == ""


def test_a_course_that_comes_twice_is_its_own_mistake(tmp_path):
    """The first entry counts until one of them is taken away."""
    text = "courses:\n  Más:\n    a: {name: X}\n  mas:\n    A: {name: Y}\n    b:\n"
    (tmp_path / "cursos.yml").write_text(text)
    choices = load_choices(open_lake("memory:"), tmp_path / "cursos.yml")
    assert "twice" in choices.mistake_of("Más/a")
    assert choices.by_course["mas/a"].title == "X"
    assert choices.mistake_of("mas/b") == ""


def test_a_file_over_a_megabyte_is_read():
    """Ten thousand courses are not too many."""
    entries = "".join(
        f"    c{n}: {{name: 'Course {n}', note: '{'x' * 80}'}}\n" for n in range(10_000)
    )
    assert len(parse_choices(f"courses:\n  M:\n{entries}".encode(), "x").by_course) == 10_000


def test_a_repeated_key_is_logged_and_the_last_one_counts(caplog):
    """Reading and adding agree on a file that has a key twice."""
    text = "courses:\n  Cat:\n    a: {name: X}\n    a: {name: Y}\n"
    (choice,) = parse_choices(text.encode(), "cursos.yml").by_course.values()
    assert choice.title == "Y"
    assert [r.getMessage() for r in caplog.records] == [
        "cursos.yml has a again in line 4: the last one counts"
    ]
    assert add_courses(text, [NEW], "cursos.yml").startswith(text)


@pytest.mark.parametrize(
    "before",
    [
        "---\ncourses:\n  Cat:\n    a:\n      name: X   \n...\n",
        'courses:\n  Cat:\n    a:\n      name: "\\u00e1"  # x\n\n\n  # dog\n  Dog: &unused {}\n',
        "courses:\r\n  Cat:\r\n    a:\r\n      name: X\r\n  Dog:\r\n",
        "courses:\n    Cat:\n      a:\n         kpis:\n           - average_grade\n    # dog\n    Dog:",
        "courses:\n  Cat:\n    a:\n      note: |\n        text\n\n  # dog\n  Dog:\n",
        "courses:\n  Cat:   # empty\n  Dog:\n",
        "shared: &x {name: X}\ncourses:\n  Cat:\n    a: *x\n  Dog: *x\n",
        "courses:\n  Cat:\n    a: {name: X}\n    # a comment on a\n      # more of it\n",
    ],
)
def test_old_lines_stay_as_they_are(before):
    """New lines come between the old ones, with their line ends."""
    after = add_courses(before, [NEW], "F")
    (old, new), end = ([t.splitlines(keepends=True) for t in (before, after)], before[-2:])
    start = next(n for n, line in enumerate(new) if line.strip() == "n:")
    added = new[start : start + 2 + 1 + len(STANDARD_KPIS)]
    assert "".join(new[:start] + new[start + len(added) :]).rstrip() == "".join(old).rstrip()
    assert all(line.endswith("\r\n") == (end == "\r\n") for line in new)


def test_a_comment_does_not_come_into_a_flow_list():
    """Courses in braces take the new one into the braces; what stands behind stays behind."""
    before = "courses:\n  Cat: {one: {name: X}} # e1\n  # about Dog\n  Dog: {}\n"
    assert add_courses(before, [NEW], "F") == before.replace(
        "X}}", f"X}}, n: {{name: New, kpis: [{', '.join(STANDARD_KPIS)}]}}}}"
    )


@pytest.mark.parametrize("before", ["{A: , Cat: }", "{Cat: {}}", "\n  Cat: ~\n", "{Cat: {a: 1,},}"])
def test_an_empty_or_flow_category_takes_a_course(before):
    """Braces, nothing and `~` are filled where they stand."""
    text = add_courses(
        f"courses: {before}", [NEW, NewCourse(category="C", course="x", name="")], "F"
    )
    courses = yaml.safe_load(text)["courses"]
    assert courses["Cat"]["n"]["name"] == "New"
    assert list(courses["C"]) == ["x"]


@pytest.mark.parametrize(
    "name", ["a\u0085b", "\u2028", "\x07", "\ufeff", "😀", "a\r\nb", "=", "'\""]
)
def test_a_name_with_any_character_comes_back(name):
    """A line end of Unicode in a title does not stop a sync."""
    for before in ("courses:\n  Cat:\n    a:\n", "courses: {Cat: {a: 1}}\n"):
        new = NewCourse(category="Cat", course=name, name=name)
        assert (
            yaml.safe_load(add_courses(before, [new], "F"))["courses"]["Cat"][name]["name"] == name
        )


class School:
    """A school with one course, in whose title is a line end of Unicode."""

    def list_courses(self):
        """List the course."""
        title = "New\x85Name"
        course = {"course": "n", "category": "Cat", "categories": ["Cat"], "title": title}
        return [OfferedCourse(record=b"{}", **course)]


def test_a_sync_keeps_the_line_ends_of_the_home(tmp_path):
    """The file of the home comes into the store with CRLF in every line."""
    home, lake = tmp_path / "cursos.yml", open_lake(f"file:{tmp_path}/store")
    home.write_bytes(b"courses:\r\n  Cat:\r\n    a:\r\n")
    assert sync_courses(School(), lake, home).added == ("Cat/n",)
    stored = lake.get("cursos.yml")
    assert stored.startswith(home.read_bytes())
    assert stored.count(b"\n") == stored.count(b"\r\n")
    assert sync_courses(School(), lake, home).added == ()


def test_the_reason_of_a_refusal_is_the_real_one():
    """Without aliases no alias is blamed."""
    with pytest.raises(WrongUse, match="its form is too unusual"):
        add_courses("courses:\n  Cat:\n    ? a\n  Dog:\n    b:\n", [NEW], "F")


courses_in_block = st.sampled_from(
    [
        "    {c}a: {{name: X}}{e}\n",
        "    a:{e}\n      name: X{e}\n{c}",
        "    a:\n      kpis:{e}\n      - average_grade{e}\n{c}    b:{e}\n",
        "    a: {{{e}\n      name: X}}{e}\n{c}",
    ]
)
category = st.one_of(
    courses_in_block.map(lambda courses: ":{e}\n{c}" + courses.replace("    {c}", "{c}    ")),
    st.sampled_from([": {{one: {{name: X}}}}{e}\n{c}", ": {{}}{e}\n{c}", ":{e}\n{c}"]),
    st.just(": {{{e}\n    one: 1, {e}\n    two: {{}}{e}\n    }}{e}\n{c}"),
)


@given(st.lists(category, min_size=1, max_size=3), st.integers(0, 3), st.data())
def test_every_comment_stays_in_its_order(categories, target, data):
    """All comments of the old text are there once, in their order, outside of the new course."""
    text = "courses:\n" + "".join(f"  C{n}{body}" for n, body in enumerate(categories))
    number = iter(range(1000))
    indent = st.sampled_from([0, 2, 4, 6])
    text = (
        re.sub(
            r"\{[ce]\}",
            lambda m: data.draw(
                st.sampled_from(
                    ["", f"  # e{next(number)}"]
                    if m[0] == "{e}"
                    else ["", " " * data.draw(indent) + f"# c{next(number)}\n"]
                )
            ),
            text,
        )
        .replace("{{", "{")
        .replace("}}", "}")
    )
    after = add_courses(text, [NewCourse(category=f"C{target}", course="n", name="New")], "F")
    comments = re.findall(r"# \w+", text)
    assert re.findall(r"# \w+", after) == comments
    assert re.search(r"\bn:\s*\{?name: New,?\s*kpis:\s*(\[[\w, ]+\]|(- \w+\s*){4})", after)


@pytest.mark.parametrize("number", [f"0x{'f' * 9_000}", f"{'1:' * 4_000}1"])
@pytest.mark.parametrize("place", ["{name: %s}", "{also: [%s]}", "{plan: %s}"])
def test_a_number_too_long_to_be_written_out_is_a_mistake_of_the_file(place, number):
    """Python writes no integer of thousands of digits, so it stands for no name either."""
    with pytest.raises(WrongUse, match="not YAML"):
        read(f" {place % number}")
