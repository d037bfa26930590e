"""The answer in a sentence, computed from the very rows that the query gave."""

from datetime import date, timedelta
from decimal import Decimal

from sandbox.databricks.language.intent import Intent
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS
from sandbox.databricks.language.wording import circumstances, subject
from sandbox.databricks.warehouse.warehouse import Result

_MILLION, _HUNDRED_THOUSAND, _TEN_THOUSAND = 1_000_000, 100_000, 10_000
_COUNTS = frozenset({"units", "orders", "customers"})
_Row = tuple[str, Decimal]


def summarise(intent: Intent, result: Result, today: date) -> str:
    """Say in Markdown what the rows show; every figure is taken or summed from them."""
    where = circumstances(intent)
    if not result.rows:
        return f"No orders match{where}."
    if intent.listing:
        return _listing(intent, result)
    if not intent.dimensions and intent.baseline is None:
        return _single(intent, result, where)
    if intent.baseline:
        return _comparison(intent, result)
    rows = _rows(intent, result)
    if not rows:
        return f"There is no {subject(intent)}{where}."
    if len(intent.dimensions) == 1 and intent.share:
        return _ranking(intent, rows if intent.top else sorted(rows, key=lambda row: -row[1]), where)
    if DIMENSIONS[intent.dimensions[0]].grain and len(intent.dimensions) == 1 and intent.top is None:
        return _course(intent, rows, today)
    if any(DIMENSIONS[key].grain for key in intent.dimensions):
        return _by_time_and_more(intent, result)
    return _ranking(intent, rows, where)


def figure(metric: str, value: Decimal) -> str:
    """Write a figure for reading: 12.40M, 532K, 45.3K, 1,074.20, 27.1%."""
    if metric.endswith(("percent", "discount", "rate")):
        return f"{value:.1f}%"
    if abs(value) >= _MILLION:
        return f"{value / _MILLION:.2f}M"
    if abs(value) >= _TEN_THOUSAND:
        return f"{value / 1000:.{0 if abs(value) >= _HUNDRED_THOUSAND else 1}f}K"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def _amount(metric: str, value: Decimal) -> str:
    label = METRICS[metric].label
    return (
        f"**{figure(metric, value)}** {label}"
        if metric in _COUNTS
        else f"{label} of **{figure(metric, value)}**"
    )


def _rows(intent: Intent, result: Result) -> list[_Row]:
    """Give name and first measure, or its share, of each row that has both."""
    measure = -1 if intent.share else len(intent.dimensions)
    return [
        (
            " / ".join(_named(key, cell or "?") for key, cell in zip(intent.dimensions, row, strict=False)),
            value,
        )
        for row in result.rows
        if (cell := row[measure]) is not None
        for value in [Decimal(cell)]
    ]


def _named(key: str, cell: str) -> str:
    if key == "month":
        return f"{date.fromisoformat(cell):%b %Y}"
    if key == "quarter":
        day = date.fromisoformat(cell)
        return f"Q{(day.month + 2) // 3} {day.year}"
    return f"week of {cell}" if key == "week" else cell


def _part_of_year(key: str, cell: str) -> str:
    if key == "month":
        return f"{date(2000, int(cell), 1):%B}"
    return f"Q{cell}" if key == "quarter" else f"{key} {cell}" if key in {"week", "day"} else cell


def _single(intent: Intent, result: Result, where: str) -> str:
    found = zip(intent.metrics, result.rows[0], strict=False)
    said = [
        f"**{figure(key, Decimal(cell))}** {METRICS[key].label}"
        if key in _COUNTS
        else f"{METRICS[key].label} was **{figure(key, Decimal(cell))}**"
        for key, cell in found
        if cell is not None
    ]
    if not said:
        return f"There is no {subject(intent)}{where}: no orders match."
    words = " and ".join(said) + where + "."
    return words[0].upper() + words[1:]


def _listing(intent: Intent, result: Result) -> str:
    position = next(n for n, column in enumerate(result.columns) if column.name == "revenue")
    values = [Decimal(row[position] or 0) for row in result.rows]
    total, largest = figure("revenue", sum(values, Decimal())), figure("revenue", max(values))
    count = "One order" if len(values) == 1 else f"**{len(values)}** orders"
    return f"{count}{circumstances(intent)}, worth {total} in all; the largest is {largest}."


