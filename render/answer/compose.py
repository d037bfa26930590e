"""An answer as a reply: what to say, in which order, and what stays when not all of it fits."""

from dataclasses import replace

from genie.model import Answer
from render import words
from render.answer.actions import Audience, Shown, offers
from render.answer.cells import Fitted
from render.answer.chart_menu import picture
from render.answer.message import Page
from render.answer.prose import (
    NOTE_WIRE,
    Part,
    Prose,
    clarification,
    fallback,
    large,
    prose,
    quiet,
    quiet_mrkdwn,
    reading,
    said,
    takeaway,
    trusted,
)
from render.answer.result import Result, read
from render.blockkit.reply import File, Picture, Reply, Variant
from render.blockkit.text_reply import asked_by as asker_line
from render.chart.model import Charts
from render.files.csv_file import text_file
from render.text.escape import in_fence, literal_clipped, one_line
from render.text.limits import wire
from render.text.locales import ANYWHERE, Locale
from render.text.markdown import plain
from render.words.values import moment

_SQL_WIRE = 2_000
_SQL_WIRE_ALONE = 5_000
"""JSON that the SQL may take beside rows, and without any; longer SQL goes into a file."""
SPACE_WIRE = 200
"""JSON that the name of the space may take."""


def compose(
    answer: Answer,
    *,
    asked_by: str | None = None,
    question: str = "",
    note: str = "",
    space_title: str = "",
    question_id: str = "",
    audience: Audience = Audience.CHANNEL,
    in_words: bool = False,
    locale: Locale = ANYWHERE,
    wanted: str = "",
    charts: Charts = Charts.PNG,
) -> Reply:
    """Show `answer` in every layout.

    `asked_by` is the Slack id of who clicked, when nobody typed the question in the thread. `note` is a plain
    sentence to put first. `question` names files and charts; `question_id` comes back with each button.
    `audience`, and a model that puts figures `in_words`, decide which; `locale` how numbers are written, and
    what was `wanted` in the chart menu which picture there is; `charts` how the operator wants it shown.
    """
    title = (answer.query.title if answer.query else "") or question
    result = read(answer.table, title, locale, wanted)
    if charts is Charts.OFF:
        answer = replace(answer, visualization=None)
        result = result and replace(result, chart=None, choices=())
    summary = _summary(answer, result)
    sql = answer.query.sql.strip() if answer.query else ""
    sql_room = _SQL_WIRE if result and not result.number else _SQL_WIRE_ALONE
    sql_in_file = wire(in_fence(sql)) > sql_room
    page = Page(
        above=[*_first(note, asked_by, question), *_said(answer, result, summary, explained=bool(note))],
        result=result,
        sql="" if sql_in_file else sql,
        notices=[quiet_mrkdwn(words.general.SQL_IN_FILE)] if sql_in_file else [],
        suggestions=answer.suggestions,
        question_id=question_id,
        offers=offers(Shown(question_id, answer, result, audience, in_words, wanted)),
        picture=picture(answer, result, title, wanted),
        source=_source(answer, space_title),
    )
    variants = page.variants(charts)
    files = _texts(takeaway(answer) if summary.cut else "", sql if sql_in_file else "", title)
    files += result.files([fitted for _, fitted in variants], title) if result else []
    return Reply(
        text=_text(answer, result, note, _unseen(page.picture, variants[0][0])),
        variants=tuple(variant for variant, _ in variants),
        files=tuple(files),
        picture=page.picture,
    )


def _said(answer: Answer, result: Result | None, summary: Prose, *, explained: bool) -> list[Part]:
    """Say what the answer is: the number itself, Genie's words, and how it read the question."""
    return [
        *_number(result),
        *summary.parts,
        *([quiet_mrkdwn(words.general.TEXT_IN_FILE)] if summary.cut else []),
        *_around(answer, result, silent=not summary.parts, explained=explained),
    ]


def _summary(answer: Answer, result: Result | None) -> Prose:
    if found := _found(answer, result):
        return Prose((said(literal_clipped(found, NOTE_WIRE)),), cut=False)
    return prose("" if _is_named_below(answer, result) else takeaway(answer))


def _found(answer: Answer, result: Result | None) -> str:
    """Return what the chart shows where Genie said nothing: its title stands on the chart."""
    if answer.texts or answer.clarification or result is None or result.chart is None:
        return ""
    return result.chart.finding


def _is_named_below(answer: Answer, result: Result | None) -> bool:
    """Tell whether there is only the query's title to say, and what follows says the same."""
    if answer.texts or answer.clarification or answer.table is None:
        return False
    named = one_line(plain(takeaway(answer))).casefold()
    return result is None or bool(result.number and named == result.grid.headers[0].casefold())


def _texts(text: str, sql: str, title: str) -> list[File]:
    """Attach what is too long for the message."""
    return [
        *([text_file(text, title, "md", words.general.TEXT_FILE)] if text else []),
        *([text_file(sql, title, "sql", words.general.SQL_FILE)] if sql else []),
    ]


def _source(answer: Answer, space_title: str) -> Part:
    """Say in one quiet line where the answer comes from and of when its data is, if it has any."""
    read_at = moment(answer.read_at) if answer.table and answer.read_at else ""
    return quiet_mrkdwn(words.general.provenance(literal_clipped(one_line(space_title), SPACE_WIRE), read_at))


def _first(note: str, asked_by: str | None, question: str) -> list[Part]:
    asked = asker_line(asked_by or "", question)
    return [
        *([said(literal_clipped(note, NOTE_WIRE))] if note else []),
        *([quiet_mrkdwn(asked)] if asked else []),
    ]


def _number(result: Result | None) -> list[Part]:
    """Show a single value as the answer: large, with its name below."""
    return [large(result.number), quiet(result.grid.headers[0])] if result and result.number else []


def _around(answer: Answer, result: Result | None, *, silent: bool, explained: bool) -> list[Part]:
    """Collect what goes between takeaway and rows: a question back, Genie's reading, why rows are missing."""
    query = answer.query
    parts = clarification(answer.clarification) if answer.clarification else []
    if query is None:
        return parts or ([said(words.general.NO_ANSWER)] if silent and result is None else [])
    is_empty = result is None and answer.table is not None
    if is_empty and not answer.texts:
        parts.append(said(words.general.NO_ROWS))
    parts += [*reading(query, _found(answer, result) or takeaway(answer)), *trusted(query)]
    if is_empty or (result and result.is_void):
        parts.append(quiet_mrkdwn(words.general.NO_ROWS_HINT))
    elif result is None and query.sql and not explained:
        parts.append(quiet_mrkdwn(words.general.ROWS_UNREADABLE))
    return parts


def _unseen(picture: Picture | None, best: Variant) -> str:
    """Describe a chart of Slack's own, whose block has no room for that; pictures say it themselves."""
    return picture.alt_text if picture and best.has_native_chart else ""


def _text(answer: Answer, result: Result | None, note: str, unseen: str) -> str:
    """Say the answer without its blocks, the key number first, and a single row in short."""
    number = f"{result.number} ({result.grid.headers[0]})" if result and result.number else ""
    values = result.gist if result and not number else ""
    asked = plain(answer.clarification or "")
    rows = result.line(Fitted((), rows=len(result.table.rows))) if result else ""
    if result is None and answer.table is not None and not answer.texts:
        rows = words.general.NO_ROWS
    gist = _found(answer, result) or plain(takeaway(answer))
    return (
        fallback(note, number, gist, values, asked, words.general.REPLY_HERE if asked else "", rows, unseen)
        or words.general.NO_ANSWER
    )
