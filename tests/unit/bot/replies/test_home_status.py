"""How far a question has come, as its asker reads it on the Home tab."""

import pytest

from bot.home.content import status_of
from bot.records.question import FAILED, Progress, State
from render.home.model import Status


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        (Progress(State.RECEIVED), Status.WAITS),
        (Progress(State.ANNOUNCED), Status.WAITS),
        (Progress(State.RECEIVED, signing_in_at=1), Status.SIGNS_IN),
        (Progress(State.ASKED, signing_in_at=1), Status.SIGNS_IN),
        (Progress(State.ASKING), Status.WORKING),
        (Progress(State.BLOCKED), Status.WORKING),
        (Progress(State.ASKED), Status.WORKING),
        (Progress(State.ANSWERED), Status.WORKING),
        (Progress(State.SHOWN, message="m"), Status.ANSWERED),
        (Progress(State.DELIVERED, message="m", outcome="answered"), Status.ANSWERED),
        (Progress(State.DELIVERED, message="m", outcome=f"{FAILED}Timeout"), Status.FAILED),
        (Progress(State.DELIVERED, outcome="refused"), Status.FAILED),
        (Progress(State.OVERDUE, message="m", outcome=f"{FAILED}overdue"), Status.OVERDUE),
        (Progress(State.DELIVERED, message="m"), Status.ANSWERED),
        (Progress(State.DELIVERED), Status.FAILED),
    ],
)
def test_each_state_has_its_words(progress: Progress, status: Status) -> None:
    """The last two are of records of the version before, which does not say how a question ended."""
    assert status_of(progress) is status
