"""Charts as Slack's own block: within its limits, judged by the local Slack, or not at all."""

from dataclasses import replace

import pytest

from render.answer.native_chart import native_chart
from render.chart.model import Chart, ChartKind, Series, Unit
from render.columns.periods import Grain
from sandbox.slack.blocks.check import BlockRules, check_message

RULES = BlockRules(file_ready=lambda _: False)

BARS = Chart(
    ChartKind.BAR,
    "Revenue by region",
    "Region",
    "Revenue",
    ("EMEA", "APAC"),
    (Series("Revenue", (2.0, -1.25)),),
    alt_text="",
    sign="$",
)
LINE = replace(
    BARS, kind=ChartKind.LINE, grain=Grain.MONTH, positions=(0.0, 31.0), labels=("Jan 2026", "Feb 2026")
)
SLICES = replace(
    BARS, kind=ChartKind.DONUT, series=(Series("Share", (0.6, 0.4)),), unit=Unit.FRACTION, sign=""
)


def test_bars_become_slacks_own_bars() -> None:
    """Labels, values and the sign of the currency are all there."""
    [block] = native_chart(BARS)
    assert block["title"] == "Revenue by region"
    assert block["chart"]["type"] == "bar"
    assert block["chart"]["axis_config"]["y_label"] == "Revenue ($)"
    data = [{"label": "EMEA", "value": 2}, {"label": "APAC", "value": -1.25}]
    assert block["chart"]["series"] == [{"name": "Revenue", "data": data}]


def test_a_donut_becomes_a_pie_of_percentages() -> None:
    """Fractions are written as people read them."""
    [block] = native_chart(SLICES)
    assert block["chart"]["segments"] == [{"label": "EMEA", "value": 60}, {"label": "APAC", "value": 40}]


@pytest.mark.parametrize("chart", [BARS, LINE, SLICES, replace(BARS, note="The 2 highest of 9.")])
def test_slack_takes_what_is_made(chart: Chart) -> None:
    """No block breaks a rule of the local Slack, which keeps to the smaller of two documented limits."""
    check_message(native_chart(replace(chart, title="A title " * 20)), None, RULES)


@pytest.mark.parametrize(
    "chart",
    [
        replace(BARS, series=(Series("Revenue", (2.0, None)),)),
        replace(BARS, labels=("EMEA", "A name of more than twenty letters")),
        replace(BARS, labels=("EMEA", "EMEA")),
        replace(BARS, labels=tuple(map(str, range(21))), series=(Series("Revenue", (1.0,) * 21),)),
        replace(BARS, series=tuple(Series(f"S{at}", (1.0, 2.0)) for at in range(7))),
        replace(BARS, kind=ChartKind.STACKED_BAR),
        replace(BARS, kind=ChartKind.HEAT_MAP),
        replace(BARS, kind=ChartKind.AREA, series=(Series("A", (1.0, 2.0)), Series("B", (1.0, 2.0)))),
        replace(SLICES, series=(Series("Share", (1.0, 0.0)),)),
    ],
    ids=[
        *("gap", "long label", "same label", "many points", "many series"),
        *("stack", "heat map", "stacked areas", "empty slice"),
    ],
)
def test_what_the_block_cannot_show_stays_a_picture(chart: Chart) -> None:
    """Nothing is cut, filled or left out to fit into the block."""
    assert native_chart(chart) == []
