"""What stands under a line whose periods no calendar has."""

import pytest

from render.chart.model import ChartKind
from render.columns.reading import Role
from render.figure.fonts import text_width
from render.figure.lines import time_marks
from render.figure.style import LABEL
from tests.unit.render.chart.hand_read import amount, label, result


@pytest.mark.parametrize("pattern", ["20{:02}/20{:02}", "FY{:02}-P{:02}", "Season {:02}/{:02}"])
def test_labels_of_periods_do_not_touch(pattern: str) -> None:
    """Fiscal years and periods under a line are thinned out by their width."""
    rows = [(pattern.format(at, at + 1), at * 7 % 9) for at in range(8, 24)]
    chart = result([label("period", Role.TIME), amount("graduates")], rows).drawn()
    assert chart.kind is ChartKind.LINE
    for inches in (2.0, 4.0, 6.0):
        marks = time_marks(chart, inches)
        apart = (marks[1][0] - marks[0][0]) * inches / len(chart.labels)
        assert max(text_width(text, LABEL) for _, text in marks) < apart
