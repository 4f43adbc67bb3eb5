"""A subset of the refresh in pandas: KPIs, weekly attendance, distribution, accuracy by level.

It is what an analyst would write first; plan, leaderboards and risk are left out.
"""

from __future__ import annotations

import pandas as pd

from bench import publishers

RUN = ["code_module", "code_presentation"]
PAIR = [*RUN, "id_assessment", "id_student"]


def compute() -> dict[str, pd.DataFrame]:
    """`kpis` by course, `weeks`, `bands` and `levels`, each as one frame."""
    runs, places = _runs(), _places()
    work = _work(runs, places)
    active = _active(runs, work["submissions"])
    pairs = work["pairs"]
    return {
        "kpis": _kpis(places, pairs, active),
        "weeks": active.merge(places[[*RUN, "id_student"]])
        .groupby([*RUN, "week"])
        .size()
        .to_frame(),
        "bands": pairs[pairs.completed]
        .assign(low=lambda rows: (rows.grade // 10 * 10).clip(upper=90))
        .groupby([*RUN, "low"])
        .size()
        .to_frame(),
        "levels": work["submissions"]
        .dropna(subset=["score"])
        .assign(correct=lambda rows: rows.score >= 40)
        .groupby("assessment_type")
        .correct.mean()
        .to_frame(),
    }


def _read(table: str) -> pd.DataFrame:
    return pd.read_parquet(publishers.PARQUET / f"{table}.parquet")


def _runs() -> pd.DataFrame:
    return _read("courses").rename(columns={"module_presentation_length": "length"})


def _places() -> pd.DataFrame:
    places = _read("studentInfo").merge(_read("studentRegistration"), on=[*RUN, "id_student"])
    places = places.merge(_runs(), on=RUN)
    first, last = places.date_registration, places.date_unregistration
    counted = (first.isna() | (first <= places.length)) & (last.isna() | (last >= 0))
    return places[counted & ~(first > last)]


def _work(runs: pd.DataFrame, places: pd.DataFrame) -> dict[str, pd.DataFrame]:
    items = _read("assessments").merge(runs, on=RUN)
    submissions = _read("studentAssessment").merge(items, on="id_assessment")
    best = submissions.groupby(PAIR, as_index=False).agg(
        grade=("score", "max"), submissions=("score", "size")
    )
    pairs = places[[*RUN, "id_student"]].merge(items[[*RUN, "id_assessment"]], on=RUN)
    pairs = pairs.merge(best, on=PAIR, how="left")
    pairs["completed"] = pairs.grade.fillna(0) > 0
    return {"submissions": submissions, "pairs": pairs}


def _active(runs: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    clicks = pd.read_parquet(
        publishers.PARQUET / "studentVle", columns=["id_student", "date", *RUN]
    ).astype(dict.fromkeys(RUN, "str"))
    clicks = clicks.merge(runs, on=RUN)
    answers = submissions[submissions.is_banked == 0].drop(columns="date")
    answers = answers.rename(columns={"date_submitted": "date"})
    both = pd.concat([clicks, answers[clicks.columns]])
    both = both[(both.date >= 0) & (both.date <= both.length)]
    return both.assign(week=both.date // 7)[[*RUN, "id_student", "week"]].drop_duplicates()


def _kpis(places: pd.DataFrame, pairs: pd.DataFrame, active: pd.DataFrame) -> pd.DataFrame:
    learners = active[[*RUN, "id_student"]].drop_duplicates()
    attended = places[[*RUN, "id_student"]].merge(learners).groupby(RUN).size()
    by_course = pairs.groupby(RUN)
    done = pairs[pairs.completed].groupby(RUN).grade
    return pd.DataFrame(
        {
            "attendance_rate": attended / places.groupby(RUN).size(),
            "response_rate": by_course.submissions.count() / by_course.size(),
            "completion_rate": by_course.completed.mean(),
            "average_grade": done.mean(),
            "average_grade_all": done.sum() / by_course.size(),
        }
    )
