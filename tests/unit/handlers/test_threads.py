"""Orders about a thread: by whom, once, and acknowledged whatever happens."""

from typing import Any

import pytest
from redis.asyncio import Redis

from bot.question import Place
from handlers.payloads.actions import place_text
from render import words
from render.blockkit.buttons import FORGET, FRESH, MORE
from render.notices.forget_thread import CALLBACK
from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, TS, Listeners, command, mention, press

pytestmark = pytest.mark.redis

PLACE = Place(TEAM, CHANNEL, TS)


def choose(choice: str, address: str, at: str = "1700000002.000100", **fields: Any) -> dict[str, Any]:
    """Choose from the menu of an answer."""
    body = press(MORE, "", response_url=address, trigger_id="1.2.3", **fields)
    option = {"selected_option": {"value": f"{choice}:key"}, "action_ts": at}
    return body | {"actions": [body["actions"][0] | {"type": "overflow", "value": None} | option]}


def submit(user: str = ADA, metadata: str = "") -> dict[str, Any]:
    """Submit the modal that asks whether a thread is to be forgotten."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": {"id": "V1", "type": "modal", "callback_id": CALLBACK, "private_metadata": metadata},
    }


async def test_a_fresh_start_is_an_order_of_its_own(redis: "Redis", ephemeral: tuple[str, list[str]]) -> None:
    """The first choice is taken, the second is told that it was the second."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    for at in ("1700000002.000100", "1700000003.000100"):
        assert (await listeners.take(choose(FRESH, ephemeral[0], at))).status == 200
    assert ephemeral[1] == [words.threads.FRESH_ALREADY]
    assert await redis.zcard(KEYS.due) == 2


async def test_people_of_other_companies_choose_nothing(
    redis: "Redis", ephemeral: tuple[str, list[str]]
) -> None:
    """In a shared channel only our own people give orders."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    await listeners.take(choose(FRESH, ephemeral[0], user={"id": "U9", "team_id": "T9"}))
    assert ephemeral[1] == [words.general.EXTERNAL_PERSON]
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("choice", [FRESH, FORGET, "other"])
async def test_an_unknown_thread_is_told(
    choice: str, redis: "Redis", ephemeral: tuple[str, list[str]]
) -> None:
    """A thread that nobody remembers can neither begin anew nor be forgotten."""
    assert (await Listeners(redis).take(choose(choice, ephemeral[0]))).status == 200
    told = {FRESH: [words.threads.FRESH_UNKNOWN], FORGET: [words.threads.FORGET_STRANGER]}
    assert ephemeral[1] == told.get(choice, [])


async def test_a_modal_that_cannot_be_shown_is_told(redis: "Redis", ephemeral: tuple[str, list[str]]) -> None:
    """When Slack does not open the modal, whoever chose it learns it."""
    listeners = Listeners(redis)
    listeners.app.client.base_url = "http://127.0.0.1:9/api/"
    await listeners.take(mention())
    await redis.delete(KEYS.due, KEYS.thread_line(PLACE, TS))
    assert (await listeners.take(choose(FORGET, ephemeral[0]))).status == 200
    assert ephemeral[1] == [words.threads.NO_MODAL]


@pytest.mark.parametrize(
    ("busy", "sentence"), [(True, words.threads.FORGET_BUSY), (False, words.threads.FORGETTING)]
)
async def test_a_submission_says_what_became_of_it(busy: bool, sentence: str, redis: "Redis") -> None:  # noqa: FBT001
    """The modal itself tells, so that only whoever submitted it reads it."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    if not busy:
        await redis.delete(KEYS.due, KEYS.thread_line(PLACE, TS))
    answer = await listeners.take(submit(metadata=place_text(PLACE)))
    assert sentence in answer.body
    assert '"response_action": "update"' in answer.body


async def test_without_redis_orders_are_acknowledged_and_told(ephemeral: tuple[str, list[str]]) -> None:
    """Slack would not send them again."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        listeners = Listeners(away)
        assert (await listeners.take(choose(FRESH, ephemeral[0]))).status == 200
        answer = await listeners.take(submit(metadata=place_text(PLACE)))
        assert words.threads.FORGET_NOT_STORED in answer.body
        assert (await listeners.take(command("new"))).body == words.general.NOT_STORED
    assert ephemeral[1] == [words.general.NOT_STORED]


async def test_new_with_more_words_is_a_question(redis: "Redis") -> None:
    """`/genie new customers by month` asks about new customers; a command has a new conversation anyway."""
    listeners = Listeners(redis)
    assert (await listeners.take(command("new customers by month"))).body == words.general.COMMAND_RECEIVED
    stored = await listeners.intake.find(f"{TEAM}.{CHANNEL}.1.2.3")
    assert stored
    assert stored.text == "new customers by month"
