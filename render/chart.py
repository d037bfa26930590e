"""Choose a chart for a table, or none: a frozen description that `render.figure` draws."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The charts that we draw."""

    BAR = "bar"
    HORIZONTAL_BAR = "horizontal_bar"
    GROUPED_BAR = "grouped_bar"
    LINE = "line"
    SCATTER = "scatter"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one colour of bars; None is a gap and stays one."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw; plain data that travels to the drawing process."""

    kind: Kind
    title: str
    x_title: str
    y_title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt_text: str
    note: str = ""
