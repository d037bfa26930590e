"""What people see follows their rights in Databricks, and what they lack is named to them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.identity.identities import UserIdentities
from genie.client import Genie
from genie.errors import Forbidden
from genie.model import Message
from genie.protocol.answer import select_answer
from render import words
from sandbox.databricks import Databricks, Timing
from tests.unit.bot.identity.replicas import ANA, BEN, DAN, EMAILS, EVE, add_app, replica, sign_in, slack_says

pytestmark = pytest.mark.redis

QUESTION = "revenue by region"


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    async with Databricks(timing=Timing.instant()) as databricks:
        yield databricks


@pytest.fixture
async def people(redis: "Redis", databricks: Databricks) -> AsyncIterator[UserIdentities]:
    """Let everybody sign in."""
    app = add_app(databricks)
    async with replica(redis, databricks.url, app.client_id, app.client_secret) as people:
        for user in EMAILS:
            await slack_says(redis, user)
            await sign_in(people, user)
        yield people


async def answered(genie: Genie, space: str) -> Message:
    """Ask, and wait for what Genie says."""
    ref = await genie.ask(space, QUESTION)
    async with asyncio.timeout(30):
        message = await genie.message(ref)
        while not message.final:
            message = await genie.message(ref)
    return message


async def regions(genie: Genie, space: str) -> set[str]:
    message = await answered(genie, space)
    query = select_answer(message).query
    assert query is not None
    return {str(row[0]) for row in (await genie.rows(message.ref, query)).rows}


async def test_two_people_see_what_each_may_see(people: UserIdentities, databricks: Databricks) -> None:
    """The same question has another answer for whom Unity Catalog filters rows."""
    everywhere = await regions(people.genie_of(ANA), databricks.space_id)
    assert await regions(people.genie_of(BEN), databricks.space_id) == {"EMEA"} < everywhere


async def test_a_missing_right_is_named_to_whom_it_is_missing(
    people: UserIdentities, databricks: Databricks
) -> None:
    """SELECT on the table, or CAN RUN on the space, with whom to ask for it."""
    message = await answered(people.genie_of(DAN), databricks.space_id)
    told = causes.of_message_error(message.error, as_users=True).told(as_users=True)
    assert "`SELECT on table samples.sales.orders`" in told
    assert "Ask the owner" in told
    with pytest.raises(Forbidden) as refused:
        await people.genie_of(EVE).ask(databricks.space_id, QUESTION)
    assert causes.of_error(refused.value).told(as_users=True) == words.own_rights.FORBIDDEN
