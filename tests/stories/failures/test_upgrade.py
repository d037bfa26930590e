"""An upgrade: what the version before has stored goes on, and every question and job comes to its end."""

import asyncio
import json
import re
from typing import Any

import aiohttp
import pytest
from redis.asyncio import Redis

from sandbox.slack.state.records import Message
from tests.redis.stored import SCENES, restore
from tests.stories.world import ADA, OWN_CHARTS, SALES, World, company, kinds

pytestmark = [pytest.mark.redis, pytest.mark.slow]

DIRECT = "D0ADA00000"
FORGET = {"forget", "forget_refused"}
ANSWERED = {
    "received", "received_held", "announced", "announced_unreachable", "behind", "asking", "asking_ambiguous",
    "asking_backoff", "asking_again", "plain", "blocked", "asked", "asked_missed", "answered",
}  # fmt: skip
"""Scenes whose questions get their answer in a thread of the channel."""
OTHER_ENDS = {
    "overdue_held": {"overdue"},
    "overdue": {"overdue"},
    "share_refused": {"refused"},
    "insights_refused": {"refused"},
}
"""What had ended so before, or could only end so."""
EXPORTED = {"csv", "xlsx", "csv_waiting", "csv_sent", "csv_retry"}


def records(name: str) -> dict[str, dict[str, str]]:
    """Return the stored questions and jobs of a scene, by id."""
    keys = SCENES[name]["keys"].items()
    stored = {key.partition(":question:")[2]: each["value"] for key, each in keys if each["type"] == "hash"}
    return {each: value for each, value in stored.items() if each and not each.endswith(":ratings")}


def thread_of(record: dict[str, str]) -> str:
    """Return the thread of a stored question."""
    return str(record.get("thread") or json.loads(record["question"])["place"]["thread"])


def furnish(world: World, name: str) -> None:
    """Put the messages into Slack that the older version had posted, and what they answer."""
    workspace = world.slack.workspace
    bot: dict[str, Any] = {"user": workspace.bot_user_id, "bot_id": workspace.bot_id}
    for record in records(name).values():
        if "question" not in record:
            continue
        asked = json.loads(record["question"])
        channel, thread = asked["place"]["channel"], record.get("thread") or asked["place"]["thread"]
        if thread and thread not in workspace.messages[channel]:
            root: dict[str, Any] = bot if record.get("thread") else {"user": ADA}
            workspace.store(Message(ts=thread, channel=channel, text="question", thread_ts=thread, **root))
        if ts := record.get("ts"):
            workspace.store(Message(ts=ts, channel=channel, text="Working…", thread_ts=thread, **bot))


async def move_in(world: World, redis: "Redis", scenes: set[str]) -> None:
    """Restore scenes whose answers are all one message of Genie's."""
    url = f"{world.databricks.url}/api/2.0/genie/spaces/{world.databricks.space_id}/start-conversation"
    headers = {"Authorization": f"Bearer {world.databricks.token}"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, json={"content": "revenue by region last year"}, headers=headers) as response,
    ):
        begun = await response.json()
    # A question that was stored as answered has its rows at once.
    await world.until(lambda: world.databricks.finished)

    def change(text: str) -> str:
        text = re.sub(r"\bmessage-[\w-]+", begun["message_id"], text)
        return re.sub(r"\bconversation-[\w-]+", begun["conversation_id"], text)

    for name in scenes:
        furnish(world, name)
        await restore(redis, name, 70, change)


async def ended(world: World, redis: "Redis") -> None:
    """Start this version, and wait until nothing is left to do."""
    await world.start_bot()
    async with asyncio.timeout(400):
        while await redis.exists("{stored}:due"):  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.1)


async def end_of(redis: "Redis", name: str) -> set[str]:
    """Return how the questions and jobs of a scene have ended."""
    ends = [await redis.hmget(f"{{stored}}:question:{each}", "stage", "state") for each in records(name)]
    return {str(stage or state) for stage, state in ends}


async def test_everything_stored_goes_on(redis: "Redis", redis_url: str) -> None:
    """Each question gets one answer, each job does what it was to do, and nothing stays behind."""
    async with company(redis_url, databricks=OWN_CHARTS, REDIS_PREFIX="stored") as world:
        await move_in(world, redis, {*SCENES} - FORGET)
        await ended(world, redis)
        for name in ANSWERED:
            stored = [*records(name).values()]
            shown = [each for each in world.ours(thread_of(stored[0])) if not each.files]
            assert len(shown) == len(stored), name
            answers = [each for each in shown if "data_table" in kinds(each)]
            assert len(answers) == sum(each["state"] != "delivered" for each in stored), name
        for name in EXPORTED:
            [asked] = [each for each in records(name).values() if "message" in each]
            assert any(each.files for each in world.ours(thread_of(asked))), name
        ends = {name: await end_of(redis, name) - {"delivered", "done"} for name in SCENES}
        assert {name: end for name, end in ends.items() if end and name not in FORGET} == OTHER_ENDS
        assert [line for line in world.bots[0].log if "crashed" in line or "unreadable" in line] == []


async def test_what_was_to_be_forgotten_is_deleted(redis: "Redis", redis_url: str) -> None:
    """The conversations of a thread are deleted at Genie, and the thread reads so."""
    async with company(redis_url, REDIS_PREFIX="stored") as world:
        await move_in(world, redis, FORGET)
        await ended(world, redis)
        said = [each.text for each in world.slack.workspace.messages[SALES].values() if each.bot_id]
        assert sum("are deleted" in text for text in said) == len(FORGET)
