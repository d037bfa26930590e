"""Slack's native charts, the `data_visualization` block.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks.elements import ID
from sandbox.slack.blocks.shapes import Check, Review, items, number, shape, string, typed

CHARTS = 2
SERIES = 6
"""A later revision of the documentation says 12; the smaller number is certain to work."""
POINTS = 20

_TYPE: Mapping[str, Check] = {"type": string(20)}
_LABEL = string(20)
_POINT = shape({"label": _LABEL, "value": number})


def _slice(value: Any, pointer: str, review: Review) -> None:
    _POINT(value, pointer, review)
    size = value.get("value") if isinstance(value, dict) else None
    if isinstance(size, int | float) and size <= 0:
        review.fault(f"{pointer}/value", "must be greater than 0")


_PIE = shape({**_TYPE, "segments": items(_slice, SERIES)})
_AXES = shape({"categories": items(_LABEL, POINTS)}, {"x_label": string(50), "y_label": string(50)})
_PLOT = shape(
    {
        **_TYPE,
        "series": items(shape({"name": _LABEL, "data": items(_POINT, POINTS)}), SERIES),
        "axis_config": _AXES,
    }
)


def _plot(value: Any, pointer: str, review: Review) -> None:
    before = len(review.faults)
    _PLOT(value, pointer, review)
    if len(review.faults) > before:
        return
    names = [series["name"] for series in value["series"]]
    if len(set(names)) < len(names):
        review.fault(f"{pointer}/series", "series names must be unique")
    categories = value["axis_config"]["categories"]
    if len(set(categories)) < len(categories):
        review.fault(f"{pointer}/axis_config/categories", "categories must be unique")
    for position, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            review.fault(f"{pointer}/series/{position}/data", "labels must match axis_config.categories")


_CHART = typed({"pie": _PIE, "bar": _plot, "area": _plot, "line": _plot})


def data_visualization(value: Any, pointer: str, review: Review) -> None:
    """Look at a `data_visualization` block."""
    review.charts += 1
    shape({"type": string(50), "title": string(50), "chart": _CHART}, {"block_id": ID})(
        value, pointer, review
    )
