"""Lets people choose the Genie space of a question, and lists the spaces."""

from collections.abc import Sequence
from dataclasses import dataclass

from render import words
from render.blockkit.buttons import about_question, withdraw
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.text.escape import literal, literal_clipped, one_line

CHOOSE = "choose_space"
"""Buttons that choose have the action ids `choose_space:<id of the space>`."""

_DESCRIPTION_WIRE = 300


@dataclass(frozen=True, slots=True)
class SpaceChoice:
    """A space as people may choose it."""

    space_id: str
    name: str


def which_space(question_id: str, offered: Sequence[SpaceChoice], others: Sequence[str]) -> Reply:
    """Ask in which space a question is meant; `others` are aliases of spaces that have no button."""
    buttons = [about_question(each.name, f"{CHOOSE}:{each.space_id}", question_id) for each in offered]
    sentence = words.spaces.WHICH
    if others:
        sentence += " " + words.spaces.others(", ".join(map(words.spaces.in_front, others)))
    return text_reply(sentence, *buttons, withdraw(question_id))


def space_line(alias: str, title: str, description: str) -> str:
    """Describe one of several spaces in mrkdwn."""
    about = literal_clipped(one_line(description), _DESCRIPTION_WIRE)
    return words.spaces.listed(alias, literal(one_line(title or alias)), about)


def only_space(title: str, description: str) -> str:
    """Describe the only space in mrkdwn."""
    about = literal_clipped(one_line(description), _DESCRIPTION_WIRE)
    return words.spaces.only(literal(one_line(title)), about)
