"""What can be done about an answer: one row of things to press below it.

Insights, a file, how it came about, another chart, and a menu for the rest: each is one function that makes
its element, or None where it would lead nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from genie.model import Answer
from render.answer import chart_menu
from render.answer.result import Result
from render.blockkit import buttons
from render.blockkit import buttons as buttons_sharing
from render.blockkit.blocks import Element
from render.blockkit.buttons import download_csv, insights


class Audience(StrEnum):
    """Who sees an answer."""

    CHANNEL = "channel"
    """Everybody in a channel, who open its thread."""
    PERSON = "person"
    """Somebody who asked in a direct message."""
    ASKER = "asker"
    """Somebody who asked privately, from a channel in which the answer may be shared."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that stands in Slack; `question_id` comes back with each click."""

    question_id: str
    answer: Answer
    result: Result | None
    audience: Audience = Audience.CHANNEL
    in_words: bool = False
    """There is a model that puts figures into words."""
    wanted: str = ""


Offer = Callable[[Shown], Element | None]


def _insights(shown: Shown) -> Element | None:
    """Offer to compute what several rows of amounts say."""
    result = shown.result
    computable = result and len(result.table.rows) > 1 and any(result.grid.right)
    return insights(shown.question_id, in_words=shown.in_words) if computable else None


def _is_noted(shown: Shown) -> bool:
    """Tell whether Genie noted anything of how the answer came about."""
    query = shown.answer.query
    return bool(query and (query.sql or query.description or query.thoughts))


def _how(shown: Shown) -> Element | None:
    return buttons.how(shown.question_id) if _is_noted(shown) and not _is_private(shown) else None


def _csv(shown: Shown) -> Element | None:
    return download_csv(shown.question_id) if shown.result and not _is_private(shown) else None


def _more(shown: Shown) -> Element:
    """Offer the rest; in private the place of two buttons is taken by "Share to Channel" and "Dismiss"."""
    in_the_menu = {
        buttons.CSV_FILE: shown.result and _is_private(shown),
        buttons.EXCEL: shown.result,
        buttons.HOW: _is_noted(shown) and _is_private(shown),
        buttons.SHARE: shown.audience is Audience.CHANNEL,
    }
    return buttons.more(shown.question_id, *(each for each, offered in in_the_menu.items() if not offered))


def _is_private(shown: Shown) -> bool:
    return shown.audience is Audience.ASKER


def _publish(shown: Shown) -> Element | None:
    return buttons_sharing.publish(shown.question_id) if _is_private(shown) else None


def _dismiss(shown: Shown) -> Element | None:
    return buttons_sharing.dismiss(shown.question_id) if _is_private(shown) else None


def _chart(shown: Shown) -> Element | None:
    return chart_menu.menu(shown.answer, shown.result, shown.question_id, shown.wanted)


ROW: tuple[Offer, ...] = (_publish, _dismiss, _insights, _csv, _how, _chart, _more)
"""From left to right; Slack's guidance: two or three are visible, the rest is in the menu, which is last."""


def offers(shown: Shown) -> tuple[Element, ...]:
    """Make the row of an answer; empty for one to which no click could come back."""
    made = (offer(shown) for offer in ROW) if shown.question_id else ()
    return tuple(element for element in made if element)
