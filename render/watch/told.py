"""What changed in a watched result, as one sentence in mrkdwn."""

from dataclasses import dataclass, field
from decimal import Decimal

from genie.model import Table
from render import words
from render.chart.column_data import ColumnData
from render.chart.scale import compact
from render.columns.kinds import RATIOS, Kind
from render.columns.reading import Reading
from render.stats.rows import rows_of
from render.text.escape import literal_clipped, one_line
from render.text.locales import ANYWHERE, Locale
from render.watch.compare import added, crossing_column, crossing_rows, mark_of, measured
from render.watch.model import Change, Condition, Crossing

MOST_SUMS = 3
"""Columns whose change is told; more would be no sentence."""
_NAME_WIRE = 80
_TENTH = Decimal("0.1")

said = words.changed


@dataclass(frozen=True, slots=True)
class Watched:
    """A result as it is now, and how its reader writes numbers."""

    table: Table = field(repr=False)
    reading: Reading
    locale: Locale = ANYWHERE


def sentence(change: Change, watched: Watched, condition: Condition) -> str:
    """Say what changed since the run before, with its numbers; safe mrkdwn."""
    if change.crossing is Crossing.COLUMN_GONE:
        return said.column_gone(
            _safe(condition.column), _safe(condition.shown or condition.value), above=condition.above
        )
    if change.crossing is Crossing.CROSSED:
        return said.closed(_crossed(change, watched, condition))
    since = _since(change)
    sums = _sums(change, watched)
    moved = any(each.moved for each in sums)
    parts = [_sum(each, watched, since, alone=not number) for number, each in enumerate(sums)]
    is_said = len(watched.table.rows) == 1 and bool(sums) and (moved or not change.changed)
    rows = "" if is_said and not change.rows_more else _rows(change, watched.locale, moved=moved)
    if rows:
        parts.append(rows if parts else said.first(rows, since))
    if change.now.cut:
        parts.append(said.only_compared(watched.locale.whole(len(watched.table.rows))))
    return said.closed(said.joined(parts))


def _since(change: Change) -> str:
    return words.values.moment(change.before.at / 1_000) if change.before else ""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a column adds up to now, and before where that is known."""

    at: int
    now: Decimal
    then: Decimal | None

    @property
    def moved(self) -> bool:
        return self.then is not None and self.then != self.now


def _sums(change: Change, watched: Watched) -> list[_Sum]:
    """Return the sums that changed, or the first one where none did."""
    sums = []
    for at, column in enumerate(watched.reading.columns):
        total, then = added(watched.table, watched.reading, at), change.earlier(mark_of(column.column))
        if total is not None:
            sums.append(_Sum(at, total, None if then is None else Decimal(then)))
    moved = [each for each in sums if each.moved] if change.changed else []
    return moved[:MOST_SUMS] or sums[:1]


def _sum(each: _Sum, watched: Watched, since: str, *, alone: bool) -> str:
    shown = _Amount.of(watched, each.at)
    moved = "" if each.then is None else shown.moved(each.now, each.then)
    if not alone:
        return said.next_sum(shown.name, shown.write(each.now), moved)
    count = len(watched.table.rows)
    if count == 1:
        return said.is_now(shown.name, shown.write(each.now), moved, since)
    some = watched.locale.whole(count) if watched.reading.limited else ""
    return said.adds_up(shown.name, shown.write(each.now), moved, since, some)


def _rows(change: Change, locale: Locale, *, moved: bool) -> str:
    """Say what became of the rows, where sums alone do not say it."""
    count, number = change.now.count, locale.whole(change.now.count)
    if change.before is None:
        return said.rows_now(number, count)
    if more := change.rows_more:
        return said.rows_more(locale.whole(abs(more)), number, more)
    if not change.changed:
        return said.same_rows(number, count)
    if change.before.rows == change.now.rows:
        return said.OTHER_ORDER
    return "" if moved else said.other_values(number, count)


def _crossed(change: Change, watched: Watched, condition: Condition) -> str:
    """Say which value is beyond the limit now, in how many rows."""
    at, rows = crossing_column(watched.table, condition), crossing_rows(watched.table, condition)
    if at is None or not rows:
        return ""
    shown = _Amount.of(watched, at)
    value = measured(watched.table.rows[rows[0]][at]) or Decimal(0)
    limit = shown.write(Decimal(condition.value))
    if len(watched.table.rows) == 1:
        earlier = change.earlier(mark_of(watched.reading.columns[at].column))
        moved = "" if earlier is None else shown.moved(value, Decimal(earlier))
        return said.crossed(
            shown.name, shown.write(value), limit, moved, _since(change), above=condition.above
        )
    every = range(len(watched.table.rows))
    label = _safe(rows_of(watched.table, watched.reading, every, watched.locale).label(rows[0]))
    beyond = watched.locale.whole(len(rows)) if len(rows) > 1 else ""
    return said.row_crossed(label, shown.name, shown.write(value), limit, beyond, above=condition.above)


@dataclass(frozen=True, slots=True)
class _Amount:
    """How amounts of a column are written in a sentence."""

    column: ColumnData

    @classmethod
    def of(cls, watched: Watched, at: int) -> "_Amount":
        return cls(ColumnData(watched.reading.columns[at], (), watched.locale, at))

    @property
    def name(self) -> str:
        """The column's name, safe."""
        return _safe(self.column.name)

    def write(self, value: Decimal) -> str:
        """Write an amount with the digits that matter."""
        if not value.is_finite():
            return words.values.NO_NUMBERS[str(value)]
        return compact(float(value), self.column.notation)

    def moved(self, now: Decimal, then: Decimal) -> str:
        """Say by how much an amount went up or down: by points where it is a percentage."""
        difference, locale = now - then, self.column.locale
        if not difference:
            return said.UNCHANGED
        if not difference.is_finite():
            return ""
        if self.column.kind in RATIOS:
            points = abs(difference) * (100 if self.column.kind is Kind.RATIO else 1)
            text = locale.digits(f"{points:,.1f}" if points >= _TENTH else f"{points:,.3f}")
            return said.moved(words.stats.points(text), "", up=difference > 0)
        part = ""
        if then > 0 and now >= 0:
            part = locale.percentage(locale.digits(f"{difference / then * 100:+,.1f}"))
        return said.moved(self.write(abs(difference)), part, up=difference > 0)


def _safe(text: str) -> str:
    return literal_clipped(one_line(text), _NAME_WIRE)
