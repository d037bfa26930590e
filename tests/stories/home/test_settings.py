"""A person's settings: changed in a modal on the Home tab, they hold from the next answer on."""

from typing import Any

import pytest

from render import words
from render.home.settings_modal import (
    CALLBACK,
    CHARTS,
    CHOICE,
    DATES,
    NO,
    NUMBERS,
    QUIET_FROM,
    QUIET_TO,
    WHERE,
    YES,
)
from render.home.view import SETTINGS
from tests.stories.home.at_home import modal, open_home, press, said, shows
from tests.stories.privacy import DIRECT
from tests.stories.world import ADA, BEN, GENIE, SALES, World, words_of

pytestmark = pytest.mark.redis

QUESTION = "revenue by region last year"


async def choices(world: World, user: str = ADA) -> dict[str, Any]:
    """Open the settings; return what the modal shows as chosen, as Slack has it."""
    await open_home(world, words.home.SETTINGS_TITLE, user)
    await press(world, SETTINGS, user)
    view = await world.slack.until(lambda: modal(world, user))
    assert view.content["callback_id"] == CALLBACK
    elements = {each["block_id"]: each["element"] for each in view.content["blocks"] if "element" in each}
    return {
        block: {CHOICE: {"type": element["type"], "selected_option": element["initial_option"]}}
        for block, element in elements.items()
    }


async def change(world: World, user: str = ADA, **chosen: str) -> None:
    """Open the settings and choose; what is not named stays as the modal shows it."""
    values = await choices(world, user)
    for block, value in chosen.items():
        values[block][CHOICE]["selected_option"] = {"value": value}
    view = modal(world, user)
    assert view
    assert await world.slack.submit_view(user, view.id, values) == {}
    await world.slack.until(lambda: modal(world, user) is None)


async def test_numbers_and_charts_are_as_a_person_sets_them(world: World) -> None:
    """In that person's answers, and in nobody else's; the modal shows them the next time."""
    before = await world.answer(await world.ask(f"{GENIE} {QUESTION}"))
    await world.chart(before)
    await change(world, **{NUMBERS: "point", DATES: "year", CHARTS: NO, QUIET_FROM: "22", QUIET_TO: "6"})
    await shows(world, words.home.NUMBER_FORMATS["point"])
    await shows(world, words.watches.quiet_hours(22, 6))
    theirs = await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN))
    after = await world.answer(await world.ask(f"{GENIE} {QUESTION}"))
    await world.chart(theirs)
    assert words_of(theirs).count(",") > words_of(after).count(",")
    assert words_of(after).count(".") > words_of(theirs).count(".")
    shown = world.slack.workspace.message(SALES, after.ts)
    assert [each for each in shown.blocks if each["type"] == "image"] == []
    now = {block: state[CHOICE]["selected_option"] for block, state in (await choices(world)).items()}
    assert {block: option["value"] for block, option in now.items()} == {
        WHERE: NO,
        CHARTS: NO,
        NUMBERS: "point",
        DATES: "year",
        QUIET_FROM: "22",
        QUIET_TO: "6",
    }


async def test_who_wants_answers_private_has_them_so_in_every_channel(world: World) -> None:
    """A mention and `/genie` alike; others go on in the thread, and the thread says no more than that."""
    await change(world, **{WHERE: YES})
    await shows(world, words.home.IN_DIRECT_MESSAGES)
    thread = await world.ask(f"{GENIE} {QUESTION}")
    await world.slack.until(lambda: len(world.slack.workspace.roots(DIRECT)) == 1)
    await world.slack.until(lambda: world.ours(thread))
    assert [QUESTION in words_of(each) for each in world.ours(thread)] == [False]
    await world.slack.command(ADA, SALES, "/genie", "orders by month")
    await world.slack.until(lambda: len(world.slack.workspace.roots(DIRECT)) == 2)
    await shows(world, words.home.PRIVATE_TITLE)
    public = await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN))
    assert public.channel == SALES
    assert words.home.IN_THREAD in await open_home(world, words.home.IN_THREAD, BEN)
    assert QUESTION in said(world, BEN)