def _ranking(intent: Intent, rows: list[_Row], where: str) -> str:
    metric, label = intent.metrics[0], METRICS[intent.metrics[0]].label
    (name, value), (last, lowest) = rows[0], rows[-1]
    leads = "is lowest" if intent.top and intent.top.lowest else "leads"
    if intent.share:
        said = f"**{name}** {leads} with **{value:.1f}%** of {label}{where}"
        other = f"; {last} {'has' if intent.top else 'is last with'} {lowest:.1f}%" if len(rows) > 1 else ""
        return f"{said}{other}."
    if len(rows) == 1:
        return f"**{name}**: {label} **{figure(metric, value)}**{where}."
    amount = _amount(metric, value)
    share = ""
    total = sum((amount for _, amount in rows), Decimal())
    if METRICS[metric].additive and intent.top is None and intent.threshold is None and total:
        share = f", {100 * value / total:.0f}% of the total"
    other = f"{last} {'has' if intent.top else 'is last with'} {figure(metric, lowest)}"
    return f"**{name}** {leads} with {amount}{share}{where}; {other}."


def _course(intent: Intent, rows: list[_Row], today: date) -> str:
    metric, key = intent.metrics[0], intent.dimensions[0]
    best, most = max(rows, key=lambda row: row[1])
    running = _named(key, _start(key, today))
    whole = [row for row in rows if row[0] != running] or rows
    (first, start), (last, end) = whole[0], whole[-1]
    if len(rows) == 1:
        sentence = f"{METRICS[metric].label} was **{figure(metric, end)}** ({last})"
        note = " so far." if last == running else "."
        return sentence[0].upper() + sentence[1:] + note
    verb = "rose" if end > start else "fell" if end < start else "stayed"
    label = METRICS[metric].label
    change = f" ({100 * (end - start) / start:+.1f}%)" if start and METRICS[metric].additive else ""
    course = (
        f"{label} {verb} from {figure(metric, start)} ({first}) to **{figure(metric, end)}** ({last}){change}"
    )
    note = f" {running} is not complete yet." if len(whole) < len(rows) else ""
    sentence = f"{course}; the best {key} was **{best}** with {figure(metric, most)}.{note}"
    return sentence[0].upper() + sentence[1:]


def _start(key: str, today: date) -> str:
    starts = {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
    }
    return str(today.year) if key == "year" else starts[key].isoformat()


def _by_time_and_more(intent: Intent, result: Result) -> str:
    metric, groups = intent.metrics[0], len(intent.dimensions)
    parts = [n for n, key in enumerate(intent.dimensions) if not DIMENSIONS[key].grain]
    totals: dict[str, Decimal] = {}
    for row in result.rows:
        name = " / ".join(row[n] or "?" for n in parts) if parts else row[0] or "?"
        totals[name] = totals.get(name, Decimal()) + Decimal(row[groups] or 0)
    if not METRICS[metric].additive:
        return f"{len(totals)} lines of {METRICS[metric].label} over time{circumstances(intent)}."
    best = max(totals, key=lambda name: totals[name])
    share = 100 * totals[best] / (sum(totals.values(), Decimal()) or 1)
    return (
        f"Over the whole time **{best}** leads with {_amount(metric, totals[best])}, "
        f"{share:.0f}% of the total{circumstances(intent)}."
    )


def _comparison(intent: Intent, result: Result) -> str:
    metric, groups = intent.metrics[0], len(intent.dimensions)
    before, after = intent.baseline, intent.period
    if before is None or after is None:
        return ""
    changes = [
        (
            " / ".join(
                _part_of_year(key, cell or "?") for key, cell in zip(intent.dimensions, row, strict=False)
            ),
            Decimal(row[groups + 2] or 0),
        )
        for row in result.rows
        if row[groups + 2] is not None
    ]
    label, times = METRICS[metric].label, f"{after.label} against {before.label}"
    if not changes:
        return f"There is nothing to compare: no {label} in {before.label}."
    if not groups:
        now, then = (figure(metric, Decimal(result.rows[0][n] or 0)) for n in (0, 1))
        return f"{label[0].upper()}{label[1:]}, {times}: **{now}** against {then}, **{changes[0][1]:+.1f}%**."
    best, worst = max(changes, key=lambda row: row[1]), min(changes, key=lambda row: row[1])
    extremes = f"**{best[0]}** did best with **{best[1]:+.1f}%**, {worst[0]} worst with {worst[1]:+.1f}%"
    return f"{label[0].upper()}{label[1:]}, {times}: {extremes}."
