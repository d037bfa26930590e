"""Laws of what is not shown: every row, column, letter and word is there, or it is said that it is not.

Each cell says where it belongs (`R12C7`), and each word of a text which one it is (`w12`), so that what a
reply shows can be counted exactly.
"""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie.model import Answer, Column, MessageRef, Query, Table
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.blockkit.reply import Reply, Variant
from tests.laws.render.answers import law, sizes
from tests.shown import strings

pytestmark = [pytest.mark.property, pytest.mark.many]

REF = MessageRef("s", "c", "m")
CELL = re.compile(r"R(\d+)C(\d+)(x*)(…?)")
HEAD = re.compile(r"\bK(\d+)\b")
COUNTED = re.compile(r"(?:Showing (?:the first )?([\d,]+) of )?([\d,]+) rows?\.")
SAYS = ("Columns not shown", words.answer.SHORTENED)
"""What the line may begin with for a single row."""
LEFT_OUT = re.compile(r"Columns not shown, but in the attached CSV: (.*?)(?: and ([\d,]+) more)?\.(?: |$)")


@dataclass(frozen=True)
class Told:
    """What one variant shows of a result, and what it says about the rest."""

    rows: set[int]
    columns: set[int]
    cut: bool
    """Some cell ends before its end."""
    line: str

    @property
    def counts(self) -> tuple[int, int]:
        """The rows that it says it shows, and how many there are."""
        said = COUNTED.search(self.line)
        assert said, self.line
        total = int(said[2].replace(",", ""))
        return (int(said[1].replace(",", "")) if said[1] else total), total

    @property
    def left_out(self) -> int:
        """How many columns it says that it does not show."""
        said = LEFT_OUT.search(self.line)
        return len(HEAD.findall(said[1])) + int((said[2] or "0").replace(",", "")) if said else 0


def read(variant: Variant, padding: int) -> Told:
    cells = [cell for text in strings(variant.blocks) for cell in CELL.findall(text)]
    lines = (text for text in strings(variant.blocks) if COUNTED.match(text) or text.startswith(SAYS))
    return Told(
        rows={int(row) for row, *_ in cells},
        columns={int(column) for _, column, *_ in cells},
        cut=any(len(run) < padding or mark for *_, run, mark in cells),
        line=next(lines, ""),
    )


def csv_beside(reply: Reply, variant: int) -> list[list[str]]:
    """Return the rows of the file that goes with a variant, its names first; nothing without one."""
    files = [file for file in reply.files if file.name.endswith(".csv") and file.completes(variant)]
    assert len(files) <= 1
    text = files[0].content.decode("utf-8-sig") if files else ""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@law(50)
@given(
    size=sizes(),
    padding=st.sampled_from([0, 0, 3, 30, 150, 260, 2_000]),
    more=st.sampled_from([0, 0, 1, 4_000]),
    cut=st.booleans(),
)
def test_what_a_variant_does_not_show_it_says_and_the_file_holds(
    size: tuple[int, int], padding: int, more: int, *, cut: bool
) -> None:
    """Rows shown are the first ones and as many as said; so are the columns; what ends early is told.

    Each variant that lacks something has the file beside it, and no other one has.
    """
    count, width = size
    if count * width * padding > 4_000_000:
        padding = 3
    run = "x" * padding
    rows = tuple(tuple(f"R{row}C{at}{run}" for at in range(width)) for row in range(count))
    columns = tuple(Column(f"K{at}") for at in range(width))
    table = Table(columns, rows, count + more, truncated=cut)
    reply = compose(AnswerContext(Answer(REF, query=Query("a", "T"), table=table), question_id="k"))
    if not count or not width or count == width == 1:
        return
    whole = [[f"K{at}" for at in range(width)], *map(list, rows)]
    for number, variant in enumerate(reply.variants):
        told = read(variant, padding)
        compare(told, table)
        missing = len(told.rows) < count or len(told.columns) < width or told.cut
        assert csv_beside(reply, number) == (whole if missing else [])


def compare(told: Told, table: Table) -> None:
    """Compare what a variant shows with what it says."""
    assert told.rows == set(range(len(told.rows)))
    if len(table.rows) > 1 or table.incomplete or not told.rows:
        assert told.counts == (len(told.rows), table.total_rows)
    if told.rows:
        assert told.left_out == len(table.columns) - len(told.columns)
    assert (words.answer.SHORTENED in told.line) == told.cut
    assert ("Genie cut the result" in told.line) == table.truncated


@law(40)
@given(st.integers(1, 3_000), st.integers(0, 3_000), st.sampled_from([1, 3, 200]))
def test_every_word_is_there_or_in_a_file(said: int, written: int, count: int) -> None:
    """Of the takeaway and of the SQL, each variant shows every word, or says so and a file has them all."""
    prose = " ".join(f"w{at}" for at in range(said))
    sql = "SELECT " + ", ".join(f"s{at}" for at in range(written))
    rows = tuple((f"R{row}", str(row)) for row in range(count))
    table = Table((Column("K0"), Column("n", "LONG")), rows)
    query = Query("a", "T", sql=sql)
    reply = compose(AnswerContext(Answer(REF, (prose,), query=query, table=table), question_id="k"))
    files = {file.name.rpartition(".")[2]: file.content.decode() for file in reply.files}
    for variant in reply.variants:
        shown = " ".join(strings(variant.blocks))
        if {f"w{at}" for at in range(said)} - {*re.findall(r"\bw\d+\b", shown)}:
            assert words.answer.TEXT_IN_FILE in shown
            assert files["md"].strip() == prose
        if {f"s{at}" for at in range(written)} - {*re.findall(r"\bs\d+\b", shown)}:
            assert words.answer.SQL_IN_FILE in shown
            assert files["sql"].strip() == sql.strip()
