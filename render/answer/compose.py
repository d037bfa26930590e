"""Compose an answer as a reply: its parts, their order, and what is left out when they do not fit."""

from dataclasses import replace

from genie.model import Answer
from render import words
from render.answer.actions import answer_actions
from render.answer.cells import Fitted
from render.answer.chart_menu import picture
from render.answer.confirmed import confirmed
from render.answer.context import AnswerContext
from render.answer.message import Message
from render.answer.prose import (
    NOTE_WIRE,
    BlockBuilder,
    Prose,
    clarification,
    context_mrkdwn,
    context_plain,
    fallback,
    header,
    prose,
    reading,
    section,
    takeaway,
    trusted,
)
from render.answer.result import Result, read
from render.blockkit.buttons import ask_anew
from render.blockkit.reply import File, Reply
from render.blockkit.text_reply import asked_by
from render.chart.model import Charts
from render.files.csv_file import text_file
from render.text.escape import in_fence, literal_clipped, one_line
from render.text.limits import wire
from render.text.markdown import plain
from render.words.results.values import moment

_SQL_WIRE = 2_000
_SQL_WIRE_ALONE = 5_000
"""JSON that the SQL may take beside rows, and without any; longer SQL goes into a file."""
SPACE_WIRE = 200
"""JSON that the name of the space may take."""


def compose(context: AnswerContext) -> Reply:
    """Show an answer in every layout."""
    answer = context.answer
    result = read(
        answer.table, context.title, context.locale, context.wanted, context.query_reading, context.today
    )
    if context.charts is Charts.OFF:
        context = replace(context, answer=replace(answer, visualization=None))
        result = result and replace(result, chart=None, choices=())
    result = result and replace(result, attached="csv" not in context.missing)
    summary = _summary(answer, result)
    sql = answer.query.sql.strip() if answer.query else ""
    sql_in_file = wire(in_fence(sql)) > (_SQL_WIRE if result and not result.number else _SQL_WIRE_ALONE)
    message = Message(
        context=context,
        above=[*_first(context), *_said(context, result, summary)],
        result=result,
        sql="" if sql_in_file else sql,
        notices=[context_mrkdwn(words.answer.sql_in_file("sql" not in context.missing))]
        if sql_in_file
        else [],
        actions=answer_actions(context, result),
        picture=picture(context, result),
        source=_source(context),
    )
    variants = message.variants()
    files = _texts(takeaway(answer) if summary.cut else "", sql if sql_in_file else "", context.title)
    files += result.files([fitted for _, fitted in variants], context.title) if result else []
    # A chart of Slack's own has no room for its description; pictures say it themselves.
    unseen = message.picture.alt_text if message.picture and variants[0][0].has_native_chart else ""
    return Reply(
        text=_text(context, result, unseen),
        variants=tuple(variant for variant, _ in variants),
        files=tuple(files),
        picture=message.picture,
    )


def _said(context: AnswerContext, result: Result | None, summary: Prose) -> list[BlockBuilder]:
    """Say what the answer is: the number itself, Genie's words, and how it read the question."""
    return [
        *_number(result),
        *summary.parts,
        *([context_mrkdwn(words.answer.text_in_file("md" not in context.missing))] if summary.cut else []),
        *_around(context, result, silent=not summary.parts),
        *confirmed(context),
    ]


def _summary(answer: Answer, result: Result | None) -> Prose:
    if found := _found(answer, result):
        return Prose((section(literal_clipped(found, NOTE_WIRE)),), cut=False)
    return prose("" if _is_named_below(answer, result) else takeaway(answer))


def _found(answer: Answer, result: Result | None) -> str:
    """Return what the chart shows where Genie said nothing: its title stands on the chart."""
    if answer.texts or answer.clarification or result is None or result.chart is None:
        return ""
    return result.chart.finding


def _is_named_below(answer: Answer, result: Result | None) -> bool:
    """Return whether there is only the query's title to say, and what follows says the same."""
    if answer.texts or answer.clarification or answer.table is None:
        return False
    named = one_line(plain(takeaway(answer))).casefold()
    return result is None or bool(result.number and named == result.cells.headers[0].casefold())


def _texts(text: str, sql: str, title: str) -> list[File]:
    """Attach what is too long for the message."""
    return [
        *([text_file(text, title, "md", words.answer.TEXT_FILE)] if text else []),
        *([text_file(sql, title, "sql", words.answer.SQL_FILE)] if sql else []),
    ]


def _source(context: AnswerContext) -> BlockBuilder:
    """Say in one line where the answer comes from, as whom it was asked, and of when its data is, if any."""
    answer, space = context.answer, literal_clipped(one_line(context.space_title), SPACE_WIRE)
    read_at = moment(answer.read_at) if answer.table and answer.read_at else ""
    return context_mrkdwn(words.answer.provenance(space, context.asked_as, read_at))


def _first(context: AnswerContext) -> list[BlockBuilder]:
    asked = asked_by(context.asked_by, context.question)
    return [
        *([section(literal_clipped(context.note, NOTE_WIRE))] if context.note else []),
        *([_reused(context)] if context.asked_before else []),
        *([context_mrkdwn(asked)] if asked else []),
    ]


def _reused(context: AnswerContext) -> BlockBuilder:
    """Say that the answer is that of an earlier question, with a button to ask it anew."""
    said = section(context.asked_before)
    beside = {"accessory": ask_anew(context.question_id)} if context.question_id else {}
    return lambda layout: said(layout) | beside


def _number(result: Result | None) -> list[BlockBuilder]:
    """Show a single value as the answer: large, with its name below."""
    return [header(result.number), context_plain(result.cells.headers[0])] if result and result.number else []


def _around(context: AnswerContext, result: Result | None, *, silent: bool) -> list[BlockBuilder]:
    """Collect what goes between takeaway and rows: a question back, Genie's reading, why rows are missing."""
    answer, query = context.answer, context.answer.query
    parts = clarification(answer.clarification) if answer.clarification else []
    if query is None:
        return parts or ([section(words.answer.NO_ANSWER)] if silent and result is None else [])
    is_empty = result is None and answer.table is not None
    if _is_unsaid(answer, result):
        parts.append(section(words.answer.NO_ROWS))
    parts += [*reading(query, _found(answer, result) or takeaway(answer)), *trusted(query)]
    if is_empty or (result and result.is_void):
        parts.append(context_mrkdwn(words.answer.NO_ROWS_HINT))
    elif result is None and query.sql and not context.note:
        parts.append(context_mrkdwn(words.answer.ROWS_UNREADABLE))
    return parts


def _is_unsaid(answer: Answer, result: Result | None) -> bool:
    """Return whether nothing came back and Genie does not say so: it knows of no result without columns."""
    if result or answer.table is None:
        return False
    return not answer.texts or not answer.table.columns


def _text(context: AnswerContext, result: Result | None, unseen: str) -> str:
    """Say the answer without its blocks, the key number first, and a single row in short."""
    answer = context.answer
    number = f"{result.number} ({result.cells.headers[0]})" if result and result.number else ""
    values = result.gist if result and not number else ""
    asked = plain(answer.clarification or "")
    rows = result.line(Fitted((), rows=len(result.table.rows))) if result else ""
    if _is_unsaid(answer, result):
        rows = words.answer.NO_ROWS
    gist = _found(answer, result) or plain(takeaway(answer))
    return (
        fallback(
            context.note, number, gist, values, asked, words.answer.REPLY_HERE if asked else "", rows, unseen
        )
        or words.answer.NO_ANSWER
    )
