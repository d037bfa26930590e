"""Messages of a watch: that it began, what it found, that it is paused; and the list of a person's own."""

from collections.abc import Sequence
from dataclasses import replace

from render import words
from render.blockkit.blocks import Block, actions, channel, context, mention, mrkdwn, section
from render.blockkit.buttons import OPEN_THREAD, about_question, button, overflow_menu
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply
from render.columns.format import heading
from render.columns.numbers import read_decimal
from render.text.escape import literal_clipped, one_line
from render.text.limits import BUTTON_TEXT, MESSAGE_TEXT, MESSAGE_WIRE, SECTION_TEXT, clip, wire
from render.watch.model import WatchView, When
from render.words.results.values import moment

TABLE, PAUSE, RESUME, STOP = "watch_table", "watch_pause", "watch_resume", "watch_stop"
"""Action ids; posted messages carry them, so they never change."""
_QUESTION_WIRE, _COLUMN_WIRE, _VALUE_WIRE = 200, 80, 50
_ASKED_WIRE = SECTION_TEXT - 100
_LIST_WIRE = MESSAGE_WIRE - 500

said = words.watches


def started(view: WatchView) -> Reply:
    """Say where a watch tells what it does, since when, or that it is paused."""
    zone, since = _zone(view), moment(view.next_at) if view.next_at else ""
    sentence = said.started(mention(view.owner), _often(view), when_told(view), zone, since, asks=view.asks)
    return text_reply(sentence, *_buttons(view))


def scheduled(owner: str, question: str, watch_id: str) -> Reply:
    """Show a question that a schedule asks, and whose that is, who can end it there as an admin can."""
    buttons = about_question(said.PAUSE, PAUSE, watch_id), about_question(said.STOP, STOP, watch_id)
    return text_reply(said.asked(mention(owner), literal_clipped(question, _ASKED_WIRE)), *buttons)


def run_message(view: WatchView, told: str) -> Reply:
    """Tell what a run found; its picture goes below the sentence."""
    below = (
        context(mrkdwn(said.about(_question(view), _often(view), mention(view.owner)))),
        actions(about_question(said.SHOW_TABLE, TABLE, view.id), *_buttons(view)),
    )
    blocks = (section(mrkdwn(told)), *below)
    return Reply(clip(told, MESSAGE_TEXT), (Variant(blocks, chart_at=1),))


def paused_message(view: WatchView, cause: str) -> Reply:
    """Say once that a watch rests, as it failed, and why."""
    paused = replace(view, next_at=0.0)
    return text_reply(said.paused_as_failed(_question(view), cause), *_buttons(paused))


def rests_message(view: WatchView, why: str) -> Reply:
    """Tell an owner alone that a watch rests, though it did not fail."""
    return text_reply(said.rests(_question(view), why), *_buttons(replace(view, next_at=0.0)))


def changed(sentence: str, paused: str = "") -> Reply:
    """Tell an owner what came of a press; a watch that is `paused` can be resumed there."""
    return text_reply(sentence, *([about_question(said.RESUME, RESUME, paused)] if paused else []))


def watch_list(views: Sequence[WatchView]) -> Reply:
    """List a person's watches with buttons, as many as a message takes."""
    if not views:
        return text_reply(said.NOTHING_WATCHED)
    blocks: list[Block] = [section(mrkdwn(said.LISTED))]
    shown = 0
    for view in views:
        one = [section(mrkdwn(described(view))), actions(*_buttons(view, spoken=True), *_open(view))]
        if wire([*blocks, *one]) > _LIST_WIRE:
            break
        blocks += one
        shown += 1
    if shown < len(views):
        blocks.append(context(mrkdwn(said.more_watches(len(views) - shown))))
    return Reply(said.LISTED, (Variant(tuple(blocks), len(blocks)),))


def watch_row(view: WatchView) -> Block:
    """Show a watch in one block, with a menu."""
    rest = (PAUSE, said.PAUSE) if view.next_at else (RESUME, said.RESUME)
    return section(mrkdwn(described(view))) | {"accessory": overflow_menu(view.id, [rest, (STOP, said.STOP)])}


def described(view: WatchView) -> str:
    """Describe a watch in mrkdwn: what, how often, when it tells, how it is, and where."""
    paused = said.PAUSED_FAILED if view.failed else said.PAUSED
    state = said.next_at(moment(view.next_at)) if view.next_at else paused
    where, space = channel(view.channel), literal_clipped(one_line(view.space), _VALUE_WIRE)
    return said.described(
        _question(view),
        _often(view),
        when_told(view),
        _zone(view),
        state,
        said.in_channel(where) if where else "",
        said.in_space(space) if space else "",
    )


def when_told(view: WatchView) -> str:
    """Say when a watch tells; nothing where it does each time."""
    condition = view.condition
    column = literal_clipped(one_line(heading(condition.column)), _COLUMN_WIRE) if condition.column else ""
    value = literal_clipped(condition.shown or grouped(condition.value), _VALUE_WIRE)
    return said.tells(column, value, changed=condition.when is When.CHANGED, above=condition.above)


def grouped(number: str) -> str:
    """Write a number for readers of whom nothing is known."""
    value = read_decimal(number)
    return number if value is None else f"{value:,f}"


def _often(view: WatchView) -> str:
    return said.rhythm(view.rhythm, view.hour)


def _zone(view: WatchView) -> str:
    return "" if view.rhythm == "hourly" else literal_clipped(view.time_zone, _VALUE_WIRE)


def _question(view: WatchView) -> str:
    return literal_clipped(one_line(view.question), _QUESTION_WIRE)


def _buttons(view: WatchView, *, spoken: bool = False) -> list[Block]:
    """Offer to pause or resume a watch, and to stop it; in a list a screen reader says which one."""
    rest = (said.PAUSE, PAUSE) if view.next_at else (said.RESUME, RESUME)
    made = [about_question(*rest, view.id), about_question(said.STOP, STOP, view.id)]
    if not spoken:
        return made
    named = one_line(view.question)
    return [
        each | {"accessibility_label": clip(f"{each['text']['text']}: {named}", BUTTON_TEXT)} for each in made
    ]


def _open(view: WatchView) -> list[Block]:
    return [button(said.OPEN, OPEN_THREAD, url=view.link)] if view.link else []
