"""Metrics for Prometheus, counted from `bot.observability.records`, in a registry of their own.

Labels have few values, all of which the settings or the code name: no person, channel or text is one.
https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import singledispatchmethod

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.observability.gauges import Gauges
from bot.observability.records import (
    GenieCalled,
    JobEnded,
    LoopLagged,
    QuestionEnded,
    Record,
    Rendered,
    ResearchEnded,
    SlackCalled,
    StepFailed,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
PREFIX = "genie_bot"
NO_SPACE, OTHER_SPACE = "none", "other"
"""Of a question that Genie never got, and of one in a space that is configured no longer."""
STAGE_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600, 1800)
CALL_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
RENDER_BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30)
LAG_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Metrics:
    """Counts records; `observe` is called from the event loop alone."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        """Label spaces with their names in `spaces`, by their ids."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # they double all series, unread
        self._spaces = spaces
        self._shared = _SharedGauges()
        self.registry = CollectorRegistry(auto_describe=True)
        self.registry.register(self._shared)
        ProcessCollector(registry=self.registry)
        counter, histogram = self._counter, self._histogram
        self._questions = counter("questions", "Questions that ended", "outcome", "space")
        self._reused = counter("questions_reused", "Questions that shared the Genie message of the same one")
        self._stages = histogram("stage_seconds", "Time of a question in a stage", STAGE_BUCKETS, "stage")
        self._polls = counter("polls", "Looks at questions in Genie, counted when they end")
        self._research = counter("research", "Questions for research that ended", "outcome")
        self._research_seconds = histogram("research_seconds", "Time of research", STAGE_BUCKETS)
        self._jobs = counter("jobs", "Jobs of clicks that ended", "kind", "outcome")
        self._job_seconds = histogram("job_seconds", "Time from a click to its end", STAGE_BUCKETS, "kind")
        self._step_failures = counter("step_failures", "Steps that were not done", "cause")
        self._slack = counter("slack_calls", "Calls to Slack", "method", "result")
        self._slack_seconds = histogram("slack_call_seconds", "Time of a call to Slack", CALL_BUCKETS)
        self._genie = counter("genie_calls", "Requests to Databricks", "operation", "result")
        self._genie_seconds = histogram("genie_call_seconds", "Time of a request to Databricks", CALL_BUCKETS)
        self._rendered = counter("renderings", "Pieces of rendering", "work", "result")
        self._render_seconds = histogram(
            "render_seconds", "Time of a piece of rendering", RENDER_BUCKETS, "work"
        )
        self._lag = histogram("loop_lag_seconds", "Lateness of the event loop", LAG_BUCKETS)

    def exposition(self, shared: Gauges | None) -> bytes:
        """Return all metrics as Prometheus reads them; `shared` is None where Redis did not tell."""
        self._shared.now = shared
        return generate_latest(self.registry)

    @singledispatchmethod
    def observe(self, record: Record) -> None:
        """Count a record."""
        raise TypeError(type(record).__name__)

    @observe.register
    def _(self, record: QuestionEnded) -> None:
        space = self._spaces.get(record.space, OTHER_SPACE) if record.space else NO_SPACE
        self._questions.labels(record.outcome, space).inc()
        self._polls.inc(record.polls)
        self._reused.inc(record.reused)
        for stage, seconds in record.seconds.items():
            self._stages.labels(stage.value).observe(seconds)

    @observe.register
    def _(self, record: ResearchEnded) -> None:
        self._research.labels(record.outcome).inc()
        self._research_seconds.observe(record.seconds)

    @observe.register
    def _(self, record: JobEnded) -> None:
        self._jobs.labels(record.kind, record.outcome).inc()
        self._job_seconds.labels(record.kind).observe(record.seconds)

    @observe.register
    def _(self, record: StepFailed) -> None:
        self._step_failures.labels(record.cause).inc()

    @observe.register
    def _(self, record: SlackCalled) -> None:
        self._slack.labels(record.method, record.result).inc()
        self._slack_seconds.observe(record.seconds)

    @observe.register
    def _(self, record: GenieCalled) -> None:
        self._genie.labels(record.operation, record.result).inc()
        self._genie_seconds.observe(record.seconds)

    @observe.register
    def _(self, record: Rendered) -> None:
        self._rendered.labels(record.work, record.result).inc()
        self._render_seconds.labels(record.work).observe(record.seconds)

    @observe.register
    def _(self, record: LoopLagged) -> None:
        self._lag.observe(record.seconds)

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"{PREFIX}_{name}", about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"{PREFIX}_{name}", about, labels, registry=self.registry, buckets=buckets)


class _SharedGauges(Collector):
    """Gauges of what Redis told last; without it there are none, rather than old ones."""

    now: Gauges | None = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = float(self.now is not None)
        yield GaugeMetricFamily(f"{PREFIX}_redis_up", "Whether Redis told the shared figures", value=up)
        for each in fields(Gauges) if self.now else ():
            value = float(getattr(self.now, each.name))
            yield GaugeMetricFamily(f"{PREFIX}_{each.name}", each.metadata["about"], value=value)
