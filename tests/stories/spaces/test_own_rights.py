"""Several spaces where people ask as themselves."""

import pytest

from render import words
from sandbox.databricks import PEOPLE, THREE_SPACES, Rights
from sandbox.databricks.identities import Person
from sandbox.environment import three_spaces
from tests.stories.identity.people import ANA
from tests.stories.identity.signed_in import signed_in
from tests.stories.spaces.three import UNSURE, asked_in, buttons, offer, press
from tests.stories.world import BEN, GENIE, SALES, kinds, words_of

pytestmark = pytest.mark.redis

CLOSED = Rights(closed_spaces=frozenset({"Finance"}))
NO_FINANCE = tuple(
    Person(each.email, each.name, each.user_id, CLOSED) if each.email.startswith("ben") else each
    for each in PEOPLE
)


async def test_only_the_asker_chooses_and_each_has_their_own_rights(redis_url: str) -> None:
    """Others are told whose question it is; who may not use a space reads that, and the others may."""
    company = {"spaces": THREE_SPACES, "people": NO_FINANCE}
    async with signed_in(redis_url, databricks=company, USER_ANSWERS="thread") as world:
        world.environment |= three_spaces(world.databricks)
        await world.start_bot()
        thread = await world.ask(UNSURE, ANA)
        offered = await offer(world, thread)
        assert "Finance" in buttons(offered)
        await press(world, offered, "supply-chain", BEN)
        [told] = await world.slack.until(lambda: world.slack.ephemerals or None)
        assert told.text.startswith(words.owners.served_only(f"<@{ANA}>")[:20])
        await press(world, offered, "finance", ANA)
        await world.answer(thread)
        refused = await world.answer(await world.ask(f"{GENIE} finance: spending by vendor", BEN))
        assert "data_table" not in kinds(refused)
        answer = await world.answer(await world.ask(f"{GENIE} stock by warehouse", BEN, SALES))
        assert "Genie space: Supply chain" in words_of(answer)
        assert asked_in(world)[0] == "finance"
        assert asked_in(world)[-1] == "supply-chain"
