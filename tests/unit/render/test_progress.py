"""What people see while they wait."""

import pytest

from genie import model
from render import words
from render.blockkit.buttons import WITHDRAW, decode
from render.blockkit.reply import Reply
from render.notices import progress


def shown(reply: Reply) -> str:
    text = reply.variants[0].blocks[0]["text"]["text"]
    assert isinstance(text, str)
    return text


def test_a_place_in_line_is_told_with_its_time() -> None:
    """The placeholder names place and wait, in blocks and in the fallback alike."""
    reply = progress.waiting(23, 70, "k")
    assert shown(reply) == reply.text == "Number 23 in line, about 1 min 10 s. I answer here."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 s"),
        (-5, "1 s"),
        (9.2, "10 s"),
        (11, "11 s"),
        (20.5, "22 s"),
        (58, "1 min"),
        (61, "1 min 5 s"),
        (101, "1 min 50 s"),
        (650, "11 min"),
    ],
)
def test_waits_are_rounded_up(seconds: float, said: str) -> None:
    """A wait is told in steps of less than a tenth and never as shorter than it is."""
    assert words.progress.about(seconds) == f"about {said}"


@pytest.mark.parametrize(
    "status",
    [
        "SUBMITTED",
        "FETCHING_METADATA",
        "FILTERING_CONTEXT",
        "ASKING_AI",
        "PENDING_WAREHOUSE",
        "EXECUTING_QUERY",
    ],
)
def test_each_running_status_has_words(status: str) -> None:
    """Every status of a running message is told, and each differently."""
    assert progress.status_line(status) != words.progress.STATUS_OTHER
    assert status not in model.FINAL_STATUSES
    assert len(set(words.progress.STATUS.values())) == len(words.progress.STATUS)


def test_a_new_status_is_told_too() -> None:
    """A status that Genie gains later reads as work in progress."""
    assert progress.status_line("IN_PROGRESS") == "is working on it…"


@pytest.mark.parametrize("make", [progress.working, progress.still_running])
def test_other_placeholders_are_one_sentence(make: object) -> None:
    """Each other placeholder is a single section."""
    assert callable(make)
    reply = make()
    assert [block["type"] for block in reply.variants[0].blocks] == ["section"]
    assert shown(reply) == reply.text


@pytest.mark.parametrize(
    "reply",
    [
        progress.waiting(3, 70, "k"),
        progress.behind_previous("k", edited=False),
        progress.behind_previous("k", edited=True),
    ],
)
def test_what_waits_in_line_can_be_withdrawn(reply: Reply) -> None:
    """Such a placeholder has one button, which names its question."""
    [button] = reply.variants[0].blocks[1]["elements"]
    assert (button["action_id"], decode(button["value"]).question_id) == (WITHDRAW, "k")
