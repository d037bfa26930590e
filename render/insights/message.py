"""The message of insights: a model's summary, if there is one, and the figures behind it."""

from dataclasses import dataclass, field
from datetime import date

from genie.errors import BadRequest, Forbidden, GenieError, NotFound, RateLimited
from genie.model import Answer
from genie.protocol.completions import ChatMessage, Completion
from render import words
from render.answer.layouts import NATIVE, SECTIONS, Layout
from render.answer.prose import fallback, prose
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply, Variant
from render.columns.read import read_result
from render.insights.fact_check import unfounded
from render.insights.prompt import prompt
from render.sql.model import UNREAD, QueryReading
from render.stats.compute import compute
from render.stats.sentences import Paragraph, paragraphs
from render.text.escape import literal, one_line
from render.text.limits import HEADER_TEXT, clip, clip_wire, wire
from render.text.locales import ANYWHERE, Locale
from render.text.markdown import plain

TEXT_WIRE = 4_000
FIGURES_WIRE = 5_500
"""Together with the title and the quiet lines these stay within a message."""
_SENTENCE_WIRE = 400

_FAILURES: tuple[tuple[type[GenieError], str], ...] = (
    (RateLimited, words.insights.MODEL_BUSY),
    (Forbidden, words.insights.MODEL_FORBIDDEN),
    (NotFound, words.insights.MODEL_MISSING),
    (BadRequest, words.insights.MODEL_REFUSED),
    (GenieError, words.insights.MODEL_AWAY),
)


@dataclass(frozen=True, slots=True)
class Study:
    """What was computed from an answer, and what a model reads about it."""

    about: str = field(repr=False)
    counted: str
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    messages: tuple[ChatMessage, ...] = field(repr=False)
    locale: Locale


def study(
    answer: Answer,
    question: str,
    today: date,
    query: QueryReading = UNREAD,
    locale: Locale = ANYWHERE,
) -> Study | None:
    """Compute what an answer's rows say; None when they hold no amounts.

    `query` is what its SQL says, `today` the reader's day when the rows were read.
    """
    if answer.table is None:
        return None
    reading = read_result(answer.table, query, today)
    figures = compute(answer.table, reading, locale)
    if figures is None:
        return None
    about = (answer.query.title if answer.query else "") or question
    figured = paragraphs(figures, locale)
    counted = words.stats.counted(figures.rows, figures.total_rows, figures.columns, locale)
    facts = (Paragraph("", (counted,)), *figured)
    read_as = answer.query.description if answer.query else ""
    return Study(
        about=one_line(plain(about)),
        counted=counted,
        paragraphs=figured,
        messages=prompt(question, read_as, facts, answer.table, reading, locale),
        locale=locale,
    )


def stats(study: Study) -> Reply:
    """Show the figures alone."""
    return _reply(study, words.insights.STATS, "", [], [])


def without_words(study: Study, sentence: str) -> Reply:
    """Show the figures and a sentence: why there are no words yet, or none at all."""
    return _reply(study, words.insights.INSIGHTS, sentence, [blocks.section(blocks.mrkdwn(sentence))], [])


def with_words(study: Study, written: Completion) -> Reply:
    """Show what a model wrote as what it is: text from outside, in which nothing is live."""
    shown = prose(written.text, TEXT_WIRE)
    strange = unfounded(written.text, study.messages[-1].content, study.locale)
    above = [part(NATIVE) for part in shown.parts]
    notes = [words.insights.SHORTENED] if shown.cut else [words.insights.CUT] if written.cut else []
    notes += [words.insights.unfounded(", ".join(strange))] if strange else []
    source = words.insights.written_by(
        written.model, written.prompt_tokens, written.completion_tokens, study.locale
    )
    return _reply(
        study,
        words.insights.INSIGHTS,
        plain(written.text),
        above,
        notes,
        f"{source} · {words.answer.AI_GENERATED}",
    )


def failure(error: GenieError) -> str:
    """Say why a model wrote nothing."""
    return next(sentence for kind, sentence in _FAILURES if isinstance(error, kind))


def _reply(
    study: Study, kind: str, text: str, above: list[Block], notes: list[str], source: str = ""
) -> Reply:
    title = clip(words.insights.title(kind, study.about), HEADER_TEXT)
    figures = _fitting(study.paragraphs)
    variants = []
    for layout in (NATIVE, SECTIONS):
        shown = [
            layout.header(title),
            *above,
            *(layout.context(blocks.plain(clip_wire(note, _SENTENCE_WIRE))) for note in notes),
            *(block for each in figures for block in _figures(layout, each)),
            layout.context(blocks.plain(clip_wire(" · ".join(filter(None, (study.counted, source))), 600))),
        ]
        variants.append(Variant(tuple(shown), chart_at=len(shown)))
    summary = text or " ".join(study.paragraphs[0].sentences if study.paragraphs else ())
    return Reply(text=fallback(title, summary), variants=tuple(variants))


def _fitting(paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Keep as many sentences as there is room for."""
    room, kept = FIGURES_WIRE, []
    for each in paragraphs:
        sentences = []
        for sentence in each.sentences:
            short = clip_wire(sentence, _SENTENCE_WIRE)
            room -= wire(literal(short)) + 60
            if room >= 0:
                sentences.append(short)
        if sentences:
            kept.append(Paragraph(each.name, tuple(sentences)))
    return kept


def _figures(layout: Layout, each: Paragraph) -> list[Block]:
    name = each.name or words.insights.IN_ALL
    if layout is NATIVE:
        return [blocks.bullets(name, each.sentences)]
    lines = [f"*{literal(one_line(name))}*", *(f"\u2022 {literal(sentence)}" for sentence in each.sentences)]
    return [blocks.section(blocks.mrkdwn("\n".join(lines)))]
