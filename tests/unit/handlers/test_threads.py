"""Jobs about a thread: who may start them, once, and acknowledged whatever happens."""

import pytest
from redis.asyncio import Redis

from bot.records.question import Place
from handlers.payloads.actions import thread_metadata
from render import words
from render.answer.actions import FORGET, FRESH
from render.notices.forget_thread import CALLBACK
from tests.unit.handlers.slack_app import (
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    choose,
    command,
    mention,
    submit,
)

pytestmark = pytest.mark.redis

PLACE = Place(TEAM, CHANNEL, TS)


async def test_a_fresh_start_is_one_job(redis: "Redis", replies: ResponseUrl) -> None:
    """The first choice is taken, the second is told that it was the second."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    for at in ("1700000002.000100", "1700000003.000100"):
        body = choose(f"{FRESH}:key", response_url=replies.url)
        body["actions"][0]["action_ts"] = at
        assert (await listeners.take(body)).status == 200
    assert replies.texts == [words.threads.FRESH_ALREADY]
    assert await redis.zcard(KEYS.due) == 2


async def test_people_of_other_companies_choose_nothing(redis: "Redis", replies: ResponseUrl) -> None:
    """In a shared channel only our own people start jobs."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    await listeners.take(choose(f"{FRESH}:key", response_url=replies.url, user={"id": "U9", "team_id": "T9"}))
    assert replies.texts == [words.questions.EXTERNAL_PERSON]
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("choice", [FRESH, FORGET, "other"])
async def test_an_unknown_thread_is_told(choice: str, redis: "Redis", replies: ResponseUrl) -> None:
    """A thread that nobody remembers can neither begin anew nor be forgotten."""
    assert (await Listeners(redis).take(choose(f"{choice}:key", response_url=replies.url))).status == 200
    told = {FRESH: [words.threads.FRESH_UNKNOWN], FORGET: [words.threads.FORGET_STRANGER]}
    assert replies.texts == told.get(choice, [])


async def test_a_modal_that_cannot_be_shown_is_told(redis: "Redis", replies: ResponseUrl) -> None:
    """When Slack does not open the modal, whoever chose it learns it."""
    listeners = Listeners(redis)
    listeners.app.client.base_url = "http://127.0.0.1:9/api/"
    await listeners.take(mention())
    await redis.delete(KEYS.due, KEYS.thread_line(PLACE, TS))
    assert (await listeners.take(choose(f"{FORGET}:key", response_url=replies.url))).status == 200
    assert replies.texts == [words.threads.NO_MODAL]


@pytest.mark.parametrize(
    ("busy", "sentence"), [(True, words.threads.FORGET_BUSY), (False, words.threads.FORGETTING)]
)
async def test_a_submission_says_what_became_of_it(busy: bool, sentence: str, redis: "Redis") -> None:  # noqa: FBT001
    """The modal itself tells, so that only whoever submitted it reads it."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    if not busy:
        await redis.delete(KEYS.due, KEYS.thread_line(PLACE, TS))
    answer = await listeners.take(submit(CALLBACK, thread_metadata(PLACE)))
    assert sentence in answer.body
    assert '"response_action": "update"' in answer.body


async def test_without_redis_clicks_are_acknowledged_and_told(replies: ResponseUrl) -> None:
    """Slack would not send them again."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        listeners = Listeners(away)
        assert (await listeners.take(choose(f"{FRESH}:key", response_url=replies.url))).status == 200
        answer = await listeners.take(submit(CALLBACK, thread_metadata(PLACE)))
        assert words.threads.FORGET_NOT_STORED in answer.body
        assert (await listeners.take(command("new"))).body == words.questions.NOT_STORED
    assert replies.texts == [words.questions.NOT_STORED]


async def test_new_with_more_words_is_a_question(redis: "Redis") -> None:
    """`/genie new customers by month` asks about new customers; a command has a new conversation anyway."""
    listeners = Listeners(redis)
    assert (await listeners.take(command("new customers by month"))).body == words.questions.COMMAND_RECEIVED
    stored = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1.2.3")
    assert stored
    assert stored.text == "new customers by month"


async def test_a_modal_of_another_company_is_refused(redis: "Redis") -> None:
    """It is looked at again when it is submitted: the button that opened it is not proof enough."""
    listeners = Listeners(redis)
    await listeners.take(mention())
    body = submit(CALLBACK, thread_metadata(PLACE)) | {
        "team": {"id": "T9"},
        "user": {"id": "U9", "team_id": "T9"},
    }
    assert words.questions.EXTERNAL_PERSON in (await listeners.take(body)).body
    assert await redis.exists(KEYS.thread(PLACE, TS))
    assert not await redis.hexists(KEYS.thread(PLACE, TS), "forgotten")
