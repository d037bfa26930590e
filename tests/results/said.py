"""All that the bot draws and says about a case, gathered from each of its surfaces."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from genie.model import Answer, MessageRef, Query, Table
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.chart.choose import chart_and_choices
from render.chart.model import OFF, Chart
from render.columns.read import read_result
from render.columns.reading import Reading
from render.insights.message import study
from render.sql.model import UNREAD, QueryReading
from render.sql.read import read_query
from render.stats.compute import compute
from render.stats.model import Figures
from render.stats.sentences import paragraphs
from tests.results.corpus import TODAY, Case

REF = MessageRef("space", "conversation", "message")


@dataclass(frozen=True, slots=True)
class Said:
    """One case on all surfaces."""

    reading: Reading
    charts: tuple[Chart, ...]
    """The one that is drawn unasked, if any, and each of the menu."""
    unasked: Chart | None
    figures: Figures | None
    stats: tuple[str, ...]
    reply: str
    """Fallback and blocks of the answer in each form, as JSON."""
    prompt: str

    @property
    def sentences(self) -> Iterator[str]:
        """All that people or a model read as words."""
        yield from self.stats
        for chart in self.charts:
            yield from (chart.finding, chart.alt_text, chart.note)
        yield from (self.reply, self.prompt)


def say(case: Case, *, with_sql: bool) -> Said:
    """Show a case as the bot does, with what its query says or without."""
    return say_of(case.table, case.question, case.sql, read_query(case.sql) if with_sql else UNREAD)


def say_of(table: Table, question: str, sql: str, query: QueryReading) -> Said:
    """Show a result as the bot does, on all surfaces."""
    reading = read_result(table, query, TODAY)
    unasked, choices = chart_and_choices(table, reading, question)
    drawn = (
        chart_and_choices(table, reading, question, choice.wanted)[0]
        for choice in choices
        if choice.wanted != OFF
    )
    figures = compute(table, reading)
    answer = Answer(REF, query=Query("a", sql=sql), table=table)
    context = AnswerContext(answer, question_id="q", question=question, query_reading=query, today=TODAY)
    reply = compose(context)
    studied = study(answer, question, TODAY, query)
    return Said(
        reading=reading,
        charts=tuple(chart for chart in (unasked, *drawn) if chart),
        unasked=unasked,
        figures=figures,
        stats=tuple(text for each in paragraphs(figures) for text in each.sentences) if figures else (),
        reply="\n".join([reply.text, *(_json(variant.blocks) for variant in reply.variants)]),
        prompt=studied.messages[-1].content if studied else "",
    )


def _json(blocks: Any) -> str:
    """Write blocks without the query, which says what it likes."""
    return json.dumps([block for block in blocks if "SELECT" not in json.dumps(block)], ensure_ascii=False)
