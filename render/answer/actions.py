"""Actions on an answer: buttons below it, menus of charts and of spaces, and two overflow menus.

Slack's guidance: two or three buttons are visible, the rest is in a menu. Slack takes five choices of one:
of more, what is done with the answer is in the first menu, what with its thread in the last.
"""

from collections.abc import Callable
from dataclasses import dataclass

from render import words
from render.answer import chart_menu, space_menu
from render.answer.context import AnswerContext, Audience
from render.answer.result import Result
from render.blockkit import buttons
from render.blockkit.blocks import Element
from render.notices.listening import LISTEN, QUIET
from render.text.limits import OVERFLOW_OPTIONS

PUBLISH = "publish"
DISMISS = "dismiss"
INSIGHTS = "insights"
EXPORT_CSV = "csv"
EXPORT_EXCEL = "excel"
EXPLAIN = "how"
SHARE = "share"
RESEARCH = "dig_deeper"
FRESH = "fresh"
FORGET = "forget"
WATCH = "watch"
"""Action ids of buttons and names of menu options; posted messages carry them, so they never change."""

THREAD_MENU = "thread"

Condition = Callable[[AnswerContext, Result | None], bool]


def _always(_context: AnswerContext, _result: Result | None) -> bool:
    return True


def _never(_context: AnswerContext, _result: Result | None) -> bool:
    return False


def _is_in_channel(context: AnswerContext, _result: Result | None) -> bool:
    return context.audience is Audience.CHANNEL


def _is_private(context: AnswerContext, _result: Result | None) -> bool:
    return context.audience is Audience.ASKER


def _goes_deeper(context: AnswerContext, _result: Result | None) -> bool:
    """Return whether there is something that Genie may be asked to look into."""
    answer = context.answer
    return context.may_research and answer.query is not None and not answer.clarification


def _is_private_with_experts(context: AnswerContext, result: Result | None) -> bool:
    return _is_private(context, result) and _has_experts(context, result)


def _gives_way(context: AnswerContext, result: Result | None) -> bool:
    """Return whether buttons that have to be seen take the third place."""
    return _is_private(context, result) or (
        not _is_in_channel(context, result) and _has_experts(context, result)
    )


def _may_be_watched(context: AnswerContext, _result: Result | None) -> bool:
    """Return whether it is an answer, and no question back."""
    return not context.answer.clarification


def _has_rows(_context: AnswerContext, result: Result | None) -> bool:
    return result is not None


def _has_figures(_context: AnswerContext, result: Result | None) -> bool:
    """Return whether there are several rows of amounts that go together."""
    if result is None or len(result.table.rows) == 1 or result.reading.is_metric_list:
        return False
    return any(column.is_amount for column in result.reading.columns)


def _has_notes(context: AnswerContext, _result: Result | None) -> bool:
    """Return whether Genie noted anything of how the answer came about."""
    query = context.answer.query
    return bool(query and (query.sql or query.description or query.thoughts))


def _has_experts(context: AnswerContext, _result: Result | None) -> bool:
    """Return whether there are experts who have not confirmed this very SQL."""
    return context.experts and not (context.confirmation and context.confirmation.same)


@dataclass(frozen=True, slots=True)
class AnswerAction:
    """A button below an answer or a choice of its menu, offered `when` it leads somewhere."""

    action_id: str
    text: str
    when: Condition
    in_menu: Condition = _never


ACTIONS = (
    AnswerAction(PUBLISH, words.share.SHARE, _is_private),
    AnswerAction(INSIGHTS, words.insights.INSIGHTS, _has_figures, in_menu=_is_private_with_experts),
    AnswerAction(RESEARCH, words.research.DIG_DEEPER, _goes_deeper),
    AnswerAction(EXPLAIN, words.explain.EXPLAIN, _has_notes, in_menu=_gives_way),
    AnswerAction(EXPORT_CSV, words.export.CSV, _has_rows, in_menu=_always),
    AnswerAction(EXPORT_EXCEL, words.export.EXCEL, _has_rows, in_menu=_always),
    AnswerAction(buttons.ASK_EXPERT, words.experts.ASK, _has_experts, in_menu=_is_in_channel),
    AnswerAction(SHARE, words.share.SHARE, _is_in_channel, in_menu=_always),
    AnswerAction(WATCH, words.watches.WATCH, _may_be_watched, in_menu=_always),
)
"""From left to right and from top to bottom; three of them at most are no choices of the menu.

*Ask an Expert* is none where the answer is private: there its button asks first.
"""


@dataclass(frozen=True, slots=True)
class ThreadAction:
    """A choice of the menu about the thread in which something stands."""

    action_id: str
    text: str
    when: Callable[[Audience, bool], bool] = lambda _audience, _is_quiet: True


THREAD_ACTIONS = (
    ThreadAction(DISMISS, words.share.DISMISS, lambda audience, _: audience is Audience.ASKER),
    ThreadAction(FRESH, words.threads.START_FRESH),
    ThreadAction(
        QUIET, words.listening.QUIET, lambda audience, is_quiet: audience is Audience.CHANNEL and not is_quiet
    ),
    ThreadAction(
        LISTEN, words.listening.LISTEN, lambda audience, is_quiet: audience is Audience.CHANNEL and is_quiet
    ),
    ThreadAction(FORGET, words.threads.FORGET_THREAD),
)


def answer_actions(context: AnswerContext, result: Result | None) -> tuple[Element, ...]:
    """Make the row below an answer; empty for one to which no click could come back."""
    key = context.question_id
    if not key:
        return ()
    offered = [action for action in ACTIONS if action.when(context, result)]
    in_menu = [action for action in offered if action.in_menu(context, result)]
    row = [_button(action, context) for action in offered if action not in in_menu]
    choices = [(action.action_id, action.text) for action in in_menu]
    menus = [menu for menu in (chart_menu.menu(context, result), space_menu.menu(context)) if menu]
    of_thread = _of_thread(context.audience, is_quiet=context.is_quiet)
    if len(choices) + len(of_thread) <= OVERFLOW_OPTIONS:
        return (*row, *menus, buttons.overflow_menu(key, [*choices, *of_thread]))
    return (
        *row,
        buttons.overflow_menu(key, choices),
        *menus,
        buttons.overflow_menu(key, of_thread, THREAD_MENU),
    )


def report_actions(
    question_id: str, audience: Audience, *, is_quiet: bool, may_share: bool
) -> tuple[Element, ...]:
    """Make the menu of a report and its thread, and a button to share one that is private."""
    shared = (SHARE, words.share.SHARE)
    own = [shared] if may_share and audience is Audience.CHANNEL else []
    menu = buttons.overflow_menu(question_id, [*own, *_of_thread(audience, is_quiet=is_quiet)], THREAD_MENU)
    if may_share and audience is Audience.ASKER:
        return buttons.about_question(words.share.SHARE, PUBLISH, question_id), menu
    return (menu,)


def _of_thread(audience: Audience, *, is_quiet: bool) -> list[tuple[str, str]]:
    return [(each.action_id, each.text) for each in THREAD_ACTIONS if each.when(audience, is_quiet)]


def _button(action: AnswerAction, context: AnswerContext) -> Element:
    if action.action_id == buttons.ASK_EXPERT:
        return buttons.ask_expert(context.question_id, private=context.audience is not Audience.CHANNEL)
    return buttons.about_question(_text(action, context), action.action_id, context.question_id)


def _text(action: AnswerAction, context: AnswerContext) -> str:
    """Name a button; without a model Insights are figures alone."""
    is_stats = action.action_id == INSIGHTS and not context.has_model
    return words.insights.STATS if is_stats else action.text
