"""What a query says about the columns and rows of its result, without sqlglot."""

from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    """What makes a column's values, as far as it matters for reading them."""

    COLUMN = "column"
    """A column of a table as it is."""
    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    AVERAGE = "average"
    MEDIAN = "median"
    """Any percentile."""
    MIN = "min"
    MAX = "max"
    SPREAD = "spread"
    """Standard deviation or variance."""
    RATIO = "ratio"
    SHARE = "share"
    """A part of the sum over all rows of the result, or over those of a group."""
    RANK = "rank"
    BUCKET = "bucket"
    """The number of an equal part of the rows (NTILE), or a band made with CASE."""
    RUNNING = "running"
    """A cumulative sum, average or count."""
    MOVING = "moving"
    """An aggregate over a window of neighbouring rows."""
    REPEATED = "repeated"
    """An aggregate over a group of rows, repeated in each of them."""
    PREVIOUS = "previous"
    """The value of another row: LAG, LEAD."""
    DIFFERENCE = "difference"
    """A value minus the one that it is compared with."""
    CHANGE = "change"
    """A difference in parts of what it is compared with."""
    TIME = "time"
    """A moment or the start of a period."""
    DATE_PART = "date part"
    """A position in a calendar: the month of a year, the hour of a day."""
    FLAG = "flag"
    """True or false, also as 0 or 1."""
    LIST = "list"
    LITERAL = "literal"
    OTHER = "other"
    """The query is silent, or what it does could not be read."""


@dataclass(frozen=True, slots=True)
class QueryColumn:
    """What the query does for one column of its result."""

    operation: Operation = Operation.OTHER
    sources: tuple[str, ...] = ()
    """Names of the columns of tables that go into it, the most important first."""
    adds: bool | None = None
    """True for a sum of disjoint parts, False for what never adds up, None where the query is silent."""
    grain: str = ""
    """Of a TIME its period, of a DATE_PART its unit: year, quarter, month, week, day, weekday, hour."""
    monday: int | None = None
    """Of days of the week that are numbered: the number of a Monday, of which the others follow."""
    compared_with: int | None = None
    """The position of the column with which a DIFFERENCE, a CHANGE or a PREVIOUS belongs."""
    is_key: bool = False
    """The rows are grouped by it."""
    scale: float | None = None
    """What a RATIO, SHARE or CHANGE was multiplied by: 1 gives fractions, 100 percentages."""
    aggregate: Operation | None = None
    """Of RUNNING, MOVING and REPEATED: what is made of the rows."""
    unit: str = ""
    """Of a length of time that it works out (DATEDIFF): ms, s, min, h, days, months, years."""
    factor: float = 1
    """By which literal it multiplies what it reads."""
    is_conditional: bool = False
    """Only rows that meet a condition go into it (CASE WHEN, FILTER, COUNT_IF)."""
    name: str = ""
    """What the query calls it."""


@dataclass(frozen=True, slots=True)
class QueryReading:
    """What a query says about its result; all of it empty where it could not be read."""

    columns: tuple[QueryColumn, ...] = ()
    """In the order of the result; none when their number is not known (SELECT *)."""
    order: tuple[tuple[int, bool], ...] = ()
    """The columns by which the rows are ordered, and whether the highest comes first."""
    is_ordered: bool = False
    """The query has an ORDER BY, also by what is no column of the result."""
    is_order_shown: bool = False
    """All that it is ordered by are columns of the result, those of `order`."""
    limited: bool = False
    """Rows beyond those of the result were left out (LIMIT, a filter by rank)."""
    limit: int | None = None
    """Where a LIMIT alone is why `limited`: fewer rows than this are all of them."""
    rolled_up: tuple[int, ...] = ()
    """Columns of which NULL or one of `total_labels` marks a total (ROLLUP, CUBE, GROUPING SETS)."""
    total_labels: tuple[str, ...] = ()
    """Texts of the query that name total rows."""
    order_names: tuple[str, ...] = ()
    """The names by which a result is ordered whose columns are not known (SELECT *)."""
    origin: tuple[str, ...] = ()
    """Names of the tables that are read, and texts of conditions: `stock_eod`, `active`."""
    is_metric_list: bool = False
    """Each row is another figure: literals in a UNION ALL name them."""


UNREAD = QueryReading()
