"""Measures of the installation, read from its tables whenever monitoring asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gradeline.warehouse.connect.database import PoolUse
from gradeline.warehouse.operation import REFRESH, Figure

_EXPORT = "make-export"
_ENDS = ("success", "error")
_FORMATS = ("csv", "pdf", "xlsx")


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """A metric of which the tables hold one figure for each of its series."""

    figure: str  #: its name in the tables
    name: str
    help: str
    labels: Sequence[str] = ()
    counts: bool = False  #: it never becomes less


_DECLARED = (
    _Kind(
        figure="job_runs",
        name="gradeline_jobs_total",
        help="Jobs that ended, by their kind and how.",
        labels=("job", "status"),
        counts=True,
    ),
    _Kind(
        figure="job_seconds",
        name="gradeline_job_seconds_total",
        help="Seconds that jobs took.",
        labels=("job",),
        counts=True,
    ),
    _Kind(
        figure="queue",
        name="gradeline_queue",
        help="Jobs that wait (todo), run (doing) or failed.",
        labels=("job", "state"),
    ),
    _Kind(
        figure="slices",
        name="gradeline_slices",
        help="Slices of sources by what became of them.",
        labels=("source", "state"),
    ),
    _Kind(
        figure="loaded_age",
        name="gradeline_source_age_seconds",
        help="Seconds since data of a source was loaded.",
        labels=("source",),
    ),
    _Kind(
        figure="build_age",
        name="gradeline_build_age_seconds",
        help="Seconds since figures were published that had changed.",
    ),
    _Kind(
        figure="figures_age",
        name="gradeline_figures_age_seconds",
        help="Seconds since it was last found that figures are up to date.",
    ),
    _Kind(
        figure="messages",
        name="gradeline_messages",
        help="Messages to recipients by channel and state.",
        labels=("channel", "state"),
    ),
    _Kind(
        figure="exports",
        name="gradeline_exports",
        help="Exports by status.",
        labels=("status",),
    ),
    _Kind(
        figure="backup_age",
        name="gradeline_backup_age_seconds",
        help="Seconds since the newest good backup began.",
    ),
    _Kind(
        figure="backup_bytes",
        name="gradeline_backup_bytes",
        help="Size of the newest good backup.",
    ),
    _Kind(
        figure="backup_problem",
        name="gradeline_backup_problems",
        help="Backups since the newest good one that failed or shrank.",
    ),
    _Kind(figure="workers", name="gradeline_workers", help="Workers that live."),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Installation(Collector):
    """What a scrape shows of the installation."""

    figures: Sequence[Figure] | None  #: None = the database does not answer
    pool: PoolUse | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics."""
        yield GaugeMetricFamily(
            "gradeline_database_up",
            "Whether the database answers: 1 or 0.",
            value=float(self.figures is not None),
        )
        if self.pool is not None:
            yield from _pool_metrics(self.pool)
        if self.figures is not None:
            by_name: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
            for one in self.figures:
                by_name[one.name][tuple(one.labels)] = one.value
            yield from map(_declared_metric, _DECLARED, (by_name[d.figure] for d in _DECLARED))
            yield from _Workers(
                runs=by_name["job_runs"],
                last=by_name["job_last_seconds"],
                generated=by_name["exports_generated"],
            ).metrics()


def _declared_metric(declared: _Kind, values: Mapping[tuple[str, ...], float]) -> Metric:
    family = CounterMetricFamily if declared.counts else GaugeMetricFamily
    metric = family(declared.name, declared.help, labels=declared.labels)
    for labels, value in sorted(values.items()):
        metric.add_metric(labels, value)
    return metric


def _pool_metrics(pool: PoolUse) -> Iterator[Metric]:
    connections = GaugeMetricFamily(
        "gradeline_database_connections",
        "Connections of this process to the database.",
        labels=("state",),
    )
    connections.add_metric(("used",), pool.lent)
    connections.add_metric(("free",), pool.free)
    yield connections
    yield GaugeMetricFamily(
        "gradeline_database_requests_waiting",
        "Requests that wait for a connection.",
        value=pool.waiting,
    )


@dataclass(frozen=True, kw_only=True)
class _Workers:
    """The metrics of workers under the names that users of the older service know.

    Each series is there from the start, at 0: an increase from nothing would not be seen.
    """

    runs: Mapping[tuple[str, ...], float]  #: job, status → how many
    last: Mapping[tuple[str, ...], float]  #: job → seconds
    generated: Mapping[tuple[str, ...], float]  #: format → how many exports

    def metrics(self) -> Iterator[Metric]:
        """Yield them."""
        yield CounterMetricFamily(
            "reporting_worker_ticks_total",
            "Ticks of the worker that computes results.",
            value=sum(self._ended(REFRESH, how) for how in _ENDS),
        )
        yield CounterMetricFamily(
            "reporting_worker_errors_total",
            "Ticks of that worker that failed.",
            value=self._ended(REFRESH, "error"),
        )
        yield GaugeMetricFamily(
            "reporting_worker_tick_seconds",
            "Seconds that its last tick took, or that the one under way has taken so far.",
            value=self.last.get((REFRESH,), 0.0),
        )
        yield self._by_status(
            "analytics_worker_ticks_total", "Ticks that compute results.", REFRESH
        )
        yield self._by_status("export_worker_ticks_total", "Exports that were tried.", _EXPORT)
        generated = CounterMetricFamily(
            "exports_generated_total", "Exports that became ready.", labels=("format",)
        )
        for form in _FORMATS:
            generated.add_metric((form,), self.generated.get((form,), 0.0))
        yield generated

    def _by_status(self, name: str, meaning: str, job: str) -> Metric:
        metric = CounterMetricFamily(name, meaning, labels=("status",))
        for how in _ENDS:
            metric.add_metric((how,), self._ended(job, how))
        return metric

    def _ended(self, job: str, how: str) -> float:
        return self.runs.get((job, how), 0.0)
