"""An answer has the rights of who asked: others get answers of their own, with what they may see."""

import pytest

from render import words
from render.answer.actions import EXPORT_CSV
from render.notices.as_myself import ASK_AS_MYSELF
from tests.stories.exports import press
from tests.stories.identity.people import ANA, direct
from tests.stories.identity.signed_in import own_answer, signed_in, told
from tests.stories.world import BEN, GENIE, SALES, words_of

pytestmark = pytest.mark.redis

QUESTION = "revenue by region"


async def test_a_colleague_asks_the_same_with_rights_of_their_own(redis_url: str) -> None:
    """In Ana's thread Ben is offered to ask as himself, and sees his rows where only he reads them."""
    async with signed_in(redis_url) as world:
        await world.start_bot()
        thread = await world.ask(f"{GENIE} {QUESTION}", user=ANA)
        assert "APAC" in words_of(await own_answer(world, ANA))
        await world.ask("revenue by region and month", user=BEN, thread=thread)
        offer = await told(world, BEN, ASK_AS_MYSELF)
        assert (offer.channel, offer.thread_ts) == (SALES, thread)
        assert words.owners.ANOTHERS_THREAD in words_of(offer)
        assert len(world.databricks.questions()) == 1
        await world.slack.click(BEN, SALES, offer.ts, ASK_AS_MYSELF)
        seen = words_of(await own_answer(world, BEN))
        assert "EMEA" in seen
        assert "APAC" not in seen
        asked = world.databricks.questions()
        assert [each.identity for each in asked] == ["ana@example.com", "ben@example.com"]
        assert len({each.conversation_id for each in asked}) == 2
        assert direct(world, ANA) != direct(world, BEN)


async def test_the_buttons_of_an_answer_that_all_can_read_are_its_owners(redis_url: str) -> None:
    """Where public channels answer in the thread, Ben gets no file of Ana's rows, and asks as himself."""
    async with signed_in(redis_url, USER_ANSWERS="thread") as world:
        await world.start_bot()
        answer = await world.answer(await world.ask(f"{GENIE} {QUESTION}", user=ANA))
        before = len(world.databricks.request_log)
        await press(world, answer, EXPORT_CSV, BEN)
        offer = await told(world, BEN, ASK_AS_MYSELF)
        assert words.owners.served_only(f"<@{ANA}>") in words_of(offer)
        assert len(world.databricks.request_log) == before
        await world.slack.click(BEN, SALES, offer.ts, ASK_AS_MYSELF)
        own = await own_answer(world, BEN)
        assert "APAC" not in words_of(own)
        await world.ask(f"{GENIE} and by month?", user=BEN, thread=answer.thread_ts)
        offer = await told(world, BEN, words.owners.ANOTHERS_THREAD)
        await world.slack.click(BEN, SALES, offer.ts, ASK_AS_MYSELF)
        again = await world.answer(own.thread_ts or "", 2, channel=own.channel)
        assert "by month?" in words_of(again)  # above the answer, as the thread has it nowhere else
        await world.ask("and by month?", user=ANA, thread=answer.thread_ts)
        await world.answer(answer.thread_ts or "", 3)  # below the line that says that Ben has one
        asked = world.databricks.questions()
        assert [each.identity.partition("@")[0] for each in asked] == ["ana", "ben", "ben", "ana"]
        conversations = [each.conversation_id for each in asked]
        assert [conversations.index(each) for each in conversations] == [0, 1, 1, 0]
