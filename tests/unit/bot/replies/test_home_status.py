"""How far a question has come, as its asker reads it on the Home tab."""

import pytest

from bot.home.content import space_cards, status_of
from bot.records.progress import FAILED, Progress, State
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space, SpaceInfo
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
        (Progress(State.DELIVERED, response="r", outcome="answered"), Status.ANSWERED),
        (Progress(State.DELIVERED, outcome="refused"), Status.FAILED),
        (Progress(State.DELIVERED, message="m", outcome="incomplete"), Status.ANSWERED),
        (Progress(State.DELIVERED, message="m", outcome="stopped"), Status.STOPPED),
        (Progress(State.OVERDUE, message="m", outcome=f"{FAILED}overdue"), Status.OVERDUE),
        (Progress(State.DELIVERED, message="m"), Status.ANSWERED),
        (Progress(State.DELIVERED), Status.FAILED),
    ],
)
def test_each_state_has_its_words(progress: Progress, status: Status) -> None:
    """The last two are of records of the version before, which does not say how a question ended."""
    assert status_of(progress) is status


@pytest.mark.parametrize("as_users", [False, True])
def test_sample_questions_are_shown_where_the_bot_asks_for_everybody(as_users: bool) -> None:  # noqa: FBT001 - a row of the table
    """Where people ask as themselves, not all of them may read those; the operator's are for everybody."""
    sales, finance = Space("sales", "01a"), Space("finance", "01b")
    catalog = Catalog([sales, finance])
    for space in catalog.spaces:
        catalog.learn(SpaceInfo(space=space, title=space.alias, starters=("Margin of Initech?",)))
    cards = space_cards(catalog, ("Revenue?",), as_users=as_users)
    assert [each.starters for each in cards] == [("Revenue?",), () if as_users else ("Margin of Initech?",)]
    [first, _] = space_cards(catalog, (), as_users=as_users)
    assert first.starters == (() if as_users else ("Margin of Initech?",))
