"""Expressions that give moments, periods, and positions in a calendar."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlglot import exp

from render.sql.meaning import Meaning, mark, sources_of
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

FINEST = ("minute", "hour", "day", "weekday", "week", "month", "quarter", "year")
"""Periods, the shortest first."""

_UNITS = {
    **dict.fromkeys(("YEAR", "YYYY", "YY", "YEARS", "Y", "ISOYEAR", "YEAROFWEEK"), "year"),
    **dict.fromkeys(("QUARTER", "Q", "QTR", "QUARTERS"), "quarter"),
    **dict.fromkeys(("MONTH", "MM", "MON", "MONTHS"), "month"),
    **dict.fromkeys(("WEEK", "W", "ISOWEEK", "WEEKS", "WW"), "week"),
    **dict.fromkeys(("DAY", "DD", "D", "DAYS", "DOY", "DAYOFYEAR", "DAYOFMONTH"), "day"),
    **dict.fromkeys(("DOW", "DAYOFWEEK", "DAYOFWEEK_ISO", "DOW_ISO", "WEEKDAY"), "weekday"),
    **dict.fromkeys(("HOUR", "HOURS", "H"), "hour"),
    **dict.fromkeys(("MINUTE", "MINUTES", "M"), "minute"),
}
_LETTERS = (
    ("minute", re.compile(r"%-?M|mm")),
    ("hour", re.compile(r"%-?[HIk]|HH|hh")),
    ("day", re.compile(r"%-?[dj]|dd")),
    ("weekday", re.compile(r"%[aAuw]|E|(?<!x)u")),
    ("week", re.compile(r"%[UVW]|w")),
    ("month", re.compile(r"%-?[mbB]|MM|L")),
    ("quarter", re.compile(r"[qQ]")),
    ("year", re.compile(r"%-?[YyG]|x|[yY]{2,4}")),
)
"""Letters of patterns, both of Java's and of Python's as sqlglot writes what it knows."""

_PARTS: dict[type[exp.Expr], str] = {
    exp.Year: "year",
    exp.Quarter: "quarter",
    exp.Month: "month",
    exp.Week: "week",
    exp.WeekOfYear: "week",
    exp.DayOfWeek: "weekday",
    exp.DayOfWeekIso: "weekday",
    exp.Dayname: "weekday",
    exp.Monthname: "month",
    exp.Day: "day",
    exp.DayOfMonth: "day",
    exp.DayOfYear: "day",
    exp.Hour: "hour",
    exp.Minute: "minute",
}
_MONDAYS_OF: dict[type[exp.Expr], int] = {exp.DayOfWeek: 2, exp.DayOfWeekIso: 1}
_NAMED_PARTS = {"weekday": "weekday", "dayname": "weekday", "day_name": "weekday", "month_name": "month"}
_MONDAYS = {
    **dict.fromkeys(("DAYOFWEEK", "DOW"), 2),
    **dict.fromkeys(("DAYOFWEEK_ISO", "DOW_ISO"), 1),
    "WEEKDAY": 0,
}
"""The number of a Monday: https://docs.databricks.com/aws/en/sql/language-manual/functions/dayofweek"""
_NAMED_TIMES = frozenset(
    {"timestamp_seconds", "timestamp_millis", "timestamp_micros", "to_timestamp_ntz", "to_timestamp_ltz"}
    | {"from_utc_timestamp", "to_utc_timestamp", "convert_timezone", "try_to_timestamp", "next_day", "window"}
)
_SPANS = {"SECOND": "s", "MINUTE": "min", "HOUR": "h", "DAY": "days", "MILLISECOND": "ms"}
_EPOCHS: dict[type[exp.Expr], str] = {
    exp.UnixSeconds: "s",
    exp.StrToUnix: "s",
    exp.TimeToUnix: "s",
    exp.UnixMillis: "ms",
}
_STARTS_WITH_TIME = re.compile(r"(?:19|20)\d\d")


def time_of(meaning: Meaning, grain: str) -> Meaning:
    """Return the periods of a time."""
    finer = meaning.operation is Operation.TIME and grain and meaning.grain
    if finer and FINEST.index(meaning.grain) > FINEST.index(grain):
        grain = meaning.grain
    is_plain = not grain and meaning.operation is Operation.TIME
    return Meaning(
        Operation.TIME,
        meaning.sources,
        grain=meaning.grain if is_plain else grain,
        mark=mark("time", grain, meaning.mark) if grain else meaning.mark,
        is_key=meaning.is_key,
        totals=meaning.totals,
        is_aggregate=meaning.is_aggregate,
    )


def part_of(meaning: Meaning, unit: str) -> Meaning:
    """Return a part of a time: a year still is a time, the others come again each year."""
    if unit == "year":
        return replace(time_of(meaning, ""), grain="year", mark=mark("year", meaning.mark))
    return replace(
        time_of(meaning, ""), operation=Operation.DATE_PART, grain=unit, mark=mark(unit, meaning.mark)
    )


