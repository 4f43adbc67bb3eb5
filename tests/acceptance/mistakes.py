"""Datasets with the mistakes that people really make, and what must become of each."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

HEAD = "student,task,points,handed_in"
DAY = "2024-01-18 10:00"
COURSES = (
    "SELECT _file, _line, '{name}/x' AS course_id, '{name}' AS category, 'x' AS course, "
    "DATE '2024-01-08' AS starts_on FROM answers LIMIT 1"
)
GROUPS = (
    "SELECT _file, _line, '{name}/x/a' AS group_id, '{name}/x' AS course_id, FALSE AS rolling "
    "FROM answers LIMIT 1"
)
MEMBERSHIPS = (
    "SELECT any_value(_file) AS _file, min(_line) AS _line, student AS learner_id, "
    "'{name}/x/a' AS group_id, '{name}/x' AS course_id, 'learner' AS role "
    "FROM answers GROUP BY student"
)
ATTEMPTS = (
    "SELECT _file, _line, student AS learner_id, '{name}/x' AS course_id, "
    "'answer' AS kind, points AS score, handed_in AS at FROM answers"
)
ITEMS = (
    "SELECT any_value(_file) AS _file, min(_line) AS _line, task AS item_id, "
    "'{name}/x' AS course_id, TRUE AS active FROM answers GROUP BY task"
)
GRADED = ATTEMPTS.replace("'answer'", "task AS item_id, 'answer'")
#: A course with its learners and attempts, all of the table `answers`.
SCHOOL = {
    "courses": COURSES,
    "groups": GROUPS,
    "memberships": MEMBERSHIPS,
    "attempts": ATTEMPTS,
}
#: Attempts at a course that another dataset describes.
ALONE = {"attempts": ATTEMPTS.replace("{name}/x", "shared/x")}
RUNS = {
    "courses": "SELECT _file, _line, run AS course_id, 'odd' AS category, run AS course FROM runs",
    "attempts": ATTEMPTS.replace("'{name}/x'", "run"),
}


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One dataset: its files, its mapping, and what a run must make of them."""

    files: Mapping[str, str | bytes]
    mapping: Mapping[str, str] = field(default_factory=lambda: SCHOOL)
    stored: int  #: attempts that are stored
    #: the place of each record in quarantine, and how its reason begins
    quarantined: Mapping[str, str] = field(default_factory=dict)
    courses: tuple[str, ...] | None = None  #: folders of reports; None: that of the one course
    said: str = ""  #: what the end of the run says of it, once

    def write(self, name: str, folder: Path) -> str:
        """Write files and mapping below `folder`; return how FILES_DATASETS names them."""
        for path, content in self.files.items():
            file = folder / name / "data" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / name / "mapping").mkdir()
        for table, sql in self.mapping.items():
            (folder / name / "mapping" / f"{table}.sql").write_text(sql.replace("{name}", name))
        return f"{name}={folder / name / 'mapping'}@{folder / name / 'data'}"


def rows(*lines: str, head: str = HEAD) -> str:
    """A CSV file of these lines."""
    return "\n".join([head, *lines]) + "\n"


