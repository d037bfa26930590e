"""The data model of a chart, which is sent to the drawing process."""

from dataclasses import dataclass
from enum import StrEnum

from render.columns.format_numbers import DATA_SIZES, with_power
from render.columns.periods import Grain
from render.text.locales import ANYWHERE, Locale


class ChartKind(StrEnum):
    """The charts that we draw. For a reader the three kinds of bars side by side are one: BAR."""

    BAR = "bar"
    HORIZONTAL_BAR = "horizontal_bar"
    GROUPED_BAR = "grouped_bar"
    STACKED_BAR = "stacked_bar"
    LINE = "line"
    AREA = "area"
    DONUT = "donut"
    SCATTER = "scatter"
    HISTOGRAM = "histogram"
    HEAT_MAP = "heat_map"
    NUMBER = "number"


class Charts(StrEnum):
    """How charts are shown: as pictures, as Slack's own blocks where those can say it all, or not at all."""

    PNG = "png"
    NATIVE = "native"
    OFF = "off"


DATA = "B"
"""What stands for the sign of a currency where amounts are bytes, which are written as sizes of data."""
OFF = "off"
"""What a reader picks who wants the table alone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A chart that the data allow, as a menu offers it: `wanted` is what `chart_and_choices` takes."""

    wanted: str
    label: str


class Unit(StrEnum):
    """How the numbers of an axis are written; FRACTION is of one (0.25 is 25%), PERCENT is of a hundred."""

    NUMBER = "number"
    FRACTION = "fraction"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Notation:
    """How one reader writes the numbers of an axis; `sign` is that of a currency, or DATA."""

    unit: Unit = Unit.NUMBER
    sign: str = ""
    locale: Locale = ANYWHERE

    def write(self, number: str) -> str:
        """Return what Python wrote ("-1,234.5K", "12.5%", "1e+18") as it is read, with a currency's sign."""
        text = self.locale.digits(with_power(number.rstrip("%")))
        if number.endswith("%"):
            return self.locale.percentage(text)
        if self.sign == DATA:
            short = text.rstrip("KMBT")
            return short + DATA_SIZES[text[len(short) :]]
        return self.locale.amount(text, self.sign) if self.sign else text

    @property
    def has_cents(self) -> bool:
        """Whether these are amounts of money."""
        return self.sign not in {"", DATA}


PLAIN = Notation()


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one colour of bars; None is a gap and stays one."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: `series` each have one value per label.

    `positions` places the values along x: days since 1970-01-01 on a time axis (then `grain` is set), the
    first measure in a scatter plot, the edges of a histogram's bars (one more than values). Without
    positions the values stand side by side over `labels`.
    """

    kind: ChartKind
    title: str
    x_title: str
    y_title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt_text: str
    note: str = ""
    unit: Unit = Unit.NUMBER
    positions: tuple[float, ...] = ()
    grain: Grain | None = None
    x_unit: Unit = Unit.NUMBER
    sign: str = ""
    x_sign: str = ""
    """What goes with the numbers of an axis: the sign of a currency, or DATA."""
    series_title: str = ""
    """What the series are items of, when they are: the region of one line per region."""
    rest: str = ""
    """The label or series that sums up what has no place of its own."""
    cut: str = ""
    """Which rows are drawn where not all have a place: the "highest", the "lowest", or others."""
    is_course: bool = True
    """Its points follow one another for sure: from the first to the last there is a change."""
    is_part: bool = False
    """Rows beyond those drawn were left out by the query: the last of the highest is not the lowest."""
    unfinished: tuple[str, ...] = ()
    """The labels or series of periods that are not over: marked, and never compared as if they were."""
    is_one_of_several: bool = False
    """The result has measures that are not drawn: a title of the whole does not say which of them this is."""
    subtotals: tuple[str, ...] = ()
    """The labels or series that are made of those before them: marked, and parts of nothing."""
    finding: str = ""
    """What it shows, as a sentence; nothing where it shows a part of the rows."""
    locale: Locale = ANYWHERE
    """How the user who asked writes numbers and dates: one process draws for many users."""

    @property
    def notation(self) -> Notation:
        """How the values are written."""
        return Notation(self.unit, self.sign, self.locale)

    @property
    def x_notation(self) -> Notation:
        """How the positions are written where they are numbers."""
        return Notation(self.x_unit, self.x_sign, self.locale)
