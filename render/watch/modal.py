"""The modal in which an answer is watched.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from genie.model import Table
from render import words
from render.blockkit.blocks import (
    Block,
    Element,
    channel,
    context,
    input_block,
    modal,
    mrkdwn,
    plain,
    section,
)
from render.blockkit.buttons import option, select
from render.blockkit.reply import ModalReply
from render.blockkit.text_reply import text_reply
from render.columns.kinds import Kind
from render.columns.numbers import read_decimal
from render.columns.read import read_result
from render.sql.model import UNREAD, QueryReading
from render.text.escape import literal_clipped, one_line
from render.text.limits import BUTTON_TEXT, SELECT_OPTIONS
from render.watch.model import ALWAYS, Condition, Limit, When

CALLBACK = "watch"
RHYTHM, WHAT, COLUMN, SIDE, VALUE = "rhythm", "what", "column", "side", "value"
"""Block ids of the inputs."""
CHOICE = "choice"
"""Action id of each."""
ASKS = "asks"
"""Beside the values of `When`: the question is asked again."""
ABOVE, BELOW = "above", "below"
RHYTHMS = ("hourly", "mornings", "mondays")
_OPTION_VALUE = 150
_PERCENT = "%"
_QUESTION_WIRE, _ZONE_WIRE = 300, 60

said = words.watches


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchForm:
    """What the modal offers."""

    about: str = field(repr=False)
    """Comes back with the modal: which answer it is about."""
    question: str = field(repr=False)
    has_query: bool = True
    """There is a query to run again; else the question can only be asked again."""
    stands_alone: bool = True
    """The question can be asked again: its words say all of it."""
    limits: Sequence[Limit] = ()
    """The columns of numbers."""
    channel: str = ""
    """Where it is told; empty in direct messages."""
    time_zone: str = ""
    hour: int
    quiet: tuple[int, int]
    """Quiet hours."""


@dataclass(frozen=True, slots=True)
class WatchChoice:
    """What a person chose, or what is wrong with it, by block id."""

    rhythm: str = ""
    asks: bool = False
    condition: Condition = ALWAYS
    errors: Mapping[str, str] = field(default_factory=dict)


def limits_of(table: Table, query: QueryReading = UNREAD) -> tuple[Limit, ...]:
    """Return the columns of a result that may be watched for a value, each name once."""
    found: dict[str, Limit] = {}
    for each in read_result(table, query).columns:
        name = each.column.name
        if each.is_amount and name not in found and len(_value(Limit(name, ""))) < _OPTION_VALUE:
            found[name] = Limit(name, one_line(each.titled.heading), each.kind is Kind.RATIO)
    return tuple(found.values())[:SELECT_OPTIONS]


def watch_modal(form: WatchForm) -> ModalReply:
    """Show the form, or say that there is nothing to choose."""
    if not (form.has_query or form.stands_alone):
        return sentence(said.GOES_ON)
    asked = section(mrkdwn(f"*{literal_clipped(one_line(form.question), _QUESTION_WIRE)}*"))
    where = said.where_told(
        channel(form.channel), literal_clipped(form.time_zone, _ZONE_WIRE), said.quiet_hours(*form.quiet)
    )
    rhythms = [(each, said.choice(each, form.hour)) for each in RHYTHMS]
    shown = [
        asked,
        _radio(RHYTHM, said.HOW_OFTEN, [option(*each) for each in rhythms], chosen=1),
        _radio(WHAT, said.WHAT, _what(form)),
        *(_limit(form.limits) if form.has_query and form.limits else ()),
        context(mrkdwn(where)),
    ]
    view = modal(
        said.TITLE, shown, said.CANCEL, submit=said.SUBMIT, callback_id=CALLBACK, private_metadata=form.about
    )
    return ModalReply((view,), text_reply(said.TOO_SLOW))


def sentence(text: str) -> ModalReply:
    """Say one thing in the modal."""
    return ModalReply((result_modal(text),), text_reply(text))


def result_modal(text: str) -> Block:
    """Say in a modal what came of it."""
    return modal(said.TITLE, [section(mrkdwn(text))], said.CLOSE)


def read_choice(values: Mapping[str, Any]) -> WatchChoice:
    """Read what a person has chosen."""
    rhythm, what = _chosen(values, RHYTHM) or RHYTHMS[1], _chosen(values, WHAT)
    if what == ASKS:
        return WatchChoice(rhythm, asks=True)
    if what != When.CROSSES:
        return WatchChoice(rhythm, condition=Condition(When(what) if what else When.EACH_TIME))
    scale, _, column = _chosen(values, COLUMN).partition("|")
    value = read_decimal(str((values.get(VALUE) or {}).get(CHOICE, {}).get("value") or "").strip())
    errors = ({} if column else {COLUMN: said.NO_COLUMN}) | (
        {} if value is not None else {VALUE: said.NO_VALUE}
    )
    if errors or value is None:
        return WatchChoice(rhythm, errors=errors)
    in_percent, above = scale == _PERCENT, _chosen(values, SIDE) != BELOW
    limit, shown = (value / Decimal(100), f"{value:f}%") if in_percent else (value, "")
    crosses = Condition(When.CROSSES, column, above=above, value=f"{limit:f}", shown=shown)
    return WatchChoice(rhythm, condition=crosses)


def _what(form: WatchForm) -> list[Element]:
    asks = [_option(ASKS, said.ASKS, said.ASKS_MORE)] if form.stands_alone else []
    if not form.has_query:
        return asks
    crosses = [_option(When.CROSSES, said.CROSSES, said.CROSSES_MORE)] if form.limits else []
    return [
        _option(When.EACH_TIME, said.EACH_TIME, said.EACH_TIME_MORE),
        _option(When.CHANGED, said.CHANGED, said.CHANGED_MORE),
        *crosses,
        *asks,
    ]


def _limit(limits: Sequence[Limit]) -> list[Block]:
    """Ask for a column and a value, which only one choice needs."""
    columns = select(COLUMN, said.CHOOSE_COLUMN, [(_value(each), each.label) for each in limits])
    sides = select(SIDE, said.ABOVE, [(ABOVE, said.ABOVE), (BELOW, said.BELOW)], ABOVE)
    number = {"type": "number_input", "is_decimal_allowed": True, "action_id": CHOICE}
    value = input_block(VALUE, said.VALUE, number) | {"hint": plain(said.VALUE_HINT)}
    return [
        context(mrkdwn(said.LIMIT_TITLE)),
        input_block(COLUMN, said.COLUMN, columns | {"action_id": CHOICE}) | {"optional": True},
        input_block(SIDE, said.SIDE, sides | {"action_id": CHOICE}) | {"optional": True},
        value | {"optional": True},
    ]


def _value(limit: Limit) -> str:
    return f"{_PERCENT if limit.in_percent else ''}|{limit.column}"


def _radio(block: str, label: str, options: Sequence[Element], chosen: int = 0) -> Block:
    element = {
        "type": "radio_buttons",
        "action_id": CHOICE,
        "options": list(options),
        "initial_option": options[chosen],
    }
    return input_block(block, label, element)


def _option(value: str, text: str, more: str) -> Element:
    return option(value, text) | {"description": plain(more, BUTTON_TEXT)}


def _chosen(values: Mapping[str, Any], block: str) -> str:
    picked = (values.get(block) or {}).get(CHOICE, {}).get("selected_option") or {}
    return str(picked.get("value") or "")
