"""The rows of an answer: fitted into a layout, with a line that says what is missing, and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from genie.model import Table
from render import words
from render.answer.cells import Cells, Fitted, format_cells
from render.answer.layouts import Layout
from render.blockkit.reply import File
from render.chart.choose import chart_and_choices
from render.chart.model import Chart, Choice
from render.columns.currencies import currencies
from render.columns.read import read_result
from render.columns.reading import Reading
from render.files.csv_file import csv_file
from render.sql.model import UNREAD, QueryReading
from render.text.escape import clean_line, one_line
from render.text.limits import clip, clip_wire, take
from render.text.locales import ANYWHERE, Locale
from render.text.markdown import plain
from render.words.results.values import NO_TEXT, NO_VALUE, NOTHING_EXPLAINED

LINE_WIRE = 950
"""JSON that the line below the rows may take."""
_COLUMNS_WIRE = 500
_COLUMN_WIRE = 80
"""JSON that the names of columns that are not shown may take together, and each of them."""
_CAPTION_WIRE = 300
_GIST_COLUMNS, _GIST = 4, 60
"""Columns of a single row that are read out, and characters of their names and values."""
_NUMBER_SIZE = 60
"""Characters of a single value that is shown large; a longer one is a text."""


@dataclass(frozen=True, slots=True)
class Result:
    """At least one row, formatted; `number` is set when it is a single short value."""

    table: Table
    reading: Reading
    cells: Cells
    locale: Locale
    caption: str
    number: str
    chart: Chart | None
    choices: tuple[Choice, ...] = ()
    attached: bool = True
    """A file in the thread has what is not shown."""

    @property
    def is_void(self) -> bool:
        """Whether there is no value at all: what a sum over nothing gives."""
        return len(self.table.rows) == 1 and not any(cell is not None for cell in self.table.rows[0])

    @property
    def gist(self) -> str:
        """The most telling values of a single row, for those who hear it; nothing of several rows."""
        if len(self.table.rows) > 1:
            return ""
        (row,), headers = self.cells.rows, self.cells.headers
        told = self.cells.widest(_GIST_COLUMNS)
        return ", ".join(f"{clip(headers[at], _GIST)}: {clip(row[at], _GIST)}" for at in told)

    def fit(self, layout: Layout, room: int) -> Fitted:
        """Show as many rows as `room` characters of JSON hold; a number stands above, not here."""
        if self.number:
            return Fitted((), rows=1)
        if len(self.table.rows) == 1:
            return layout.card(self.cells, room)
        return layout.table(self.cells, room, self.caption)

    def line(self, fitted: Fitted) -> str:
        """Say what is not shown; nothing about one row that is there completely."""
        held = len(self.table.rows)
        total = max(self.table.total_rows or 0, held)
        said = []
        if total > 1 or self.table.incomplete or not fitted.rows:
            cut, attached = self.table.truncated, self.attached
            counted = words.answer.rows_shown(
                fitted.rows, held, total, truncated=cut, locale=self.locale, attached=attached
            )
            said.append(counted)
        if fitted.left_out:
            said.append(_left_out(fitted.left_out, attached=self.attached))
        if fitted.shortened:
            said.append(words.answer.SHORTENED)
        shown = enumerate(self.table.rows[: fitted.rows])
        if fitted.blocks and any(None in row for at, row in shown if at not in self.reading.totals):
            said.append(NOTHING_EXPLAINED)
        return " ".join([*said, *self._caveats()])

    def _caveats(self) -> Iterator[str]:
        """Say what to know of the amounts, unless it stands below the chart."""
        if codes := currencies(self.table, self.reading):
            caveat = words.caveats.currencies([clean_line(code, _GIST) for code in codes])
            if not self.chart or caveat not in self.chart.note:
                yield caveat

    def files(self, fits: Sequence[Fitted], name: str) -> list[File]:
        """Attach all rows to the variants that lack some of them, or of their values."""
        held = len(self.table.rows)
        lacking = (fit.rows < held or bool(fit.left_out) or fit.shortened for fit in fits)
        variants = frozenset(number for number, lacks in enumerate(lacking) if lacks)
        return [replace(csv_file(self.table, name, self.locale), variants=variants)] if variants else []


def _left_out(headers: Sequence[str], *, attached: bool) -> str:
    """Name as many columns as there is room for, and count the others."""
    names = list(take((clip_wire(header, _COLUMN_WIRE) for header in headers), _COLUMNS_WIRE))
    return words.answer.columns_left_out(names, len(headers) - len(names), attached=attached)


def read(
    table: Table | None,
    title: str,
    locale: Locale = ANYWHERE,
    wanted: str = "",
    query: QueryReading = UNREAD,
    today: date | None = None,
) -> Result | None:
    """Format the rows of an answer for all layouts, with the chart that is `wanted`; None without rows."""
    if table is None or not table.rows or not table.columns:
        return None
    reading = read_result(table, query, today)
    shown = format_cells(table, reading, locale)
    about = one_line(plain(title))
    alone = len(table.rows) == len(table.columns) == 1
    only = (NO_VALUE if table.rows[0][0] is None else shown.rows[0][0].strip() or NO_TEXT) if alone else ""
    chart, allowed = chart_and_choices(table, reading, about, wanted or None, locale)
    return Result(
        table=table,
        reading=reading,
        cells=shown,
        locale=locale,
        caption=clip_wire(about or ", ".join(shown.headers), _CAPTION_WIRE),
        number=only if len(only) <= _NUMBER_SIZE else "",
        chart=chart,
        choices=allowed,
    )
