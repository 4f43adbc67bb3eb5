"""The KPIs of OULAD's courses, computed by polars straight from what the publishers wrote."""

from __future__ import annotations

from pathlib import Path

import polars as pl

COURSE = ["code_module", "code_presentation"]


def kpis(folder: Path, *, clicks: Path | None = None) -> pl.DataFrame:
    """A row per course: E, A, submissions and the five KPIs, days counted from its start."""
    courses = _table(folder, "courses").select(
        *COURSE, length=pl.col("module_presentation_length").cast(pl.Int64)
    )
    enrolled = _enrolled(folder, courses)
    items = _table(folder, "assessments").select(
        *COURSE, item=pl.col("id_assessment").cast(pl.Int64)
    )
    handed = _handed(folder, items).join(enrolled, on=[*COURSE, "who"], how="semi")
    active = _active(folder, clicks or folder, courses, handed)
    present = enrolled.join(active, on=[*COURSE, "who"], how="semi")
    pairs = _sizes(courses, enrolled, items).join(
        present.group_by(COURSE).len("present"), on=COURSE, how="left"
    )
    # In OULAD nobody hands the same assessment in twice, so a row is a pair.
    graded = handed.group_by(COURSE).agg(
        submissions=pl.len(),
        completed=(pl.col("score") > 0).sum(),
        total=pl.col("score").filter(pl.col("score") > 0).sum(),
    )
    return _rates(pairs.join(graded, on=COURSE, how="left").fill_null(0)).sort("course_id")


def _table(folder: Path, name: str) -> pl.DataFrame:
    path = folder / f"{name}.parquet"
    if path.exists():
        return pl.read_parquet(path)
    return pl.read_csv(folder / f"{name}.csv", infer_schema_length=None)


def _enrolled(folder: Path, courses: pl.DataFrame) -> pl.DataFrame:
    """Who was registered on at least one day from 0 to the last."""
    begins, leaves = pl.col("date_registration"), pl.col("date_unregistration")
    # In CSV a missing day is an empty string.
    days = pl.col("^date_.*$").cast(pl.Float64, strict=False)
    rows = _table(folder, "studentRegistration").with_columns(days).join(courses, on=COURSE)
    overlaps = (
        (begins.is_null() | (begins <= pl.col("length")))
        & (leaves.is_null() | (leaves >= 0))
        & (begins.is_null() | leaves.is_null() | (begins <= leaves))
    )
    return rows.filter(overlaps).select(*COURSE, who=pl.col("id_student").cast(pl.Int64))


def _handed(folder: Path, items: pl.DataFrame) -> pl.DataFrame:
    return (
        _table(folder, "studentAssessment")
        .select(
            item=pl.col("id_assessment").cast(pl.Int64),
            who=pl.col("id_student").cast(pl.Int64),
            day=pl.col("date_submitted").cast(pl.Int64),
            banked=pl.col("is_banked").cast(pl.Int64),
            score=pl.col("score").cast(pl.Float64, strict=False),
        )
        .join(items, on="item")
    )


def _active(
    folder: Path, clicks: Path, courses: pl.DataFrame, handed: pl.DataFrame
) -> pl.DataFrame:
    """Learners with a click or a submission of their own, from day 0 to the last."""
    seen = (
        pl.scan_parquet(clicks / "studentVle" / "**" / "*.parquet", hive_partitioning=True)
        .select(
            *(pl.col(name).cast(pl.String) for name in COURSE),
            who=pl.col("id_student").cast(pl.Int64),
            day=pl.col("date").cast(pl.Int64),
        )
        .unique()
        .collect(engine="streaming")
    )
    own = handed.filter(pl.col("banked") == 0).select(*COURSE, "who", "day")
    days = pl.concat([seen, own]).join(courses, on=COURSE)
    return (
        days.filter(pl.col("day").is_between(0, pl.col("length"))).select(*COURSE, "who").unique()
    )


def _sizes(courses: pl.DataFrame, enrolled: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    return (
        courses.join(enrolled.group_by(COURSE).len("enrolled"), on=COURSE, how="left")
        .join(items.group_by(COURSE).len("items"), on=COURSE, how="left")
        .fill_null(0)
    )


def _rates(rows: pl.DataFrame) -> pl.DataFrame:
    pairs = pl.col("enrolled") * pl.col("items")
    return rows.select(
        "enrolled",
        "items",
        "submissions",
        course_id=pl.concat_str(COURSE, separator="/"),
        attendance_rate=pl.col("present") / pl.col("enrolled"),
        response_rate=pl.col("submissions") / pairs,
        completion_rate=pl.col("completed") / pairs,
        average_grade=pl.col("total") / pl.col("completed"),
        average_grade_all=pl.col("total") / pairs,
    )
