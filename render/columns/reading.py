"""The one reading of a result: what each column means, and which rows are not like the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from genie.model import Column
from render.columns.kinds import NUMBER_TYPES, NUMBERS, Kind
from render.columns.periods import Grain
from render.columns.units import Titled, Unit


class Role(StrEnum):
    """What a column is for in its result."""

    TIME = "time"
    ORDERED = "ordered"
    """Categories with an order of their own: weekdays, bands, steps, hours of the day."""
    CATEGORY = "category"
    IDENTIFIER = "id"
    RANK = "rank"
    MEASURE = "measure"
    SHARE = "share"
    """Parts of one whole that is in this result."""
    COMPARISON = "comparison"
    """A target, an earlier value or a change of another measure."""
    TEXT = "text"


AMOUNTS = frozenset({Role.MEASURE, Role.SHARE, Role.COMPARISON})
"""The roles of numbers that are measured; numbers of other roles are names and places."""


NAMES = (Role.TIME, Role.CATEGORY, Role.ORDERED, Role.IDENTIFIER, Role.TEXT)
"""The roles of columns that name rows, the most telling first."""


class Adds(StrEnum):
    """Over what a sum of a column means something."""

    EVERYWHERE = "all"
    NOT_OVER_TIME = "not_over_time"
    """Holdings and people: those of May are those of June, too."""
    NEVER = "no"
    """Averages, ratios, distinct counts, cumulative values, and everything in doubt."""


class Source(StrEnum):
    """Where it is known from; a lower one only speaks where those above are silent."""

    SQL = "sql"
    TYPE = "type"
    NAME = "name"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column is."""

    column: Column
    kind: Kind
    """How its values are written."""
    role: Role
    adds: Adds = Adds.NEVER
    titled: Titled = field(kw_only=True)
    """What it is called, and its unit."""
    known_from: Source = Source.TYPE
    grain: Grain | None = None
    """Of a TIME that has periods."""
    moments: tuple[datetime | None, ...] = ()
    """When the period of each row begins, on one clock; nothing for a TIME that is none of the calendar."""
    monday: int | None = None
    """Of an ORDERED that numbers the days of the week: the number of a Monday, where the query tells it."""
    year: int | None = None
    """The position of the column that says of which year the months, quarters or weeks of a TIME are."""
    in_order: tuple[str, ...] = ()
    """The different values of an ORDERED, or of the lines of a statement, the first one first."""
    is_fiscal: bool = False
    """A TIME that is not the calendar's: it stays as it came."""
    in_row_currency: bool = False
    """Its amounts are each in the one of several currencies that the row names."""
    compares: int | None = None
    """The position of the measure that a COMPARISON belongs to."""
    is_previous: bool = False
    """A COMPARISON that is the same measure a period before: no target, and no change."""

    @property
    def unit(self) -> Unit:
        """In what its amounts are measured."""
        return self.titled.unit

    @property
    def is_amount(self) -> bool:
        """Whether its values are numbers that are measured, and written as such."""
        is_number = self.kind in NUMBERS and self.column.type_name.upper() in NUMBER_TYPES
        return self.role in AMOUNTS and is_number


@dataclass(frozen=True, slots=True)
class Steps:
    """Columns that are one measure at numbered ages of cohorts, which are the rows."""

    columns: tuple[int, ...]
    ages: tuple[int, ...]
    since: str
    """What the ages count: months."""
    name: str
    """What the measure is called, by the columns or else by their query; empty if nothing says it."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result is; positions are those of its columns and rows."""

    columns: tuple[ColumnReading, ...]
    totals: frozenset[int] = frozenset()
    """Rows that add up others."""
    unfinished: frozenset[int] = frozenset()
    """Rows of a period that is not over."""
    to_come: frozenset[int] = frozenset()
    """Rows of a period that has not begun, beside others: what is not there yet is not missing."""
    rest: frozenset[int] = frozenset()
    """Rows that stand for all that has no name of its own: they count in sums, and are never compared."""
    order: int | None = None
    """The column by which the query ordered the rows."""
    limited: bool = False
    """Rows were left out, by the query or on their way here."""
    currencies: int | None = None
    """A column that says in which of several currencies the amounts of a row are."""
    is_metric_list: bool = False
    """Each row is another figure, so no two of them go together."""
    parts: tuple[int, ...] = ()
    """Measures that are disjoint parts of one whole: those of a row may be added up."""
    whole: int | None = None
    """The measure that is the sum of `parts` in every row."""
    steps: Steps | None = None
    """Of a table of cohorts with a column for each age."""
    lines: int | None = None
    """The column that names the lines of a statement (profit and loss): its totals are subtotals, each made
    of lines before it, and the rows stay in their order."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """How the values of each column are written."""
        return tuple(column.kind for column in self.columns)

    @property
    def time(self) -> int | None:
        """The first column that tells of every row but totals when it is, and not only in which year."""
        years = {column.year for column in self.columns}
        return next(
            (at for at, column in enumerate(self.columns) if at not in years and self._dates(column)), None
        )

    def _dates(self, column: ColumnReading) -> bool:
        moments = enumerate(column.moments)
        return bool(column.moments) and all(moment or at in self.totals for at, moment in moments)

    def of_rows(self, rows: Sequence[int]) -> "Reading":
        """Return what is known of some of the rows, which then are counted from zero."""
        place = {row: at for at, row in enumerate(rows)}
        columns = (
            replace(column, moments=tuple(column.moments[row] for row in rows)) if column.moments else column
            for column in self.columns
        )
        return replace(
            self,
            columns=tuple(columns),
            totals=frozenset(place[row] for row in self.totals if row in place),
            unfinished=frozenset(place[row] for row in self.unfinished if row in place),
            rest=frozenset(place[row] for row in self.rest if row in place),
            to_come=frozenset(place[row] for row in self.to_come if row in place),
        )