def read_time(node: exp.Expr, read: Read) -> Meaning | None:
    """Return what an expression of times means; None for others."""
    if unit := _PARTS.get(type(node)):
        return replace(part_of(read(node.this), unit), monday=_MONDAYS_OF.get(type(node)))
    if isinstance(node, exp.Extract):
        return _extracted(node.name.upper(), node.expression, read)
    if isinstance(node, exp.TimestampTrunc | exp.DateTrunc):
        return _truncated(node, read)
    if isinstance(node, exp.TimeToStr | exp.ToChar | exp.UnixToStr):
        return formatted(read(node.this), _pattern(node.args.get("format")))
    if isinstance(node, exp.TsOrDsToDate | exp.Date | exp.DateFromUnixDate):
        return time_of(read(node.this), "day") if node.this else None
    if isinstance(
        node, exp.TimeStrToTime | exp.UnixToTime | exp.StrToTime | exp.FromTimeZone | exp.AtTimeZone
    ):
        return time_of(read(node.this), "")
    if isinstance(node, exp.LastDay):
        return replace(time_of(read(node.this), "month"), grain="month")
    if isinstance(
        node, exp.AddMonths | exp.TsOrDsAdd | exp.TimestampAdd | exp.DateAdd | exp.DateSub | exp.TimestampSub
    ):
        return moved(read(node.this), read(node.expression))
    if isinstance(node, exp.CurrentDate | exp.CurrentTimestamp):
        return Meaning(Operation.TIME, mark=mark("now"))
    return _called(node, read) if isinstance(node, exp.Anonymous) else None


def _extracted(field: str, of: exp.Expr, read: Read) -> Meaning | None:
    found = _UNITS.get(field)
    return replace(part_of(read(of), found), monday=_MONDAYS.get(field)) if found else None


def _called(node: exp.Anonymous, read: Read) -> Meaning | None:
    name, arguments = node.name.lower(), node.expressions
    if not arguments:
        return None
    if unit := _NAMED_PARTS.get(name):
        return replace(part_of(read(arguments[0]), unit), monday=_MONDAYS.get(name.upper()))
    if name in {"date_part", "datepart"} and len(arguments) == 2:  # noqa: PLR2004
        return _extracted(arguments[0].name.upper(), arguments[1], read)
    if name in {"make_date", "make_timestamp"}:
        return _made([read(each) for each in arguments])
    return time_of(read(arguments[0]), "") if name in _NAMED_TIMES else None


def _truncated(node: exp.Expr, read: Read) -> Meaning | None:
    unit = node.args["unit"].name.upper() if node.args.get("unit") else "DAY"
    grain = _UNITS.get(unit.partition("(")[0])
    return time_of(read(node.this), grain) if grain else None  # trunc(price, 2) is no time


def moved(time: Meaning, by: Meaning) -> Meaning:
    """Return a time some while earlier or later: by its weekday it is the start of its week."""
    if by.operation is Operation.DATE_PART and by.grain == "weekday":
        return time_of(time, "week")
    moved_time = time_of(time, "")
    return replace(moved_time, mark=mark("moved", time.mark, by.mark))


def _made(parts: Sequence[Meaning]) -> Meaning:
    """Return the start of the period that these parts name."""
    known = [part for part in parts if part.operation in {Operation.TIME, Operation.DATE_PART}]
    return _joined(known, parts) or Meaning(Operation.TIME, sources_of(parts), mark=_mark("made", parts))


def _mark(name: str, parts: Sequence[Meaning]) -> int:
    return mark(name, *(part.mark for part in parts))


def _joined(known: Sequence[Meaning], parts: Sequence[Meaning]) -> Meaning | None:
    """Return what times and parts of times say together."""
    if not known:
        return None
    grains = [part.grain for part in known]
    has_year = any(part.operation is Operation.TIME for part in known) or any(
        part.text and _STARTS_WITH_TIME.match(part.text) for part in parts
    )
    return Meaning(
        Operation.TIME if has_year else Operation.DATE_PART,
        sources_of(known),
        grain="" if "" in grains else min(grains, key=FINEST.index),
        mark=_mark("joined", parts),
        is_key=any(part.is_key for part in known),
        is_aggregate=any(part.is_aggregate for part in parts),
    )


def joined_text(parts: Sequence[Meaning]) -> Meaning | None:
    """Return what a text made of parts of a time says (`2026-W07`); None when it has other parts, too."""
    known = [part for part in parts if part.operation in {Operation.TIME, Operation.DATE_PART}]
    others = [part for part in parts if part not in known and part.text is None]
    return None if others else _joined(known, parts)


def numbered(left: Meaning, right: Meaning) -> Meaning | None:
    """Return what `year * 100 + month` says."""
    is_year = left.operation is Operation.TIME and left.grain == "year" and left.factor != 1
    if is_year and right.operation is Operation.DATE_PART:
        return _joined([left, right], [left, right])
    return None


def _pattern(node: exp.Expr | None) -> str:
    """Return a pattern without the texts that it quotes."""
    if node is None:
        return ""
    text = "".join(literal.name for literal in node.find_all(exp.Literal))
    return re.sub(r"'[^']*'", "", text).replace("strict", "")


def formatted(meaning: Meaning, pattern: str) -> Meaning | None:
    """Return what a time written by a pattern says."""
    found = [unit for unit, letters in _LETTERS if letters.search(pattern)]
    if not found:
        return None
    if found[-1] == "year":
        finest = [unit for unit in found if unit != "weekday" or len(found) == 2]  # noqa: PLR2004
        grain = "week" if finest[0] == "weekday" else finest[0]
        return time_of(meaning, grain)
    unit = found[0] if found != ["day", "weekday"] else "weekday"
    return part_of(meaning, unit)


def unit_of_span(node: exp.Expr) -> str:
    """Return the unit of the length of time between two moments; nothing for what is none."""
    if isinstance(node, exp.DateDiff | exp.TimestampDiff | exp.DatetimeDiff):
        unit = node.args.get("unit")
        return _SPANS.get(unit.name.upper().removesuffix("S"), "") if unit is not None else "days"
    if isinstance(node, exp.Sub):
        units = {_EPOCHS.get(type(each.unnest()), "") for each in (node.this, node.expression)}
        return units.pop() if len(units) == 1 else ""
    return ""
