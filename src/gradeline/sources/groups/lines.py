"""The columns of people's groups file."""

from __future__ import annotations

import json

from gradeline.sources.tabular.named_columns import Columns

#: What a column may be called, in English, Russian and Spanish.
FILE_COLUMNS = Columns(
    names={
        "course": ("course", "course_id", "курс", "curso"),
        "group": ("group", "group_id", "группа", "grupo"),
        "learner": (
            "learner",
            "learner_id",
            "email",
            "e-mail",
            "ученик",
            "студент",
            "alumno",
            "id",
        ),
        "role": ("role", "роль", "rol"),
        "from": ("from", "starts_on", "с", "от", "desde"),
        "until": ("until", "ends_on", "по", "до", "hasta"),
        "rolling": ("rolling", "скользящая", "continuo"),
    },
    required=("course", "group", "learner"),
    hint="Its first line is course,group,learner,role,from,until,rolling.",
)


def as_json(values: object) -> bytes:
    """Return values as JSON; half characters, of bytes that are no text, go as escapes."""
    try:
        return json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(values).encode()
