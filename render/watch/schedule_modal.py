"""The modal that asks for the Genie space of a question that is to be asked by the clock.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Mapping, Sequence
from typing import Any

from render import words
from render.blockkit.blocks import Block, input_block, modal, mrkdwn, plain, section
from render.blockkit.buttons import select
from render.text.escape import literal_clipped, one_line
from render.text.limits import SELECT_OPTIONS

CALLBACK = "schedule"
SPACE = "schedule_space"
"""The input, as block and as action."""
_QUESTION_WIRE = 300

said = words.watches


def schedule_modal(about: str, question: str, spaces: Sequence[tuple[str, str]]) -> Block:
    """Ask for one of the spaces, which are ids and names; `about` comes back with the modal."""
    choices = [(space_id, one_line(name)) for space_id, name in spaces[:SELECT_OPTIONS]]
    asked = literal_clipped(one_line(question), _QUESTION_WIRE)
    shown = [
        section(mrkdwn(f"*{asked}*")),
        input_block(SPACE, said.WHICH_SPACE, select(SPACE, said.CHOOSE_SPACE, choices))
        | {"hint": plain(said.WHICH_SPACE_HINT)},
    ]
    return modal(
        said.SCHEDULE_TITLE,
        shown,
        said.CANCEL,
        submit=said.SCHEDULE_SUBMIT,
        callback_id=CALLBACK,
        private_metadata=about,
    )


def result_modal(sentence: str) -> Block:
    """Say in the modal what came of it."""
    return modal(said.SCHEDULE_TITLE, [section(mrkdwn(sentence))], said.CLOSE)


def chosen_space(values: Mapping[str, Any]) -> str:
    """Return the id of the space that a person chose."""
    return str(values[SPACE][SPACE]["selected_option"]["value"])
