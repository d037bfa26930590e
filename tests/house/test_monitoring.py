"""Dashboard, alerts and the operators' page speak of the metrics that the bot has."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.observability.gauges import Gauges
from bot.observability.metrics import Metrics
from bot.observability.records import (
    GenieCalled,
    JobEnded,
    LoopLagged,
    QuestionEnded,
    Rendered,
    ResearchEnded,
    SlackCalled,
    Stage,
    StepFailed,
)
from tests.house.tree import ROOT

FOLDER = ROOT / "monitoring"
ALERTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD: dict[str, Any] = json.loads((FOLDER / "dashboard.json").read_text())
GAUGES = Gauges(
    line_length=1,
    line_oldest_seconds=1,
    unfinished=1,
    due_seconds=1,
    limit_used=1,
    limit_capacity=1,
    limit_closed_seconds=1,
    processes=1,
    watches=1,
    watches_due_seconds=1,
)
OF_PROMETHEUS = frozenset({"job", "instance"})
"""Labels that Prometheus adds."""


def metrics() -> dict[str, set[str]]:
    """Return each series that a bot has which has done everything, with its labels."""
    counted = Metrics({})
    for record in (
        QuestionEnded("answered", "s", 1, dict.fromkeys(Stage, 1.0)),
        ResearchEnded("answered", 90),
        JobEnded("export", "exported", 1),
        StepFailed("slack"),
        SlackCalled("chat.update", "ok", 1),
        GenieCalled("GET spaces/*", "ok", 1),
        Rendered("draw", "ok", 1),
        LoopLagged(1),
    ):
        counted.observe(record)
    found: dict[str, set[str]] = {}
    for line in counted.exposition(GAUGES).decode().splitlines():
        if series := re.fullmatch(r"(\w+)(?:\{(.*)\})? \S+", line):
            found.setdefault(series[1], set()).update(re.findall(r"(\w+)=\"", series[2] or ""))
    return found


METRICS = metrics()


def queries() -> Iterator[tuple[str, str]]:
    """Yield each query with where it stands."""
    for rule in ALERTS:
        yield rule["alert"], rule["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield f"{panel['title']} {target['refId']}", target["expr"]


QUERIES = dict(queries())


@pytest.mark.parametrize("name", QUERIES)
def test_each_query_asks_for_what_is_there(name: str) -> None:
    """Its metrics exist, and each of them, or one it is joined with, has the labels that it names."""
    query = QUERIES[name]
    asked = set(re.findall(r"\b(?:genie_bot|process)_\w+", query))
    assert asked
    assert asked - METRICS.keys() == set()
    labels = set(re.findall(r"(\w+)(?:=~|!~|!=|=)\"", query))
    labels |= {label for group in re.findall(r"by \(([^)]*)\)", query) for label in group.split(", ")}
    assert labels - OF_PROMETHEUS - set().union(*(METRICS[each] for each in asked)) == set()


def test_every_metric_is_explained_to_operators() -> None:
    """The page has one row for each, with its labels, and no row of another."""
    page = (ROOT / "docs" / "operating" / "monitoring.md").read_text()
    body = page.partition("<!-- metrics -->")[2].partition("<!-- /metrics -->")[0]
    rows = re.findall(r"^\| `(genie_bot_\w+)` \|([^|]*)\|", body, re.MULTILINE)
    explained = {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}
    counted: dict[str, set[str]] = {}
    for name, labels in METRICS.items():
        if name.startswith("genie_bot_"):
            counted.setdefault(re.sub(r"_(bucket|count|sum)$", "", name), set()).update(labels - {"le"})
    assert explained == counted


def test_every_alert_says_what_to_do() -> None:
    """There are five, each is on the operators' page, and all are told how grave they are."""
    page = (ROOT / "docs" / "operating" / "monitoring.md").read_text()
    explained = re.findall(r"^\| `(GenieBot\w+)` \|", page, re.MULTILINE)
    assert explained == [each["alert"] for each in ALERTS]
    assert len(ALERTS) == 5
    assert {each["labels"]["severity"] for each in ALERTS} <= {"critical", "warning"}


def test_no_label_can_have_very_many_values() -> None:
    """No person, channel, question or text is a label: each would be a series for ever."""
    labels = set().union(*METRICS.values()) - {"le"}
    assert labels == {"outcome", "space", "stage", "kind", "cause", "method", "operation", "result", "work"}
