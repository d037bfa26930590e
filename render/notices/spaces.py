"""Lets people choose the Genie space of a question, and lists the spaces."""

from collections.abc import Sequence
from dataclasses import dataclass

from render import words
from render.blockkit.buttons import about_question, select, withdraw
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.text.escape import literal, literal_clipped, one_line
from render.text.limits import SELECT_OPTIONS

CHOOSE = "choose_space"
"""Buttons that choose have the action ids `choose_space:<id of the space>`."""
CHOOSE_OTHER = "choose_other_space"
"""The menu has the action id `choose_other_space:<question id>`, and its options are ids of spaces."""

_DESCRIPTION_WIRE = 300


@dataclass(frozen=True, slots=True)
class SpaceChoice:
    """A space as people may choose it."""

    space_id: str
    name: str


def which_space(question_id: str, offered: Sequence[SpaceChoice], others: Sequence[SpaceChoice]) -> Reply:
    """Ask in which space a question is meant: one that is `offered` as a button, or one of the menu."""
    buttons = [about_question(each.name, f"{CHOOSE}:{each.space_id}", question_id) for each in offered]
    menu = [select(f"{CHOOSE_OTHER}:{question_id}", words.spaces.ANOTHER, _options(others))] if others else []
    return text_reply(words.spaces.WHICH, *buttons, *menu, withdraw(question_id))


def _options(spaces: Sequence[SpaceChoice]) -> list[tuple[str, str]]:
    return [(each.space_id, each.name) for each in spaces[:SELECT_OPTIONS]]


def space_line(alias: str, title: str, description: str) -> str:
    """Describe one of several spaces in mrkdwn."""
    about = literal_clipped(one_line(description), _DESCRIPTION_WIRE)
    return words.spaces.listed(alias, literal(one_line(title or alias)), about)


def only_space(title: str, description: str) -> str:
    """Describe the only space in mrkdwn."""
    about = literal_clipped(one_line(description), _DESCRIPTION_WIRE)
    return words.spaces.only(literal(one_line(title)), about)