def workbook(*lines: tuple[object, ...]) -> bytes:
    """A sheet of these rows below the usual header, formulas never computed."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD.split(","))
    for line in lines:
        sheet.append(line)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _attempts(sql: str) -> dict[str, str]:
    return {**SCHOOL, "attempts": sql}


def _alone(sql: str) -> dict[str, str]:
    return {"attempts": sql.replace("{name}/x", "shared/x")}


MORE = "SELECT _file, _line, student, '{name}/x', 'answer', points, handed_in FROM more"
WIDE = (
    "SELECT a._file, a._line, student AS learner_id, '{name}/x' AS course_id, i.t AS item_id, "
    "'answer' AS kind, i.p AS score, DATE '2024-01-18' AS at "
    "FROM answers a, LATERAL (VALUES ('q1', a.q1), ('q2', a.q2)) i(t, p)"
)
UNPIVOTED = (
    "SELECT _file, _line, student AS learner_id, '{name}/x' AS course_id, item AS item_id, "
    "'answer' AS kind, p AS score, DATE '2024-01-18' AS at "
    "FROM answers UNPIVOT (p FOR item IN (q1, q2))"
)
JOINED = (
    "SELECT a._file, a._line, student AS learner_id, '{name}/x' AS course_id, t.topic AS topic_id, "
    "'answer' AS kind, points AS score, handed_in AS at "
    "FROM answers a LEFT JOIN tasks t USING (task)"
)
SUMMED = (
    "SELECT any_value(_file) AS _file, min(_line) AS _line, '{name}/x' AS course_id, "
    "'{name}' AS category, 'x' AS course FROM answers"
)
NO_YEAR = ATTEMPTS.replace("handed_in AS at", "try_strptime(handed_in, '%d %b, %H:%M') AS at")
LEARNERS = "SELECT _file, _line, id AS learner_id, name FROM students"
UPPER = "0B2AD6AC-6A1F-4E5E-8B9F-0A2A8A6D1A11"
NAMES = "id,name\n101,Ana Núñez\n102,Iván Peña\n103,Zoë Müller\n104,José Ibáñez\n"

MISTAKES = {
    "united": Mistake(
        files={
            "answers.csv": rows(
                f"101,t1,0.9,{DAY}", f"102,t1,0.5,{DAY}", "103,t1", f"104,t1,,{DAY}"
            ),
            "more.csv": rows(f"105,t1,1,{DAY}", f"106,t1,oops,{DAY}", f"107,t1,1,{DAY},x"),
        },
        mapping=_attempts(f"{ATTEMPTS} UNION ALL {MORE}"),
        stored=4,
        quarantined={
            "answers.csv, line 4": "wrong_width: 2 fields",
            "more.csv, line 3, column score": "bad_number: score is not a number that fits: 'oops'",
            "more.csv, line 4": "wrong_width: 5 fields",
        },
    ),
    "wide": Mistake(
        files={"answers.csv": rows("101,1,oops", "102,abs,1", "103,0.7,1", head="student,q1,q2")},
        mapping=_alone(WIDE),
        stored=4,
        courses=(),
        quarantined={
            "answers.csv, line 2, column score": "bad_number: score is not a number that fits: "
            "'oops' (item_id 'q2')",
            "answers.csv, line 3, column score": "bad_number: score is not a number that fits: "
            "'abs' (item_id 'q1')",
        },
        said="files:wide: 3 lines of answers.csv gave 6 rows of attempts.",
    ),
    "unpivoted": Mistake(
        files={"answers.csv": rows("101,1,0.5", head="student,q1,q2")},
        mapping=_alone(UNPIVOTED),
        stored=2,
        courses=(),
        said="files:unpivoted: 1 line of answers.csv gave 2 rows of attempts.",
    ),
    "doubled": Mistake(
        files={
            "answers.csv": rows(f"101,t1,0.9,{DAY}"),
            "tasks.csv": "task,topic\nt1,a\nt1,b\n",
        },
        mapping=_alone(JOINED),
        stored=2,
        courses=(),
        said="files:doubled: 1 line of answers.csv gave 2 rows of attempts.",
    ),
    "mistaken": Mistake(
        files={"answers.csv": rows(f"101,t1,0.9,{DAY}")},
        mapping={"attempts": "SELECT _file, _line\nFORM answers"},
        stored=0,
        courses=(),
        said="- files:mistaken could not be read: attempts.sql, line 2: ",
    ),
    "columnless": Mistake(
        files={"answers.csv": rows(f"101,t1,0.9,{DAY}", head="student,task,points,when")},
        mapping=ALONE,
        stored=0,
        courses=(),
        said="- files:columnless/attempts/answers.csv failed: attempts.sql, line 1 reads a column "
        "'handed_in', but no file has it",
    ),
    "empty": Mistake(
        files={"answers.csv": f"{HEAD}\n"},
        mapping={"courses": SUMMED},
        stored=0,
        courses=(),
        said="files:empty: 1 slice, 1 read.",
    ),
    "repeated": Mistake(
        files={
            "answers.ndjson": '{"student": "101", "task": "t1", "points": 0.9, "points": 0.1, '
            f'"handed_in": "{DAY}"}}\n'
            f'{{"student": "102", "task": "a\\\\u0000b", "points": 0.5, "handed_in": "{DAY}"}}\n'
            f'{{"student": "{UPPER}", "task": "10:30", "points": 0.5, "handed_in": "{DAY}"}}\n',
            "students.csv": f"id,name\n102,Bo\n{UPPER},Di\n",
        },
        mapping={**SCHOOL, "learners": LEARNERS},
        stored=2,
        quarantined={"answers.ndjson, line 1": "duplicate_name: the name 'points' is given twice"},
    ),
    "digits": Mistake(
        files={
            "answers.ndjson": "".join(
                f'{{"student": 1000000000000000000000{n}, "points": 0.5, "handed_in": "{DAY}", '
                '"task": "t1"}\n'
                for n in (1, 2)
            ),
        },
        mapping=ALONE,
        stored=2,
        courses=(),
    ),
    "wrapped": Mistake(
        files={"answers.json": f'{{"answers": [\n{{"student": "101", "handed_in": "{DAY}"}}\n]}}'},
        mapping=ALONE,
        stored=0,
        courses=(),
        said="- files:wrapped/attempts/answers.json failed: answers.json is no JSON array "
        "of objects (it is one object)",
    ),
    "sheet": Mistake(
        files={
            "answers.xlsx": workbook(
                (1234567890123456, "t1", 0.9, DAY),
                (12345678901234567, "t1", 0.9, DAY),
                (103, "t1", "=45/50", DAY),
                (104, "t1", "#N/A", DAY),
            )
        },
        mapping=ALONE,
        stored=1,
        courses=(),
        quarantined={
            "answers.xlsx, line 3": "inexact_number",
            "answers.xlsx, line 4": "no_value",
            "answers.xlsx, line 5": "error_value",
        },
    ),
    "spanish": Mistake(
        files={
            "answers.csv": rows(f"101,t1,0.9,{DAY}"),
            "students.csv": NAMES.encode("cp1252"),
        },
        mapping={**SCHOOL, "learners": LEARNERS},
        stored=1,
    ),
    "thin": Mistake(
        files={
            "answers.csv": rows(f"101,t1,0.9,{DAY}"),
            "students.csv": "id,name\n101,é\n".encode("cp1252"),
        },
        mapping={**ALONE, "learners": LEARNERS},
        stored=1,
        courses=(),
        said="- files:thin/learners/students.csv held: ",
    ),
    "skipped": Mistake(
        files={
            "answers.csv": rows(
                "101,t1,0.9,2024-09-08",
                "101,t2,0.9,2024-09-08 00:00:00",
                "102,t1,0.9,2024-09-08 00:30",
            )
        },
        mapping=ALONE,
        stored=2,
        courses=(),
        quarantined={"answers.csv, line 4, column at": "bad_instant"},
    ),
    "yearless": Mistake(
        files={"answers.csv": rows('101,t1,0.9,"11 May, 09:44"')},
        mapping=_alone(NO_YEAR),
        stored=0,
        courses=(),
        quarantined={"answers.csv, line 2, column at": "impossible_day"},
    ),
    "blank": Mistake(
        files={
            "answers.csv": rows(
                f"101,t1,0.9,{DAY}", f" 101,t2,0.9,{DAY}", f"101\u00a0,t3,0.9,{DAY}"
            ),
        },
        mapping={**_attempts(GRADED), "items": ITEMS},
        stored=3,
    ),
    "strange": Mistake(
        files={"answers.csv": rows(f"101,t1,0.9,{DAY}")},
        mapping={"attempts": ATTEMPTS},
        stored=1,
        courses=(),
        said="Course 'strange/x' is in no row of courses, so nothing of it is counted: 1 attempt.",
    ),
    "verdict": Mistake(
        files={"answers.csv": rows(f"101,t1,true,{DAY}", f"102,t1,false,{DAY}")},
        mapping={
            **_attempts(GRADED.replace("points AS score", "points AS correct")),
            "items": ITEMS,
        },
        stored=2,
    ),
    "carried": Mistake(
        files={"answers.csv": rows(f"101,t1,0.9,{DAY}")},
        mapping=_attempts(ATTEMPTS.replace("'answer'", "'carried'")),
        stored=1,
    ),
    "odd": Mistake(
        files={
            "runs.csv": 'run\nodd/Lesson 1: Start?\nodd/aux\nodd/Мова*\n"odd/a/b"\n',
            "answers.csv": rows(f"101,odd/aux,0.9,{DAY}", head="student,run,points,handed_in"),
        },
        mapping=RUNS,
        stored=1,
        courses=(
            "odd/Lesson 1!3A Start!3F",
            "odd/!61ux",
            "odd/Мова!2A",
            "odd/a!2Fb",
        ),
    ),
    "twins": Mistake(
        files={
            "runs.csv": "run\nm7a\nm7b\n",
            "answers.csv": rows(f"101,m7a,0.9,{DAY}", head="student,run,points,handed_in"),
        },
        mapping=RUNS,
        stored=1,
        courses=("!/m7a", "!/m7b"),
        said="the id is not category/course",
    ),
    "shared": Mistake(
        files={"answers.csv": rows(f"101,t1,0.9,{DAY}", f"102,t1,0.4,{DAY}")},
        mapping={"courses": COURSES, "attempts": ATTEMPTS},
        stored=2,
    ),
}
