"""The Home tab within Slack's limits, and the settings that come back from their modal."""

import json
from dataclasses import replace
from itertools import product

import pytest

from render import words
from render.home.model import Entry, Figures, HomeContent, Settings, SignInState, SpaceCard, Status
from render.home.settings_modal import CHOICE, read_settings, settings_modal
from render.home.view import STARTER, home_view, sentence_view
from render.text.locales import Dates, Numbers
from render.watch.model import WatchView
from sandbox.slack.blocks.check import BlockRules, view_faults
from tests import hostile
from tests.shown import alive
from tests.stories.world import texts

LONG = "a very long question about everything " * 400
ENTRY = Entry(
    question_id="T1.C1.1",
    text=LONG,
    status=Status.ANSWERED,
    at=1_795_324_546,
    channel="C1",
    link="https://x.slack.com/archives/C1/p1",
)
CARD = SpaceCard(
    id="01ef", title="t" * 300, description="d" * 9_000, alias="finance", starters=(LONG[:900],) * 9
)
FIGURES = Figures(waiting=1, working=2, used=3, capacity=20, window=60, days=7, failures=(("Timeout", 2),))
WATCH = WatchView(
    id="T1.U1.V1", question=LONG, rhythm="mornings", owner="U1", next_at=1.0, channel="C1", time_zone=LONG
)
FULL = HomeContent(
    watches=(WATCH,) * 50,
    spaces=(CARD,) * 40,
    entries=tuple(
        replace(ENTRY, status=status, private=private) for status, private in product(Status, (True, False))
    )
    * 20,
    sign_in=SignInState(link="https://bot.example/sign-in/1"),
    figures=FIGURES,
)
"""More of everything than anybody has."""


def test_the_fullest_tab_has_less_blocks_than_slack_takes() -> None:
    """And each of them within its limits, so that Slack refuses none."""
    view = home_view(FULL)
    assert len(view["blocks"]) <= 100
    assert [*view_faults(view["blocks"], "home", BlockRules())] == []
    assert words.home.ADMIN_TITLE in [*texts(view["blocks"])]


@pytest.mark.parametrize("text", hostile.SHORT)
def test_nothing_from_outside_forges_markup(text: str) -> None:
    """Questions, titles, descriptions and starters are shown as they are written."""
    card = replace(CARD, title=text, description=text, starters=(text,))
    watch = replace(WATCH, question=text, time_zone=text)
    content = HomeContent(spaces=(card, card), entries=(replace(ENTRY, text=text),), watches=(watch,))
    view = home_view(content)
    assert [*view_faults(view["blocks"], "home", BlockRules())] == []
    assert {*alive(view["blocks"], urls=(ENTRY.link,))} == {"<#C1>"}


def test_who_is_no_admin_reads_no_figures() -> None:
    """Nor who sees one sentence alone."""
    shown = "\n".join(texts(home_view(replace(FULL, figures=None))["blocks"]))
    assert words.home.ADMIN_TITLE not in shown
    assert [*texts(sentence_view("No.")["blocks"])] == ["No."]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(private=True, charts=False, numbers=Numbers.POINT, dates=Dates.YEAR),
        Settings(numbers=Numbers.APOSTROPHE, dates=Dates.MONTH),
    ],
)
@pytest.mark.parametrize("moot", [True, False])
def test_a_modal_that_is_sent_as_it_was_opened_changes_nothing(settings: Settings, *, moot: bool) -> None:
    """Also what it did not ask, where all answers are private."""
    view = settings_modal(replace(settings, always_private=moot, never_charts=moot), "T1")
    assert [*view_faults(view["blocks"], "modal", BlockRules())] == []
    values = {
        block["block_id"]: {CHOICE: {"selected_option": block["element"]["initial_option"]}}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert ({"where", "charts"} <= values.keys()) is not moot
    assert read_settings(json.loads(json.dumps(values)), settings) == settings


def test_a_starter_says_of_which_space_it_is() -> None:
    """The same question may be offered by two."""
    spaces = tuple(SpaceCard(id=space, starters=("revenue by region",)) for space in ("01a", "01b"))
    view = home_view(HomeContent(spaces=spaces))
    ids = [
        each["action_id"]
        for block in view["blocks"]
        for each in block.get("elements", ())
        if "action_id" in each
    ]
    assert ids == [f"{STARTER}:01a:0", f"{STARTER}:01b:0"]
