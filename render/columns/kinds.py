"""The kinds of columns, and the types that Databricks has for them.

Type names: https://docs.databricks.com/api/workspace/statementexecution (ColumnInfoTypeName).
"""

from enum import StrEnum

WHOLE_TYPES = frozenset({"BYTE", "SHORT", "INT", "LONG"})
NUMBER_TYPES = WHOLE_TYPES | {"DECIMAL", "DOUBLE", "FLOAT"}
JSON_TYPES = frozenset({"STRUCT", "MAP", "ARRAY", "VARIANT"})


class Kind(StrEnum):
    """What a column means to a reader.

    RATIO holds fractions of one (0.25 is 25 %), PERCENT holds percentages already (25 is 25 %).
    GEOGRAPHY names places, COORDINATE is a latitude or longitude, which nobody adds up.
    TIME is any date or time; WEEK, MONTH, QUARTER and YEAR are times of which only that much is meant.
    """

    TIME = "time"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    MEASURE = "measure"
    RATIO = "ratio"
    PERCENT = "percent"
    CATEGORY = "category"
    GEOGRAPHY = "geography"
    IDENTIFIER = "identifier"
    COORDINATE = "coordinate"
    BOOLEAN = "boolean"
    TEXT = "text"


TIMES = frozenset({Kind.TIME, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR})
RATIOS = frozenset({Kind.RATIO, Kind.PERCENT})
NUMBERS = RATIOS | {Kind.MEASURE}
