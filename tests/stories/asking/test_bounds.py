"""Nobody fills the line: who has enough questions waiting reads that, with the number."""

import pytest

from render import words
from tests.stories.world import ADA, BEN, GENIE, SALES, company, words_of

pytestmark = pytest.mark.redis


async def test_who_has_enough_questions_waiting_is_told_so(redis_url: str) -> None:
    """Alone, once a minute for messages and edits, at each command; others in the channel may still ask."""
    async with company(
        redis_url, QUESTIONS_PER_MINUTE="1", WAITING_PER_PERSON="1", WAITING_PER_CHANNEL="2"
    ) as world:
        await world.start_bot()
        greeting = await world.ask(f"{GENIE} hello", BEN)
        await world.answer(greeting)
        await world.ask(f"{GENIE} revenue by region")
        await world.asked()
        waits = await world.ask(f"{GENIE} revenue by month")
        await world.slack.until(
            lambda: any("Number 1 in line" in words_of(each) for each in world.ours(waits))
        )
        refused = [await world.ask(f"{GENIE} revenue by {what}") for what in ("year", "week")]
        [told] = await world.slack.until(lambda: world.slack.ephemerals)
        assert (told.for_user, told.text) == (ADA, words.questions.too_many_by_person(1))
        await world.slack.command(ADA, SALES, "/genie", "revenue by quarter")
        await world.slack.until(lambda: len(world.slack.ephemerals) == 2)
        assert world.slack.ephemerals[1].text == words.questions.too_many_by_person(1)

        ben = await world.ask(f"{GENIE} orders by region", BEN)
        await world.slack.until(lambda: world.ours(ben))
        await world.ask(f"{GENIE} orders by month", "U0CHLOE003")
        await world.slack.until(lambda: len(world.slack.ephemerals) == 3)
        assert world.slack.ephemerals[2].text == words.questions.too_many_in_channel(2)
        await world.slack.edit(BEN, SALES, greeting, f"{GENIE} orders by year")
        await world.slack.until(lambda: len(world.slack.ephemerals) == 4)
        told = world.slack.ephemerals[3]
        assert (told.for_user, told.text) == (BEN, words.questions.too_many_by_person(1))
        assert [world.ours(thread) for thread in refused] == [[], []]
