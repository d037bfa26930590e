"""Words and buttons of signing in where the bot asks for everybody, so that nobody has to."""

from typing import Any

import pytest
from redis.asyncio import Redis

from render import words
from render.notices.sign_in import NEW_LINK, SIGN_IN, SIGN_OUT
from tests.unit.handlers.slack_app import ADA, TEAM, Listeners, ResponseUrl, command, press

pytestmark = pytest.mark.redis


@pytest.mark.parametrize("text", ["sign-in", "sign-out", "Sign Out", " sign in "])
async def test_nobody_signs_in_where_the_bot_asks(redis: "Redis", text: str) -> None:
    """The command says so, and asks nothing."""
    listeners = Listeners(redis)
    answer = await listeners.take(command(text))
    assert words.sign_in.NO_NEED in str(answer.body)
    assert [key async for key in redis.scan_iter()] == []


async def test_help_says_how_to_sign_out(redis: "Redis") -> None:
    """Where people ask as themselves, and nowhere else."""
    for as_users in (True, False):
        answer = await Listeners(redis, as_users=as_users).take(command("help"))
        assert ("/genie sign-out" in str(answer.body)) is as_users


async def test_more_words_are_a_question(redis: "Redis") -> None:
    """`/genie sign-in rate by month` asks about the sign-in rate."""
    answer = await Listeners(redis).take(command("sign-in rate by month"))
    assert words.questions.COMMAND_RECEIVED in str(answer.body)


@pytest.mark.parametrize("action", [SIGN_IN, NEW_LINK, SIGN_OUT])
async def test_buttons_from_before_do_no_harm(redis: "Redis", replies: ResponseUrl, action: str) -> None:
    """A message of the time when people signed in is told that nobody does."""
    listeners = Listeners(redis)
    assert (await listeners.take(press(action, "", response_url=replies.url))).status == 200
    assert replies.texts == ([words.sign_in.NO_NEED] if action == NEW_LINK else [])


async def test_home_that_slack_does_not_take_is_no_trouble(redis: "Redis") -> None:
    """It is shown anew when it is opened."""
    event: dict[str, Any] = {"type": "app_home_opened", "user": ADA, "tab": "home", "event_ts": "1.1"}
    body = {"type": "event_callback", "team_id": TEAM, "event": event}
    listeners = Listeners(redis)
    async with listeners.services.home:
        assert (await listeners.take(body)).status == 200
