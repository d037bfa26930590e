"""Where people ask with shortcuts: in direct messages, with the bot or of others, and in allowed channels."""

import pytest

from render import words
from tests.stories.asking.shortcuts.menu import QUESTION, direct, open_anywhere, open_on, others, submit, told
from tests.stories.identity.audience.direct import between
from tests.stories.privacy import DIRECT
from tests.stories.world import ADA, BEN, GENIE, SALES, company, texts, words_of

pytestmark = pytest.mark.redis

FINANCE = "C0FINANCE2"


async def test_direct_messages_and_allowed_channels(redis_url: str) -> None:
    """With the bot the thread has the answer, of others its asker alone; other channels are refused."""
    async with company(redis_url, CHARTS="off", ALLOWED_CHANNELS=SALES) as world:
        await world.start_bot()
        own = await world.ask(QUESTION, channel=DIRECT)
        await world.answer(own, channel=DIRECT)
        await submit(world, await open_on(world, own, channel=DIRECT), "orders by month")
        await world.answer(own, 2, channel=DIRECT)

        of_others = between(world, ADA, BEN)
        message = await world.ask("How did last year go?", BEN, of_others)
        view = await open_on(world, message, channel=of_others)
        assert told(view) == words.shortcuts.not_a_member("")
        assert await submit(world, view) == {}
        answer = await world.answer((await direct(world, 2)).ts, channel=DIRECT)
        assert words.share.SHARE not in words_of(answer)  # into those of others nothing can be posted
        await world.slack.command(ADA, of_others, "/genie", QUESTION)
        await world.answer((await direct(world, 3)).ts, channel=DIRECT)
        assert words.share.private_received(GENIE) in [each.text for each in world.slack.ephemerals]

        refused = words.access.not_here([f"<#{SALES}>"])
        view = await open_on(world, await world.ask("hello", BEN, FINANCE), channel=FINANCE)
        assert [*texts(view.content["blocks"])] == [refused]
        await world.slack.close_view(ADA, view.id)
        view = await open_anywhere(world)
        assert [*(await submit(world, view, channel=FINANCE)).values()] == [refused]
        assert others(world, FINANCE) == []
