"""An intent to Databricks SQL, as Genie writes it: backticks, three-level names, `DATE_TRUNC`."""

import re
from dataclasses import dataclass

from sandbox.databricks.language.intent import Filter, Intent
from sandbox.databricks.language.periods import Period
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS

_TABLE = "`samples`.`sales`.`orders`"
_LISTED = ("order_id", "order_date", "customer", "country", "product", "channel", "units", "revenue")
_LISTED_AT_FIRST = 100
_PARTS = {"MONTH": "MONTH", "QUARTER": "QUARTER", "WEEK": "WEEKOFYEAR", "DAY": "DAYOFYEAR"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in the place of a `:keyword`, of a query that the authors of the space have verified."""

    keyword: str
    sql_type: str
    value: str


@dataclass(frozen=True, slots=True)
class _Selected:
    """One column of the result: its expression and its name."""

    sql: str
    name: str

    def __str__(self) -> str:
        return f"`{self.name}`" if self.sql == f"`{self.name}`" else f"{self.sql} AS `{self.name}`"


def write(intent: Intent) -> str:
    """Write the query of an intent, one clause to a line."""
    if intent.official:
        return _official()
    return _listing(intent) if intent.listing else _figures(intent)


def parameters(intent: Intent) -> tuple[Parameter, ...]:
    """Give what the query of an intent leaves open."""
    if not (intent.official and intent.period):
        return ()
    days = {"first_day": intent.period.start, "day_after": intent.period.end}
    return tuple(Parameter(keyword, "DATE", day.isoformat()) for keyword, day in days.items())


def bound(query: str, given: tuple[Parameter, ...]) -> str:
    """Put the parameters into a query."""
    for each in given:
        query = query.replace(f":{each.keyword}", f"{each.sql_type}'{each.value}'")
    return query


def _listing(intent: Intent) -> str:
    columns = "*" if intent.wide else ", ".join(f"`{name}`" for name in _LISTED)
    where = _where(intent, [intent.period] if intent.period else [])
    top = intent.top
    by_value = intent.threshold is not None or (top is not None and not top.newest)
    direction = "ASC" if top and top.lowest else "DESC"
    order = f"`revenue` {direction}, `order_id`" if by_value else "`created_at` DESC, `order_id` DESC"
    whole = top is None and (intent.period or intent.threshold)
    return _joined(
        f"SELECT {columns}",
        f"FROM {_TABLE}",
        where,
        f"ORDER BY {order}",
        "" if whole else f"LIMIT {top.count if top else _LISTED_AT_FIRST}",
    )


def _official() -> str:
    return _joined(
        "SELECT `region`, SUM(`revenue`) AS `revenue`",
        f"FROM {_TABLE}",
        "WHERE NOT `returned` AND `order_date` >= :first_day AND `order_date` < :day_after",
        "GROUP BY `region`",
        "ORDER BY `revenue` DESC",
    )


def _figures(intent: Intent) -> str:
    groups = [_group(key, intent) for key in intent.dimensions]
    measures = _measures(intent)
    names = ", ".join(f"`{group.name}`" for group in groups)
    timely = any(DIMENSIONS[key].grain for key in intent.dimensions)
    per_part = intent.top is not None and len(groups) > 1
    return _joined(
        "SELECT\n  " + ",\n  ".join(str(column) for column in [*groups, *measures]),
        f"FROM {_TABLE}",
        _where(intent, [period for period in (intent.period, intent.baseline) if period]),
        f"GROUP BY {', '.join(group.sql for group in groups)}" if groups else "",
        _having(intent, measures),
        _best_of_each(intent, groups, measures) if per_part else "",
        f"ORDER BY {_order(intent, groups, measures, timely=timely)}" if names else "",
        f"LIMIT {intent.top.count}" if intent.top and not per_part else "",
    )


def _group(key: str, intent: Intent) -> _Selected:
    dimension = DIMENSIONS[key]
    if intent.baseline and dimension.grain in _PARTS:
        return _Selected(f"{_PARTS[dimension.grain]}(`order_date`)", f"{key}_of_year")
    return _Selected(dimension.sql, "order_date" if key == "day" else key)


def _measures(intent: Intent) -> list[_Selected]:
    if intent.period and intent.baseline:
        return _compared(intent.metrics[0], intent.period, intent.baseline)
    measures = [_Selected(METRICS[key].sql, key) for key in intent.metrics]
    if intent.share:
        total = METRICS[intent.metrics[0]].sql
        measures.append(_Selected(f"ROUND(100 * {total} / SUM({total}) OVER (), 1)", "share_percent"))
    return measures


def _compared(metric: str, period: Period, baseline: Period) -> list[_Selected]:
    now, then = (_within(METRICS[metric].sql, span) for span in (period, baseline))
    return [
        _Selected(now, f"{metric}_{_slug(period)}"),
        _Selected(then, f"{metric}_{_slug(baseline)}"),
        _Selected(f"ROUND(100 * ({now} - {then}) / NULLIF({then}, 0), 1)", "change_percent"),
    ]


def _within(expression: str, period: Period) -> str:
    """Let each aggregate of an expression count the orders of one period alone."""
    only = f" FILTER (WHERE {_during(period)})"
    return re.sub(r"((?:SUM|COUNT|AVG|COUNT_IF)\([^()]*\))", rf"\1{only}", expression)


def _slug(period: Period) -> str:
    return re.sub(r"\W+", "_", period.label.lower()).strip("_")


def _during(period: Period) -> str:
    return f"`order_date` >= DATE'{period.start}' AND `order_date` < DATE'{period.end}'"


def _where(intent: Intent, spans: list[Period]) -> str:
    terms = [_one_of(wanted) for wanted in intent.filters]
    if intent.threshold and _counts_orders(intent):
        terms.append(f"`revenue` {intent.threshold.sign} {intent.threshold.amount:.0f}")
    if len(spans) == 1:
        terms.append(_during(spans[0]))
    elif spans:
        terms.append("(" + " OR ".join(f"({_during(span)})" for span in spans) + ")")
    return "WHERE " + "\n  AND ".join(terms) if terms else ""


def _one_of(wanted: Filter) -> str:
    values = ", ".join("'" + value.replace("'", "''") + "'" for value in wanted.values)
    if len(wanted.values) == 1:
        return f"`{wanted.column}` {'<>' if wanted.without else '='} {values}"
    return f"`{wanted.column}` {'NOT IN' if wanted.without else 'IN'} ({values})"


def _counts_orders(intent: Intent) -> bool:
    return intent.listing or not intent.dimensions or intent.metrics[:1] == ("orders",)


def _having(intent: Intent, measures: list[_Selected]) -> str:
    if intent.threshold is None or _counts_orders(intent):
        return ""
    return f"HAVING {measures[0].sql} {intent.threshold.sign} {intent.threshold.amount:.0f}"


def _best_of_each(intent: Intent, groups: list[_Selected], measures: list[_Selected]) -> str:
    top = intent.top
    if top is None:
        return ""
    ranked = top.of if top.of in intent.dimensions else intent.dimensions[0]
    parts = [group.sql for key, group in zip(intent.dimensions, groups, strict=True) if key != ranked]
    direction = "ASC" if top.lowest else "DESC"
    rank = f"ROW_NUMBER() OVER (PARTITION BY {', '.join(parts)} ORDER BY {measures[0].sql} {direction})"
    return f"QUALIFY {rank} <= {top.count}"


def _order(intent: Intent, groups: list[_Selected], measures: list[_Selected], *, timely: bool) -> str:
    direction = "ASC" if intent.top and intent.top.lowest else "DESC"
    by_measure = f"`{measures[-1 if intent.baseline else 0].name}` {direction}"
    names = [f"`{group.name}`" for group in groups]
    in_time = [
        name for key, name in zip(intent.dimensions, names, strict=True) if DIMENSIONS[key].grain and timely
    ]
    if in_time and intent.top is None:
        return ", ".join([*in_time, by_measure])
    parted = intent.top is not None and len(groups) > 1
    ranked = intent.top.of if intent.top else ""
    parts = [name for key, name in zip(intent.dimensions, names, strict=True) if parted and key != ranked]
    rest = [name for name in names if name not in parts]
    return ", ".join([*parts, by_measure, *rest])


def _joined(*clauses: str) -> str:
    return "\n".join(clause for clause in clauses if clause)
